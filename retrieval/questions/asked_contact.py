"""Whether a question asks for a number to call, or an address of e-mail, and a text has one."""

import re

from retrieval.text.patterns import regex

_ASKS = (
    r"(?:(?:what|which|who(?:m|se)?|when|where|why|how)(?:[’']?s|[’']re)?|di ?mana|di|(?:do|does|did)(?:n[’']?t)?"
    r"|(?:apa|siapa|kapan|kenapa|mengapa|bagaimana)(?:kah)?)\b"
)
_ASKS_WHETHER = (
    r"(?:(?:is|are|was|were|has|have|could|may|must|should|will|would)(?:n[’']?t)?|can(?:[’']?t|not)?|won[’']?t"
    r"|(?:bisa|boleh|dapat|harus|perlu)(?:kah|nya)?)\b"
)
_WHOSE = rf"(?:the |your |their |his |her |(?!{_ASKS})(?:[\w-]+ ){{0,3}}[\w-]+(?:['’]s|s['’]) )?"
_BEGINS = rf"\A\W*(?:(?:what|which)(?:[’']s| is| are)? |berapa |apa )?{_WHOSE}"
_NAMES_FIRST = (  # "harbour office email"; not "who pays by phone"
    rf"\A(?!\W*(?:{_ASKS}|{_ASKS_WHETHER}))"
    r"(?:\S+ ){1,5}(?<!\bby )(?<!\bvia )(?<!\bper )(?<!\blewat )(?<!\bmelalui )(?<!\bprivate )"
)
_ASKS_PHONE = regex(  # "what is the emergency phone number", "nomor wa dinas"; not "who leaked the phone number?"
    rf"{_BEGINS}(?:\w+ )?(?:(?:tele|mobile )?phone|mobile|hotline|whatsapp) (?:number|no)\b"
    r"(?! (?:was|were|has|had|is)\b)"
    rf"|{_BEGINS}(?:nomor|nomer|no\.?) (?:telepon|telp|tlp|telpon|hp|wa|whatsapp|ponsel)(?:nya)?\b"
    r"|\A\W*(?:telepon|telpon|telp|tlp|phone|hotline|whatsapp)(?! (?:from|to|about|was|is|dari|yang|itu)\b)"
    r"(?: \S+){1,4}\Z"
    r"|\A\W*(?:wa|hp)(?! (?:from|to|dari|yang|yg|itu|apa|siapa|hilang|rusak|dicuri|murah|baru)\b)(?: \S+){1,3}\W*\Z"
    r"|\A\W*(?:nomor|nomer|no\.?) (?:juru bicara|jubir|humas|narahubung|kontak|posko)\b"
    r"|\b(?:nomor|nomer|no\.?) (?:telepon|telp|tlp|telpon|hp|wa|whatsapp|ponsel)(?: ?nya)?(?: berapa)?\W*\Z"
    rf"|{_NAMES_FIRST}(?:(?:tele|mobile )?phone|mobile|whatsapp) (?:number|no)\W*\Z",
    re.IGNORECASE,
)
_ASKS_E_MAIL = regex(  # also "email puskesmas waringin?", "harbour office email"
    rf"{_BEGINS}(?:\w+ )?e-?mail(?: (?:address|of|for)\b|\W*\Z)|\A\W*(?:apa )?alamat e-?mail\b"
    r"|\A\W*e-?mail(?! (?:from|to|about|(?:\w+ )?(?:size|limit|policy)|dari|yang|itu)\b)(?: \S+){1,5}\Z"
    rf"|{_NAMES_FIRST}e-?mail\W*\Z",
    re.IGNORECASE,
)
_ASKS_EITHER = regex(  # "contact of Captain Roe", "kontak kedutaan"; not "contacts of the first case"
    r"\A(?!.*\b(?:berapa|kapan|siapa|mana|how|when|who|where)\b)\W*(?:what(?:[’']s| is|s)? (?:the )?|apa )?"
    r"(?:contact (?:of|for)\b(?: \S+){1,6}|(?:media |press )?contact (?:details?|info(?:rmation)?)\b(?: \S+){0,6}"
    r"|(?:media|press) contacts?\W*"
    r"|kontak(?! (?:erat|dekat|pertama|terakhir|langsung|fisik|senjata|tembak|kasus|bisnis|antar\w*|dengan|yang|itu)\b)"
    r"(?: \S+){1,6})\Z",
    re.IGNORECASE,
)
_ASKS_WHOM = regex(  # "who do I call about permits", "kalau kios main harga, lapor ke mana?"
    r"\b(?:whom?|where|(?:what|which) number) (?:do|should|can|could|must|shall) (?:i|we|you)"
    r" (?:call|ring|phone|contact|e-?mail|complain|report|write to|turn to)\b"
    r"|\bwhom? (?:do|should|can|could|shall) (?:i|we|you) ask\b|\bwhom? to (?:call|contact|ring|phone)\b"
    r"|\b(?:meng)?(?:hubungi|telepon|telpon|telp|kontak) (?:ke )?(?:siapa|mana|nomor berapa)\b"
    r"|\b(?:lapor|melapor|mengadu) ?ke ?(?:mana|siapa)\b"
    r"|\bke ?mana (?:(?:saya|kami|kita|warga|harus|bisa|dapat) )*(?:lapor|melapor|mengadu|menelepon|telepon)\b"
    r"|\b(?:siapa|nomor berapa) (?:(?:yang|yg) )?(?:harus|bisa|dapat|perlu) (?:saya |kami |kita )?(?:di)?hubungi\b",
    re.IGNORECASE,
)
_ONLY_CONTACT = regex(
    r"\W*(?:and |dan )?(?:what(?:[’']s| is) )?(?:the )?"
    r"(?:(?:(?:tele|mobile )?phone|mobile|whatsapp)(?: (?:number|no\.?))?"
    r"|e-?mail(?: address)?|(?:no|nomor|nomer)\.? ?(?:telepon|telp|tlp|hp|wa|whatsapp)|alamat e-?mail)\W*",
    re.IGNORECASE,
)
_ASKS_ADDRESS = regex(r"\A\W*(?:apa |what(?:[’']s| is) (?:the )?)?(?:alamat(?:nya)?|address)\b", re.IGNORECASE)
_LEAST_DIGITS = 5  # of what is called, and no number of a house
_E_MAIL = regex(r"@|[(\[]at[)\]]|\b(?:no|tidak (?:ada|punya|memiliki|mempunyai)) (?:alamat )?e-?mail\b", re.IGNORECASE)
_WEB_ADDRESS = regex(r"\bhttps?://|\bwww\.", re.IGNORECASE)
_MAIL_ADDRESS = regex(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_CALLED = regex(  # three digits at least; not the number of a letter: "421/118/2026"
    r"(?<![\w./-])(?!\d+(?:/\w+)*/(?:19|20)\d\d\b)(?=\+?\(?(?:\d[ ()./-]*){3})\+?\(?\d[\d ()./-]*\d(?![./-]?\w)"
)

_WHATSAPP = regex(r"\b(?:wa|whats ?app)\b", re.IGNORECASE)
_ON_WHATSAPP = regex(r"\b(?:wa|whats ?app)\W{0,3}(?:nomor|no\.?)?\W{0,2}\Z", re.IGNORECASE)


def is_no_address(question: str, marked: str) -> bool:
    """Tell whether a question asks for an address, and what is marked for it has no letters, as a telephone number."""
    is_called = sum(map(str.isdigit, marked)) >= _LEAST_DIGITS and not any(map(str.isalpha, marked))
    return is_called and _ASKS_ADDRESS.match(question) is not None


def asks_contact(question: str) -> bool:
    """Tell whether a question asks for a telephone number or an address of e-mail, or for either."""
    return any(asks.search(question) for asks in (_ASKS_PHONE, _ASKS_E_MAIL, _ASKS_EITHER))


def called_about(question: str) -> str | None:
    """Return what a question says besides that it asks whom to call or to write to; None if it does not ask that."""
    return _ASKS_WHOM.sub(" ", question) if _ASKS_WHOM.search(question) else None


def contacts_in(sentence: str) -> list[tuple[int, int]]:
    """Return where the addresses of e-mail of a sentence stand, and the numbers, which may be to call."""
    return [match.span() for kind in (_MAIL_ADDRESS, _CALLED) for match in kind.finditer(sentence)]


def asks_only_contact(question: str) -> bool:
    """Tell whether a question says nothing else, "phone number?", and not whose it is."""
    return _ONLY_CONTACT.fullmatch(question) is not None


def lacks_contact(question: str, sentence: str) -> bool:
    """Tell whether a question asks for a telephone number or an address of e-mail, and a sentence has none."""
    if _ASKS_PHONE.search(question):
        return not _CALLED.search(sentence)
    if _ASKS_E_MAIL.search(question):
        return not _E_MAIL.search(sentence)
    has_one = _CALLED.search(sentence) or _E_MAIL.search(sentence) or _WEB_ADDRESS.search(sentence)
    return _ASKS_EITHER.search(question) is not None and not has_one


def contact_in(question: str, sentence: str, marked: str) -> tuple[int, int] | None:
    """Return where the one number or address of a sentence stands that a question asks for, unless it is marked.

    Of two numbers that is the one for WhatsApp, if that is asked for, or else the other.
    """
    numbers = [match.span() for match in _CALLED.finditer(sentence)] if _ASKS_PHONE.search(question) else []
    chats = [span for span in numbers if _ON_WHATSAPP.search(sentence, 0, span[0])]
    meant = chats if _WHATSAPP.search(question) else [span for span in numbers if span not in chats]
    if chats and len(meant) == 1 < len(numbers):
        return None if sentence[slice(*meant[0])] == marked else meant[0]
    what = _CALLED if _ASKS_PHONE.search(question) else _MAIL_ADDRESS if _ASKS_E_MAIL.search(question) else None
    if not what and _ASKS_EITHER.search(question):
        long = any(sum(map(str.isdigit, match[0])) >= _LEAST_DIGITS for match in _CALLED.finditer(sentence))
        what = _CALLED if long else _MAIL_ADDRESS
    found = [match.span() for match in what.finditer(sentence)] if what and not what.search(marked) else []
    return found[0] if len(found) == 1 else None
