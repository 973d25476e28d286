"""The parts of a question: what asks, whom or what it names, what it is about. In English and Indonesian."""

import re

from retrieval.questions.courtesy import without_courtesy
from retrieval.text.amounts import SCALE
from retrieval.text.dates import MONTH, WEEKDAY
from retrieval.text.names import CAPITAL
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, TITLES, base_word

WORD = regex(r"[\w'’-]+")
SENTENCE_END = regex(
    "".join(rf"(?<!\b{title}\.)" for title in TITLES) + r"(?<![\s.][^\W\d_]\.)(?<=[.!?])\s+", re.IGNORECASE
)
_AMOUNT = rf"\d[\d.,]*(?:\s+{SCALE}\b)*"
_PRICE = rf"[A-Z][A-Za-z]*\d[\d.,]*(?:\s+{SCALE}\b)*"  # "Rp1,5 miliar"
_WORD_OF_NAME = rf"(?:{_PRICE}|{CAPITAL}[\w'’.-]*|{_AMOUNT})"
_DEGREE = regex(r"(?:S|M|A|Ph|Sp|B)(?:\.\w{1,4}){1,3}|Drs?|Dra|Ir|Hj?|Prof|drg?")  # "S.E." of "Siti, S.E., M.M."
_DAY_ONLY = regex(rf"(?:(?:{WEEKDAY}|{MONTH}|\d++(?:[.,]++\d++)*+)\b\W*+)+", re.IGNORECASE)
_LEAD_OF_DAY = regex(r"\A(?:on|in|by|since|from|pada|tanggal|hari)\s+", re.IGNORECASE)
_IN_NAMES = "of|the|and|for|van|von|der|den|de|del|da|bin|binti|ibn|al|el"
_NAME = regex(rf"\b{_WORD_OF_NAME}(?:\s+(?:(?:{_IN_NAMES})\s+)*{_WORD_OF_NAME})*")
_CONNECTION = regex(r"^(?:(?:and|but|so|also|then|dan|lalu|terus|jadi|nah)\b[\s,:–-]*)+", re.IGNORECASE)
ABOUT = regex(r"^(?:what|how) about\b\s*|^(?:bagaimana|gimana) (?:dengan|kalau)\s*|^kalau\s*", re.IGNORECASE)
ELSE = regex(
    r"\b(?P<asks>who|whom|what|where|which|anyone|anybody|anything|siapa|apa|mana)(?: saja)? (?:else|more|lagi)\b"
    r"|^(?:(?:is|are) there |(?:tell|show|give) me |say |ada )?(?:any |some |the |an)?"
    r"(?:more|others?|lagi|(?:yang )?lain(?:nya)?)\b",
    re.IGNORECASE,
)
_THEIR_WORDS = "|".join(  # "apa katanya?", not "katanya banjir"
    rf"(?<=\b{word})" for word in "apa kata,saja kata,menurut,tanggapan,pendapat,komentar,sikap,jawaban".split(",")
)
PERSON = regex(
    r"\b(?!(?-i:HE)\b)"  # of an ambassador
    r"(?:(?P<own>his|their|theirs|hers|her(?=\s+(?!(?:in|at|on|to|and|or|about|for|from|with|by|of|when|where|during"
    r"|after|before|as|the|a|an|this|that|last)\b)\w))|her|he|she|him|they|them|dia|ia|beliau|mereka)\b(?!['’])"
    rf"|(?:{_THEIR_WORDS})nya\b",
    re.IGNORECASE,
)
_OF_NO_THING = "".join(  # in which "nya" stands for nothing
    rf"(?<!\b{word})"
    for word in (
        "sebelum akhir biasa sebenar sesungguh selanjut seharus misal umum khusus tepat persis berta dita pena "
        "kata".split()
    )
)
_NO_NOUN = (  # in Indonesian: what asks, leads to a place or tells the time
    "kapan(?:kah)?|apa(?:kah)?|mana(?:kah)?|berapa(?:kah)?|siapa(?:kah)?|kenapa|mengapa|bagaimana|gimana|dimana|kemana"
    "|darimana|di|ke|dari|pada|sejak|sampai|hingga|oleh|karena|akibat|jadi|menjadi|lewat|sekitar|saat|ketika|tadi|kemarin"
    "|jam|pukul|tanggal|tgl|hari|bulan|tahun|itu|ini|dia|mereka|sudah|belum|tidak|masih|lebih"
)
_BEHIND_WHAT_HAPPENS = "|".join(
    rf"(?<=\b{word}nya)"
    for word in (
        "terjadi naik turun jatuh runtuh ambruk pecah hilang meletus terbakar tenggelam meninggal tewas wafat gugur "
        "lahir dimulai berakhir berlangsung dibuka ditutup ditangkap dibentuk didirikan masuk keluar tiba".split()
    )
)
_OF_WHAT_FOLLOWS = rf"(?!(?:{_BEHIND_WHAT_HAPPENS}) (?!(?:{_NO_NOUN})\b)\w)"  # stands "nya": "terjadinya gempa"
_STANDS_FOR_A_PLACE = (
    r"(?<!^is )(?<!^are )(?<!^was )(?<!^were )there(?! (?:be|been|an?|any|some|no)\b)"  # not "Was there …?"
)
_BEFORE_THAT = (
    "true right correct possible likely clear certain known said reported claimed expected planned decided".split()
)
_JOINS = "".join(rf"(?<!\b{word} )" for word in (*_BEFORE_THAT, "say", "says", "think", "believe", "know", "means"))
_STANDS_FOR_NOTHING = (  # "Is it true that …?", "Is it safe to …?"
    rf"(?! (?:really |still |also |not )?(?:{'|'.join(_BEFORE_THAT)}|necessary|important|legal|allowed|safe|hard|easy)"
    r"(?: for \w+)? (?:that|whether|if|to)\b)"
)
_THIS = (  # not "this week"
    r"(?:this(?! (?:week|month|year|season|morning|afternoon|evening|spring|summer|autumn|winter|century)\b)"
    r"|these(?! (?:days|weeks|months|years)\b))"
)
_INI = (
    "".join(rf"(?<!\b{word} )" for word in "hari minggu pekan bulan tahun saat pagi siang sore malam abad".split())
    + "ini"
)
_ITU = r"(?:(?<!^apa )(?<!^siapa )itu|itu(?=\W*\Z))"  # not "apa itu inflasi?"
THING = regex(
    r"\b(?!(?-i:IT)\b)"  # of "IT workers"
    rf"(?:(?P<own>its)|it{_STANDS_FOR_NOTHING}|{_THIS}|{_JOINS}that|that(?=\W*\Z)|those|{_STANDS_FOR_A_PLACE}"
    rf"|{_INI}|{_ITU}|tersebut|sana|situ)\b(?!['’])"
    rf"|(?<=[a-z]{{3}}){_OF_NO_THING}nya\b{_OF_WHAT_FOLLOWS}|(?<=[a-z]{{2}} )nya\b",
    re.IGNORECASE,
)
_ASKING = (
    r"(?:(?:in|on|at|by|from|since|until|for|to|with|of|about"
    r"|di|ke|dari|pada|sejak|mulai|sampai|hingga|untuk|buat|oleh|dengan|sama|bersama|tentang|bagi|kata|menurut) )?"
    r"(?:(?:what|which) (?:year|date|day|month|time|city|country|place|person|age)"
    r"|how (?:many|much|long|old|far|often|big|tall|high)|who(?:m|se)?|what|when|where|why|which|how"
    r"|siapa(?:kah)?|apa(?:kah)?|kapan(?:kah)?|(?:di|ke|dari) ?mana(?:kah)?|mengapa|kenapa|bagaimana"
    r"|berapa(?:kah)?|(?:tahun|tanggal|bulan|hari|jam|pukul) (?:berapa|apa))\b"
)
ASKS = regex(rf"^{_ASKING}", re.IGNORECASE)
_INTRODUCTION = regex(rf"^.*?[.!?]\s+(?={_ASKING})", re.IGNORECASE | re.DOTALL)  # sentences before one that asks
ASKS_LAST = regex(  # "Bali Process didirikan tahun berapa?"
    r"\s(?:(?:di|ke|dari|pada|sejak|oleh|dengan) ?)?(?:(?:siapa|apa)(?: saja)?|kapan|mana|berapa"
    r"|(?:tahun|tanggal|bulan|hari|jam) (?:berapa|apa)|when|where|who|why)\Z",
    re.IGNORECASE,
)
AUXILIARY = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|should"
_VERB_FIRST = regex(rf"(?:{AUXILIARY}|apakah|sudahkah)\b", re.IGNORECASE)
QUESTION_WORDS = frozenset(
    "who whom whose what when where why which how siapa apa kapan mana dimana mengapa kenapa bagaimana berapa".split()
)
# Words that say nothing of a subject.
_EMPTY = QUESTION_WORDS | frozenset(
    """a an the of in on at to for from by with and or is are was were be been do does did has have had will would can
    could should may might please exactly precisely really actually just so then also too not no one ones yes ok okay
    well you tell me know say said says happen happened else more other others about anything anyone any some
    hello hi hey bye good great morning afternoon evening day night thanks thank welcome right see cool nice i
    hai halo selamat pagi siang sore malam terima kasih makasih iya tidak baik oke
    yang di ke dari dan atau pada dengan untuk oleh adalah ialah itu ini tersebut saja lagi juga ya dong sih tepatnya
    persisnya terjadi tolong ada kamu kau anda kabar""".split()
)
_MAY = regex(r"\bmay(?=\W*\Z|\s+(?:19|20)\d\d\b)", re.IGNORECASE)  # the month: "and in may?"
_BEGIN = _EMPTY | frozenset(  # words that begin a sentence with a capital and are no name
    """there these those some many if after before besides apart except despite during under while because according
    my your our his her its their
    adakah apakah sudah sudahkah belum bukankah benarkah oleh sampai bersama tentang setelah sebelum selama menurut
    jika kalau para""".split()
)
_OF_BEFORE = regex(r"\w{3,}nya|\d+")
_BARE_VERBS = frozenset("kok naik turun batal mundur datang pulang pergi selesai mulai gagal hadir ikut".split())
_VERB = regex(r"(?:di|me|ber|ter(?!dakwa|sangka|pidana|gugat|lapor|duga))\w{4,}|\w{3,}ed")
_LONGEST_NAME = 10  # words
_LONGEST_PERSON = 4  # words
_LINK = 3  # letters of "bin", "van", "de" in a name
WHO_SAID_IT = regex(
    r"(?:who(?: exactly| actually| has| had)* (?:said|says|claimed|wrote|writes) (?:that|it|this|so)"
    r"|(?P<siapa>siapa(?:kah)?(?: yang| pernah)* (?:(?:mengatakan|bilang|ngomong)(?:nya)?"
    r"|(?:mengatakan|menulis|berkata|bilang|ngomong|menyatakan|menyampaikan)"
    r" (?:(?:hal |kayak )?(?:itu|ini|tersebut)|begitu|gitu|begini|gini|demikian))"
    r"|(?:(?:yang|itu) )*(?:kata|menurut|bilang|ngomong|pernyataan|ucapan) siapa(?: itu)?))\W*",
    re.IGNORECASE,
)
"""A question who said what was quoted; `siapa` is there in Indonesian."""

