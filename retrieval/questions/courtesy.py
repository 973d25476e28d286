"""What people write around a question: greetings, thanks, "could you tell me". In English and Indonesian."""

import re
from unicodedata import normalize

from retrieval.questions.chat_spelling import written_out
from retrieval.text.patterns import regex

_THANKS = r"""
    (?:many[ ])?thank(?:s|[ ]you)(?:[ ](?:so|very)[ ]much|[ ]a[ ]lot|[ ]again|[ ]in[ ]advance)?
        (?:[ ]for[ ](?:your|the|all)(?:[ ]\w+){1,3}(?=\s*[,.!]|\s*\Z))?
    | thx | tq
    | (?:terima[ ]?kasih|makasih?|mksh|trims)(?:[ ](?:banyak|sebelumnya|kembali))?
        (?:[ ]atas[ ](?:\w+[ ])?\w+nya)?(?:[ ]ya)?
"""
_GREETING = r"""
    (?:hello|hi|hey)(?:[ ](?:all|everyone|there))? | dear[ ]\w+(?=,) | hall?o | hai | permisi
    | good[ ](?:morning|afternoon|evening|day|night) | selamat[ ](?:pagi|siang|sore|malam)
    | ass?alamu['’]?[ ]?alaikum(?:[ ]w[ar.]*[ ]?w\.?b\.?)?
"""
_LEAD = r"""
    (?:do|can|could|would)[ ]you[ ](?:please[ ])?(?:know|tell[ ]me|say) | tell[ ]me
    | (?:may|can|could)[ ]i[ ]ask(?:[ ]you)? | (?:i[ ]have[ ])?(?:a[ ])?quick[ ]question
    | i(?:[ ]want|[ ]wanted|['’]d[ ]like|[ ]would[ ]like)[ ]to[ ](?:know|ask)
    | (?:(?:saya|aku|kami)[ ])?(?:mau|ingin|boleh|i[zj]in|numpang|hendak)(?:[ ]saya)?[ ](?:(?:ber)?tanya|nanya|tahu|tau)
        (?:[ ](?:dong|nih|ya))?
"""
_MARK = r"\s*[,.!?:]|\s+[–-]|\s*\Z"
_ASKS = r"who|what|when|where|why|how|which|siapa|apa|kapan|(?:di|dari|ke)?[ ]?mana|mengapa|kenapa|bagaimana|berapa"
_ADDRESSED = rf"""
    (?:pak|bu|bapak|ibu|min|admin|kak|mas|mbak|bang|bot|kutip|sir|madam)
    (?={_MARK}|\s+(?:(?:saya|mau|ingin|boleh|i[zj]in|numpang)\b))
"""
_BEFORE = regex(
    rf"""^(?:(?:
        (?:ok(?:ay)? | oke | oh(?:[ ]ya)? | ah | hm+ | i[ ]see | got[ ]it | please | tolong | sama-sama
            | you(?:['’]re|[ ]are)[ ]welcome | {_THANKS} | {_GREETING} | {_LEAD})(?![-'’]?\w)
        | (?:well | great | good | right | nice | perfect | noted | understood | sorry | wait
            | baik | bagus | maaf | siap | sip | mantap)(?={_MARK}|\s+(?:{_ASKS})\b|\s+(?:{_ADDRESSED}))
        | {_ADDRESSED}
    )[\s,.:!?–-]*)+""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = regex(rf"(?:(?<=[.?!])|,)\s*(?:and\s+)?(?:{_THANKS}|please|tolong)[\s.!]*\Z", re.IGNORECASE | re.VERBOSE)
_SEVERAL = 3  # words that are all in capitals by no chance
_LAST = 60  # characters, in which those stand who are addressed last
_ADDRESSED_LAST = regex(  # "di mana, Bu?", "kapan kak?", "di mana tuh?"
    r"(?<!\s)(?:,\s{0,3}(?:pak|bu|bapak|ibu|min|admin|kak|mas|mbak|bang)"
    r"|(?<!\bin)(?<!\bper)\s{1,3}(?-i:pak|bu|min|kak)"
    r"|,?(?<!\bin)(?<!\bkata)\s{1,3}(?-i:ya|sih|dong|nih|tuh|deh))+(?=\s*[?.!]*\Z)",
    re.IGNORECASE,
)
_ITEM = regex(rf"\A\d{{1,2}}[.)]\s+(?=(?:{_ASKS}|is|are|did|do|does|apakah)\b)", re.IGNORECASE)  # "2. Who?"

_YES = regex(r"yes|no|ya|tidak|benar", re.IGNORECASE)
_MARKS = regex(r"\A\W+|\W+\Z")


def without_courtesy(text: str) -> str:
    """Return a text without the kind words before and after what it asks; nothing may be left."""
    asked = _BEFORE.sub("", _ITEM.sub("", text.strip()))
    asked = _AFTER.sub("", asked)
    return f"{asked[:-_LAST]}{_ADDRESSED_LAST.sub('', asked[-_LAST:])}".strip()


def says_nothing(sentence: str) -> bool:
    """Tell whether a sentence is only a kind word, or only "Yes.", which says nothing by itself."""
    said = _MARKS.sub("", sentence)
    return _YES.fullmatch(said) is not None or not without_courtesy(said)


def as_read(question: str) -> str:
    """Return a question as it is read.

    That is without kind words, unless it has no others, all capitals made small, its short forms written out, and an
    accent as part of its letter.
    """
    question = normalize("NFC", question)
    asked = without_courtesy(question) or question
    return written_out(asked.lower() if asked.isupper() and len(asked.split()) >= _SEVERAL else asked)
