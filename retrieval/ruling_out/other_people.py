"""What somebody else says of themselves, or is told as "he" in another paragraph, does not answer of whom is named."""

import re
from collections.abc import Sequence

from retrieval.questions.asked_words import asked_words
from retrieval.questions.kinds import asks_number, asks_when, whose_words
from retrieval.questions.question_parts import person_in
from retrieval.text.headings import titles_above
from retrieval.text.names import CAPITAL, FULL_NAME, NAME_WORD, names_had, names_within, without_possessives
from retrieval.text.offices import OFFICE
from retrieval.text.paragraphs import paragraph_begin
from retrieval.text.people import BODY, in_brackets, names_of, pronouns_for
from retrieval.text.quotations import quoted_by, told_of_others
from retrieval.text.speakers import Speakers
from retrieval.text.words import STOP_WORDS, TITLES
from retrieval.values import Reading

_OF_ONESELF = re.compile(r"\b(?:I|I['’]\w+|me|my|mine|myself|[Ss]aya|[Aa]ku)\b")
_OF_SEVERAL = re.compile(r"\b(?:we|us|our|ours|kami|kita|tim saya)\b", re.IGNORECASE)
_PERSON = re.compile(rf"(?:\w+\.? )?{FULL_NAME}")
_OFFICE = re.compile(rf"\b(?:{OFFICE}|spokes\w+|juru bicara)\b", re.IGNORECASE)
_TITLE = re.compile(  # before a last name
    rf"(?:{'|'.join(TITLES)}|The|And|But|Sir|Lady|Lord|Dame|Judge|Justice|Chief|Captain|Coach|Councillor|Cllr|Detective"
    rf"|Inspector|Sergeant|Constable|Ambassador|Senator|Deputy|Pak|Bu|Ibu|Bapak|Haji)\b.*|(?:{_OFFICE.pattern}).*",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:wi(?:fe|ves)|husbands?|sons?|daughters?|child(?:ren)?|brothers?|sisters?|father|mother|parents?|family"
    r"|families|relatives?|married|siblings?|uncles?|aunts?|cousins?|twins?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(  # "when does Ms Tahir leave?", "kapan Budi pergi?"
    r"\b(?:do|does|did|is|was|has|had|will|would|can|could|apakah|kapan|di ?mana|kenapa|mengapa)\s+"
    rf"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Prof|Pak|Bu|Ibu|Bapak)\b\.?\s+)?\w+(?:\s+{CAPITAL}\w+)*)"
)
_POINTS_BACK = re.compile(  # "She", "Perempuan kelahiran Ampalas, 14 Mei 1978, itu"
    r"[\W_]*(?:(?:he|she|ia|dia|beliau)\b"
    r"|(?:perempuan|wanita|pria|lelaki|laki-laki|politi[ks]\w+|mantan|alumnus|tokoh)\b[^.!?\n]{0,80}?\bitu\b)",
    re.IGNORECASE,
)
_OF_HIM_OR_HER = re.compile(
    r"[\W_]*(?:(?P<he>he|his|pria|lelaki|laki-laki)|(?P<she>she|her|perempuan|wanita))\b"
    rf"(?!(?<=his|her) (?:[\w-]+ ){{0,2}}?{_RELATIVE.pattern})",
    re.IGNORECASE,
)
_OF_THE_OTHER = {
    "he": re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE),
    "she": re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE),
}
_WHOSE = re.compile(r"(?:(?<=\W)|\A)(?P<whose>his|her) (?P<what>\w+)", re.IGNORECASE)
_RELATED = re.compile(r"\b(?:istri|suami|anak|ayah|adik|kakak|putr[ai]|keluarga)\b", re.IGNORECASE)  # "istri Pak Dedi"
_ELSEWHERE = re.compile(rf"\b(?:in|at|of|from|for|to|on|near|di|ke|dari)(?: the)?(?: {NAME_WORD})+")
_OF_SOMEBODY = re.compile(r"[^.!?]*\b(?:he|she|him|her|his|ia|dia|beliau|\w{3,}nya)\b", re.IGNORECASE)
_AS_WHOSE = re.compile(r", (?:his|her) [^,.]{3,40},")  # "Jonas Haugen, his cousin, shrugged"
_SUBJECT_NAMED = re.compile(  # "Dev Anand, 47, comes …", at the beginning of a sentence
    r"(?:\A|[.!?]\s+)(?!(?:The|An?|In|At|On|For|From|After|Before|Since|When|Di|Ke|Dari|Pada|Menurut|Setelah)\b)"
    + FULL_NAME
)
_QUOTED = re.compile(r"\s*[\"“«][^\"“”«»]*[\"”»][^\"“”«»]{0,80}")  # and "she told the families in the hall"
_ASKS_PARTY = re.compile(r"\b(?:menurut|kata|according to|did|does)(?: the)? (?P<party>\w+)", re.IGNORECASE)
_PARTIES = (  # of a case at court; none speaks for another
    "hakim majelis pengadilan mahkamah court judge judges tribunal",
    "jaksa kejaksaan penuntut prosecutor prosecutors",
    "penyidik polisi kepolisian police investigators",
    "pengacara kuasa penasihat terdakwa defence defendant lawyer lawyers",
    "auditor auditors bpk bpkp",
)
_SAYS_PARTY = re.compile(  # "Penyidik menyebut", "menurut perhitungan jaksa"
    r"\b(?:menurut|according to)(?: the| perhitungan| hitungan)? (?P<told>\w+)"
    r"|\b(?P<party>\w+)(?: umum)? (?:menyebut|menghitung|menilai|berpendapat|mendalilkan|said|say|says|put|puts)\b",
    re.IGNORECASE,
)
_DISSENTS = re.compile(
    r"\b(?:pendapat (?:yang )?berbeda|berbeda pendapat|berpendapat lain|dissent\w*|minority opinion)\b", re.IGNORECASE
)
_FAR = 2_000  # characters before a sentence, in which its paragraph begins