_THAT = "(?:that|this|it)"
_PAPER = "(?:document|report|file|paper|article)"
_KERTAS = "(?:dokumen|laporan|berkas|berita)"
ASKS_SOURCE = regex(
    r"(?:(?:the |your |any )?(?:sources?|link|url|reference|citation)"
    rf"|(?:what|which|where)(?:[’']s| is| are)? (?:the |your )?(?:source|link)(?: (?:of|for) {_THAT})?"
    rf"|(?:which|what) {_PAPER}(?: (?:is|was|says) {_THAT}(?: from| in)?)?"
    rf"|where (?:is|was|does) {_THAT} (?:written|from|stand|come from|say (?:that|so))"
    r"|(?P<sumber>(?:apa )?(?:sumber|tautan|link)(?:nya)?(?: (?:apa|mana|dari mana))?"
    rf"|(?:(?:itu )?(?:dari|di|ada di|tertulis di) )?{_KERTAS} (?:apa|mana)(?: itu)?"
    r"|itu dari mana|dari mana (?:itu|infonya)|(?:itu )?tertulis di ?mana|di ?mana (?:itu )?tertulis(?:nya)?))\W*",
    re.IGNORECASE,
)
"""A question where that is written which was quoted; `sumber` is there in Indonesian."""


def opened(question: str) -> tuple[str, bool]:
    """Return a question without the words that only lead to it, and whether they connect it with what was before."""
    asked = without_courtesy(question)
    bare = _CONNECTION.sub("", asked)
    return without_courtesy(bare), bare != asked


