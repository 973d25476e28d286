"""Make a question set of saved news pages: what press officers and journalists ask, above all who said what.

    python -m benchmarks.news FOLDER --out SET
    kutip eval SET

FOLDER holds pages as for benchmarks.pages. The questions are in news.jsonl beside this file, and only measure: nothing
is fitted to them. The last 245, on 49 pages, were written by people who had seen these pages and nothing else. Of each
it has the page that it was written about; by their pages, the places in their texts of the sentences that answer, none
for a question that no page answers; and its kind: "said" asks what somebody said, "who" who said or did it, "fact"
something else, "near" what is not said of somebody or something that a page is about.

As several pages tell of the same events, what the readers of three stretches of training (the seventh to the ninth)
and similarity alone brought first, three and two sentences of each, was judged by people who did not know what came
from where.
"""

import argparse
import gzip
import json
from pathlib import Path

from retrieval.documents.parsing import parse_document
from retrieval.evaluation.question_sets import PASSAGES, QUESTIONS

ASKED = Path(__file__).parent / "news.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", required=True, type=Path, help="a folder that becomes a question set")
    parser.add_argument("--kind", help="only questions of this kind, and the near ones")
    options = parser.parse_args()
    truth = json.loads((options.folder / "ground-truth.json").read_text("utf-8"))
    pages = {page: known["articleBody"] for page, known in truth.items()}
    rows = [json.loads(line) for line in ASKED.read_text("utf-8").splitlines()]
    kinds = {options.kind, "near"} if options.kind else {row["kind"] for row in rows}
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / PASSAGES).open("w", encoding="utf-8") as out:
        for page, text in pages.items():
            html = gzip.decompress((options.folder / f"{page}.html.gz").read_bytes())
            parsed = parse_document(f"{page}.html", html)
            title = parsed.document.title if parsed else ""
            out.write(json.dumps({"id": page, "title": title, "text": text}) + "\n")
    with (options.out / QUESTIONS).open("w", encoding="utf-8") as out:
        for row in rows:
            if row["kind"] in kinds:
                places = row["sentences"]
                sentences = [pages[page][start:end] for page in places for start, end in places[page]]
                asked = {
                    "question": row["question"],
                    "sentences": sentences,
                    "passage_ids": list(places) or [row["page"]],
                }
                out.write(json.dumps(asked) + "\n")
    print(f"{len(pages)} pages: {options.out}")


if __name__ == "__main__":
    main()