def is_of_other_people(question: str, reading: Reading) -> bool:
    """Tell whether what a sentence says is said by, or told of, others than whom a question names.

    That is a quotation of another one, where it is asked what somebody says whom a question names; what a speaker says
    of themselves where the subject of the question is another speaker, "Ashdown: I leave in March", or a person who
    does not speak; a sentence that begins with "he" where Mrs Lim is asked for; one that begins with "he" or "she" in a
    paragraph in which a sentence before begins with another one's name, or which is on whom the title names; what has
    another one of the same family; and what another party of a case says, or a judge who dissents from the court.
    """
    if (
        _names_relative(question, reading)
        or _has_other_title(question, reading)
        or _is_of_the_other(question, reading)
        or _is_told_by_another(question, reading)
        or _another_says(question, reading)
        or _is_of_other_party(question, reading)
    ):
        return True
    match = _SUBJECT.search(question)
    if match and (
        _says_of_oneself(match["name"], reading) or _is_of_other_delegation(question[match.start("name") :], reading)
    ):
        return True
    return _is_of_paragraph(_names_in(question), reading)


def _names_in(question: str) -> list[str]:
    """Return the names in a question; its first word, if that may be one and it has no other."""
    first = [name for name in re.findall(rf"\A{NAME_WORD}", question) if name.casefold() not in STOP_WORDS]
    return names_within(question) or first


def _has_other_title(question: str, reading: Reading) -> bool:
    """Tell whether a sentence begins with "he", and its text or a question calls the one who is asked for "Mrs"."""
    begins, text = _OF_HIM_OR_HER.match(reading.text), reading.hit.document.text
    if begins is None or _RELATED.search(question) or without_possessives(question) != question:
        return False
    asked = _names_in(_ELSEWHERE.sub("", question))
    if not asked or not re.search(r"\W+(?:\w\W+)?".join(map(re.escape, asked)), question):  # nobody, or several
        return False
    pronoun = "he" if begins["he"] else "she"
    if names_had(reading.text, asked) or _OF_THE_OTHER[pronoun].search(reading.text) or _are_several(asked[-1], text):
        return False
    called = set[str]().union(*(pronouns_for(name, f"{question}\n{text}") for name in asked))
    return bool(called) and pronoun not in called


def _are_several(last: str, text: str) -> bool:
    """Tell whether people of several first names have a last name in a text, of whom one may be "Mrs"."""
    firsts = {one for one in re.findall(rf"({NAME_WORD}) {re.escape(last)}\b", text) if not _TITLE.fullmatch(one)}
    return len(firsts) > 1


