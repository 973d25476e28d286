"""What is said of another bearer than a question names does not answer it: Mr Gow's fine, not Mr Torrance's."""

import re
from collections.abc import Sequence

from retrieval.questions.kinds import asks_when
from retrieval.text.headings import titles_above
from retrieval.text.markup import visible_text
from retrieval.text.names import NAME_WORD, names_had, names_within
from retrieval.text.offices import OFFICE, offices_in_full
from retrieval.text.patterns import regex
from retrieval.text.words import subject_stems, words_had
from retrieval.values import Reading

_POINTS_BACK = regex(  # not "There were riots", nor "in which four died"
    r"\b(?:he|she|it|they|him|them|his|her|hers|its|their|we|our|us|i|my|you|your|this|these|that|those|both|who|whom|whose"
    r"|there(?! (?:is|are|was|were|has been|have been|had been|will be)\b))\b",
    re.IGNORECASE,
)
_BODY = (  # of which every country, town or subject has its own
    rf"(?:{OFFICE}|embassy|consulate|ministry|coast ?guard|police|army|navy|government|parliament|court|bank|university"
    r"|kedutaan|konsulat|kementerian|pemerintah|kepolisian|universitas|dinas)"
)
_BODY_OF = regex(  # "embassy of Orla", "dubes RI untuk Orla"
    rf"\b(?P<body>{_BODY})(?: RI| besar| Republik Indonesia)* (?:of|to|for|untuk|di|dari) (?:the )?"
    rf"(?=(?P<whose>[^\W\d_]\w{{3,}}(?: (?-i:{NAME_WORD}))*))",
    re.IGNORECASE,
)


def is_of_other_bearers(question: str, reading: Reading) -> bool:
    """Tell whether a sentence names others than a question does, in English such as stand elsewhere in the text.

    So it does if it has "embassy of Wick", where the question has "embassy of Orla", and nothing of Orla. Otherwise
    it has a time that is asked for, or most of a question's other words, and a name beside what is marked, but neither
    it nor all that stands before it, nor the title, has a name of the question, and no word in it points back: then it
    goes on from nothing. Nor is it the first sentence, on which all the text goes on, unless the next one has those
    names. In Indonesian, which says "kapal tersebut", seven of ten such sentences were right.
    """
    document, sentence, names = reading.hit.document, reading.sentence, names_within(question)
    if _is_of_other_body(question, reading):
        return True
    if not names or document.language != "en" or _POINTS_BACK.search(reading.text):
        return False
    start, end = reading.highlight or (sentence.end, sentence.end)
    beside = f"{document.text[sentence.start : start]}…{document.text[end : sentence.end]}"
    if not names_within(beside, besides=question):
        return False
    before, behind = document.text[document.body : sentence.start], document.text[sentence.end :]
    is_first = not before.strip()
    if not (_has_most_words(question, names, reading) or (asks_when(question) and not is_first)):
        return False
    if is_first:
        behind = next((document.text_of(one) for one in reading.hit.passage.sentences if one.start >= sentence.end), "")
    around = f"{document.title}\n{before}\n{reading.text}"
    return not names_had(around, names) and names_had(behind, names) == set(names)


def _has_most_words(question: str, names: Sequence[str], reading: Reading) -> bool:
    """Tell whether a sentence has more than half of a question's words beside some names."""
    rest = re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})\b", " ", question)
    asked = subject_stems(rest)
    return 2 * len(words_had(asked, reading.text, reading.hit.document.language)) > len(asked)


def _is_of_other_body(question: str, reading: Reading) -> bool:
    """Tell whether a sentence has an office or a body of a question of another name, and nothing of that name.

    Nor do its headings. A name in capitals may be short for another.
    """
    document = reading.hit.document
    asked = _bodies(question, document.text)
    said = _bodies(visible_text(reading.text, markdown=document.markdown)) if asked else []
    around = "\n".join([reading.text, *titles_above(reading)])
    for body, whose in asked:
        others = [other for one, other in said if one == body and not names_had(question, other.split())]
        if others and not (whose.isupper() or others[0].isupper() or names_had(around, whose.split())):
            return True
    return False


def _bodies(text: str, names_in: str = "") -> list[tuple[str, str]]:
    """Return the offices and bodies of a text, in small letters, each with whose it is, by a name.

    That begins with a capital, there or in another text, which never has it in small letters.
    """
    found = [(match["body"].casefold(), match["whose"]) for match in _BODY_OF.finditer(offices_in_full(text))]
    return [(body, whose) for body, whose in found if names_within(f"of {whose}") or _is_name(whose, names_in)]


def _is_name(word: str, text: str) -> bool:
    there = {match[0] for match in re.finditer(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)}
    return bool(there) and word not in there
