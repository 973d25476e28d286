"""What is said of another bearer than a question names does not answer it: Mr Gow's fine, not Mr Torrance's."""

import re

from retrieval.text.names import names_had, names_within
from retrieval.values import Reading

_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|them|his|her|hers|its|their|we|our|us|i|my|you|your|this|these|that|those|both|who|whom"
    r"|whose|which|there)\b",
    re.IGNORECASE,
)


def is_of_other_bearers(question: str, reading: Reading) -> bool:
    """Tell whether an English sentence names others than a question does, who stand elsewhere in the text.

    Neither the sentence nor all that stands before it, nor the title, has a name of the question, and no word in it
    points back: then it goes on from nothing. Where such sentences came first on the English dev sets, none was right;
    in Indonesian, which says "kapal tersebut", seven of ten were.
    """
    document, sentence, names = reading.hit.document, reading.sentence, names_within(question)
    if not names or document.language != "en" or _POINTS_BACK.search(reading.text):
        return False
    if not names_within(reading.text, besides=question):
        return False
    before = f"{document.title}\n{document.text[document.body : sentence.end]}"
    return not names_had(before, names) and names_had(document.text[sentence.end :], names) == set(names)
