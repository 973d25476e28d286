"""What answers the questions of the dev sets, and what does not, though the sets have it otherwise: judged.jsonl.

A set names one passage for a question, or a few, and takes every sentence of it that has the answer's words. So a
sentence may answer that the set calls wrong, even a question that was written to have no answer; and one may not that
it calls right. What comes first was therefore read twice, independently, with the page's title and what stands around
it, each time without the set's answer and without how sure the reader is: what is wrong by the set from a confidence of
0.25 on, what is right by it, and what comes first for questions without an answer from 0.2 on; with all of the
articles, and with three random halves. The file has what was found to answer both times (`answers`), or both times not
to, against the set: a passage, and where the sentence begins in it. Doubtful ones stay as the set has them.

That is pooling, as in Spärck Jones and van Rijsbergen, "Report on the need for and provision of an 'ideal' information
retrieval test collection" (1975): what another reader brings first was not read.
"""

import json
from collections import defaultdict
from pathlib import Path

from retrieval.evaluation.judging import Judgements

_JUDGED = Path(__file__).with_suffix(".jsonl")


def judgements(name: str) -> Judgements:
    """Return what was judged of the set with this name; nothing where none was."""
    found: dict[str, dict[tuple[str, int], bool]] = defaultdict(dict)
    for row in map(json.loads, _JUDGED.read_text("utf-8").splitlines()):
        if row["set"] == name:
            found[row["question"]][row["passage"], row["start"]] = row["answers"]
    return found
