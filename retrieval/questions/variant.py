"""What a question may stand for that goes on from others."""

from dataclasses import dataclass

from retrieval.questions.report_steps import Step


@dataclass(frozen=True, slots=True)
class Variant:
    """What a question may stand for.

    `alone`: itself, as it is read. `new`: it asks for what was not said yet. `like`: a phrase stands in the place of
    its like; `pieced`: it was only added, or stands in the place of any word. `doubtful`: nothing but its shortness
    speaks for it. `goes_on`: it asks something else of what was asked before; `repeats`: and holds the answer to that.
    `about` are names that its answer has to hold, if any. `same_document`: what it means stands in the document that
    answered before; `likely_there`: it may well. `here`: it is looked for only there. `step`: in the report that is so
    far from that one.
    """

    text: str
    alone: bool = False
    new: bool = False
    like: bool = False
    pieced: bool = False
    doubtful: bool = False
    goes_on: bool = False
    repeats: bool = False
    about: str = ""
    same_document: bool = False
    likely_there: bool = False
    here: bool = False
    step: Step | None = None