def only_goes_on(asked: str, *, connected: bool) -> bool:
    """Tell whether a message, opened, says nothing but that there may be more: "And then?", "lalu", "?"."""
    return not WORD.search(asked) and (connected or "?" in asked)


def asks(text: str) -> bool:
    """Tell whether a text has a word that asks: "exactly when"."""
    return bool(ASKS.match(text)) or not QUESTION_WORDS.isdisjoint(WORD.findall(text.casefold()))


def is_question(asked: str) -> bool:
    """Tell whether an opened text begins as a question does."""
    return bool(ASKS.match(asked) or _VERB_FIRST.match(asked))


def subject_words(text: str) -> list[str]:
    """Return the words of a question that say what it is about."""
    match = ASKS.match(text)
    rest = text[match.end() :] if match else text
    empty = _EMPTY - {"may"} if _MAY.search(rest) else _EMPTY
    words = map(str.casefold, WORD.findall(rest))
    return [word for word in words if word not in empty and not PERSON.fullmatch(word) and not THING.fullmatch(word)]


def has_subject(question: str) -> bool:
    """Tell whether a question says by itself what it is about, as "And when?" does not."""
    return bool(subject_words(opened(question)[0]))


def has_no_noun(question: str) -> bool:
    """Tell whether a question has no noun of its own: "kenapa ditunda?", "alasannya apa?", "how many in 2024?" """
    words = subject_words(opened(question)[0])
    return not any(map(has_letter, names_in(question))) and all(map(_is_no_noun, words))