def _is_of_the_other(question: str, reading: Reading) -> bool:
    """Tell whether a sentence begins with "his deputy", where a question asks for "her deputy"."""
    begins = _WHOSE.match(reading.text)
    asked = begins and _WHOSE.search(question)
    if not begins or not asked or begins["whose"].casefold() == asked["whose"].casefold():
        return False
    return begins["what"].casefold() == asked["what"].casefold() and not re.search(
        rf"\b{asked['whose']}\b", reading.text, re.IGNORECASE
    )


def _is_told_by_another(question: str, reading: Reading) -> bool:
    """Tell whether a sentence is quoted of another than whose words are asked for, as its paragraph begins.

    Nobody is another who is not called by first name or title where the text names whom the question does: a body may
    have that name, for which they speak.
    """
    asked, document, sentence = asked_words(question), reading.hit.document, reading.sentence
    names = [name for name in re.findall(NAME_WORD, asked.person) if not _TITLE.fullmatch(name)] if asked else []
    if not names or Speakers(document, sentence).of(sentence):
        return False
    told = quoted_by(document, sentence)
    if not told and _QUOTED.fullmatch(reading.text) and not names_had(reading.text, names):
        before = _paragraph_before(reading)
        of_somebody = _OF_SOMEBODY.match(_AS_WHOSE.sub(",", before))
        told = before if _SUBJECT_NAMED.match(before) and not of_somebody else ""
    others = [one[0].split() for one in re.finditer(FULL_NAME, told)]
    is_namesake = len(names) > 1 and any(one[-1] == names[-1] for one in others)
    if is_namesake and not any(name in told for name in names[:-1]):
        return True  # "Jonas Haugen", of Peter Haugen
    if names_had(told, names) or all(BODY.fullmatch(one[-1]) for one in others):
        return False
    text = document.text[document.body :]
    return not names_had(text, names) or re.search(rf"\b{NAME_WORD}\.? {re.escape(names[-1])}\b", text) is not None


def _another_says(question: str, reading: Reading) -> bool:
    """Tell whether a sentence begins "Mr Lim said", where a question asks what Ms Orr regrets, whom its text names."""
    person, document = whose_words(question), reading.hit.document
    names = [name for name in re.findall(NAME_WORD, person) if not _TITLE.fullmatch(name)]
    if not names or names_had("\n".join([reading.text, *titles_above(reading)]), names) or BODY.fullmatch(names[-1]):
        return False
    text = document.text[document.body :]
    is_person = pronouns_for(names[-1], f"{question}\n{text}") and not Speakers(document, reading.sentence).of(
        reading.sentence
    )
    told = told_of_others(reading.text)
    return bool(is_person and told) and not _POINTS_BACK.match(told) and bool(names_had(text, names[-1:]))


def _names_relative(question: str, reading: Reading) -> bool:
    """Tell whether an English sentence names another of the same last name than a question, whom its text has, too."""
    if reading.hit.document.language != "en" or not (asks_number(question) or asks_when(question)):
        return False
    if _RELATIVE.search(question):
        return False
    asked = [match[0].split() for match in re.finditer(FULL_NAME, question)]
    there = [match[0].split() for match in re.finditer(FULL_NAME, reading.text)]
    text = reading.hit.document.text
    for first, *_, last in asked:
        others = [one[0] for one in there if one[-1] == last and one[0] != first and not _TITLE.fullmatch(one[0])]
        is_family = not BODY.fullmatch(last) and reading.text.count(last) == len(others)  # and no "Mr Cole" beside
        is_word = re.search(rf"\b{re.escape(last.lower())}\b", text)  # "the German Navy", "the navy"
        if others and is_family and not is_word and first not in reading.text and f"{first} {last}" in text:
            return True
    return False


def _is_of_other_party(question: str, reading: Reading) -> bool:
    """Tell whether another party of a case says a sentence than whose words are asked for, or a judge who dissents.

    The sentence and the headings above it do not have the one that is asked for; a dissent is told by its heading.
    """
    asked = _ASKS_PARTY.search(question)
    words = _party(asked["party"]) if asked else None
    if words is None or names_had(reading.text, names_within(question)):
        return False
    headings = "\n".join(titles_above(reading)[1:])
    if words == _PARTIES[0] and _DISSENTS.search(headings) and not _DISSENTS.search(question):
        return True
    begin = reading.highlight[0] if reading.highlight else reading.sentence.end
    before = reading.hit.document.text[reading.sentence.start : begin]
    told = {_party(match["told"] or match["party"]) for match in _SAYS_PARTY.finditer(before)} - {None}
    is_there = re.search(rf"\b(?:{words.replace(' ', '|')})\b", f"{headings}\n{reading.text}", re.IGNORECASE)
    return bool(told) and words not in told and not is_there


def _party(word: str) -> str | None:
    """Return the words for the party of a case that a word means; None if it means none."""
    return next((words for words in _PARTIES if word.casefold() in words.split()), None)


def _says_of_oneself(subject: str, reading: Reading) -> bool:
    """Tell whether somebody says a sentence of themselves who is not the subject."""
    if not _OF_ONESELF.search(reading.text) or not names_of(subject) or any(map(str.isdigit, subject)):
        return False
    speakers = Speakers(reading.hit.document, reading.sentence)
    label = speakers.of(reading.sentence)
    if not label or speakers.asks(reading.sentence) or names_had(reading.text, [subject.split()[-1]]):
        return False
    own = speakers.named(subject)
    if own or not _PERSON.fullmatch(subject):
        return bool(own) and label not in own
    title = names_had(reading.hit.document.title, subject.split())
    return not (title or _OFFICE.search(label) or _OF_SEVERAL.search(reading.text))


def _is_of_other_delegation(asked: str, reading: Reading) -> bool:
    """Tell whether "we" are another delegation than that with which begins what is asked: "Ms Holt (Ostby): Our …".

    Nothing in the turn up to the end of the sentence names that which is asked for.
    """
    if not _OF_SEVERAL.search(reading.text):
        return False
    speakers = Speakers(reading.hit.document, reading.sentence)
    place, whose = speakers.spoken_for(asked), in_brackets(speakers.of(reading.sentence))
    is_other = bool(place and whose) and place != whose
    return is_other and not re.search(rf"\b{re.escape(place)}", speakers.up_to(reading.sentence), re.IGNORECASE)


def _is_of_paragraph(names: Sequence[str], reading: Reading) -> bool:
    """Tell whether a sentence that begins with "he" stands in a paragraph that names others before, and none of these.

    They stand elsewhere in the text. A paragraph whose first sentence points back tells nothing.
    """
    document = reading.hit.document
    if not names or not _POINTS_BACK.match(reading.text) or names_had(reading.text, names):
        return False
    paragraph = _paragraph_before(reading)
    if _OF_SOMEBODY.match(paragraph):
        return False
    if _is_on_titled(document.title, paragraph, names):
        return True
    if not _SUBJECT_NAMED.search(paragraph):
        return False
    others, text = f"{document.title}\n{paragraph}", document.text[document.body :]
    return not names_had(others, names) and names_had(text, names) == set(names)


def _is_on_titled(title: str, paragraph: str, names: Sequence[str]) -> bool:
    """Tell whether a paragraph names first whom its title is, and only behind that, within a sentence, others."""
    person = person_in(title)
    there = set() if " of " in person else set(person.split())  # not "Governor of Orla"
    people = re.finditer(rf"(?=\b({FULL_NAME})\b(?! {CAPITAL}))", paragraph)
    known = (one for one in people if there.issuperset(one[1].split()) and not BODY.fullmatch(one[1].split()[-1]))
    first = next((one.start() for one in known), None)
    if first is None or names_had(title, names):
        return False
    begins = (names_had(one[1], names) for one in re.finditer(rf"(?:\A|[.!?]\s+)({NAME_WORD})", paragraph))
    return bool(names_had(paragraph[first:], names)) and not (names_had(paragraph[:first], names) or any(begins))


def _paragraph_before(reading: Reading) -> str:
    """Return what stands before a sentence in its paragraph."""
    document, place = reading.hit.document, reading.sentence.start
    return document.text[paragraph_begin(document.text, max(document.body, place - _FAR), place) : place]