def _is_no_noun(word: str) -> bool:
    if _OF_BEFORE.fullmatch(word) or word in _BARE_VERBS:
        return True
    return _VERB.fullmatch(word) is not None and (word.endswith("ed") or base_word(word) != word)


def rest_of(question: str) -> str:
    """Return a question without the words that ask, and without the sentences before it."""
    asked, _ = opened(question)
    if not ASKS.match(asked):
        asked, _ = opened(_INTRODUCTION.sub("", asked))
    match = ASKS.match(asked)
    return (asked[match.end() :] if match else ASKS_LAST.sub("", asked.rstrip(" ?"))).strip(" ?")


def has_letter(name: str) -> bool:
    """Tell whether a name is more than a number, such as "5.2 million"."""
    return any(map(str.isalpha, name)) and not re.fullmatch(_AMOUNT, name)


def is_name(name: str) -> bool:
    """Tell whether it is a name of somebody or something: no number, no day, and no small word."""
    day = _LEAD_OF_DAY.sub("", name)
    return has_letter(name) and not _DAY_ONLY.fullmatch(day) and name.casefold() not in STOP_WORDS


def names_in(text: str, *, asks: bool = True) -> list[str]:
    """Return the names and numbers of a text; of one that `asks`, without a first word that only begins a sentence."""
    names = []
    for match in _NAME.finditer(text):
        name = match[0].strip(".,'’-")
        if asks and match.start() == 0:
            first, _, others = name.partition(" ")
            name = others if first.casefold() in _BEGIN or ASKS.match(text) else name
        is_degree = text[: match.start()].rstrip().endswith(",") and _DEGREE.fullmatch(name)
        if name and not is_degree:
            names.append(" ".join(name.split()[:_LONGEST_NAME]))
    return list(dict.fromkeys(names))


def person_in(title: str) -> str:
    """Return whom a title names, without what it adds: "Prof. Anselma Thorne, astronomer"; nothing of a headline."""
    name = re.split(r"[,:–(]| - ", title)[0].strip()
    words = name.split()
    is_name = len(words) <= _LONGEST_PERSON and all(word[0].isupper() or len(word) <= _LINK for word in words)
    return name if is_name else ""
