"""A printed list of authors -> the people in it."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from pipelines.remembered import remembered
from scrapers import announcements
from scrapers.announcements import OTHERS, UNSPACED
from scrapers.capitals import PARTICLES, capitalised, cased
from scrapers.publisher import Publisher, fold
from scrapers.vocabulary import agencies, any_of, people, phrases
from scrapers.vocabulary.months import MONTHS

_HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
_NOISE = re.compile(r"https?://\S+|www\.\S+|<[^>]*>|[\[\]【】〔〕«»\"“”*#→]")
_ACCOUNT = re.compile(r"\S+@\S+\.\w+|(?<!\w)@\w+")
_FIRST_WORD = re.compile(r"[^\s:：]+")
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_ENDS = re.compile(
    rf"[:：]$|\s(?:[-–—]\s|\d|{any_of(people.PICTURE.split())}\s*[:：]|{any_of(people.AFTER_NAME.split())}\s"
    rf"|{any_of(people.PUBLISHED.split())}\b).*$",
    re.IGNORECASE,
)
_SPLIT = re.compile(  # the white space around is left, for a pattern that may begin with some is tried everywhere
    r"[;|•·∙⋅、\n&+／]|/(?:(?<=\s/)(?=\s)|(?<=\w\w/)(?=\w\w))"
    rf"|\s{any_of(people.JOINED_BY.split())}\s+(?:the\s+)?(?=(?-i:[^a-zß-öø-ÿ]))",
    re.IGNORECASE,
)
_COMMA = re.compile("[,，،]")
_LAST_FIRST = re.compile(r"^([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]*\.?(?: [^\W\d_]\.?| d[aei]| van| von)?)$")
_ROLE_BEHIND = re.compile(rf"\s*(?:{'|'.join(people.EAST_ASIAN_ROLES.split())}).*$")
_DOMAIN = re.compile(
    r"\w\.(?:com|de|org|net|at|ch|fr|it|es|uk|co|info|tv|is|eu|nl|be|ru|cn|jp|tr|news|online)\b", re.IGNORECASE
)
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_NO_CAPITALS = frozenset(string.ascii_lowercase + string.digits)
_FULL = re.compile(rf"^{_CAPITAL}(?: {_CAPITAL}| (?:de|von|van|der|el|la|di|da)){{1,3}}$")
_NOT_OF_NAMES = re.compile(r"[\d:：_@]|^[a-z][a-z.-]*$")  # the second is a handle

_HONORIFICS = frozenset(people.HONORIFICS.split())
_CREDENTIALS = frozenset(people.CREDENTIALS.split())
_ROLES = frozenset(people.ROLES.split())
_ROLE_ADJECTIVES = frozenset(people.ROLE_ADJECTIVES.split())
_NOBODY = frozenset(map(fold, (*people.NOBODY.split(), *phrases(people.BY), *phrases(people.LABELS))))
_ORGANISATION = frozenset(people.ORGANISATION.split())
_ORGANISATION_ENDS = tuple(people.ORGANISATION_ENDS.split())
_HEADING_WORDS = _NOBODY | _ORGANISATION | OTHERS | frozenset(people.BOX_HEADINGS.split())
_CHINESE = rf"[{''.join(people.CHINESE_SURNAMES.split())}][\u3400-\u9fff]{{1,2}}"
_SIDE_BY_SIDE = re.compile(rf"(?:{_CHINESE}\s+)+{_CHINESE}")
_AGENCIES = frozenset(map(fold, phrases(agencies.NAMES))) | frozenset(map(fold, agencies.PLURAL.split()))
_AGENCY_WORDS = re.compile(any_of(map(fold, phrases(agencies.WORDS))))
_MONTHS = frozenset(re.split(r"[ |]", " ".join(MONTHS.values())))
_NAMELESS = _ROLES | _MONTHS | frozenset(people.ARTICLES.split())
_WORD = "[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ]+"
_PLAIN = re.compile(rf"{_WORD}(?: (?:[A-Z]\. )?{_WORD}){{0,2}}")
_MEANINGFUL = frozenset(
    " ".join(value for name, value in vars(people).items() if name.isupper()).lower().replace("|", " ").split()
)
_EDGES = " .,;:|/-–—·∙●()（）"
_LONGEST = 60  # letters of a name
_LONGEST_UNSPACED = 8  # of one in a script without spaces
_MOST_WORDS = 6
_MOST_LETTERS = 2000  # of a printed list
_MOST_LISTS = 100
_MOST_ALONE = 3  # given names that sign one article


def clean(printed: Iterable[str], publisher: Publisher) -> list[str]:
    """Return the people of these printed lists, in order, each once: `["By ANNA BERG and Jo Li, AP"]` -> two names."""
    return list(_people(tuple(text[:_MOST_LETTERS] for text in islice(printed, _MOST_LISTS)), publisher))


@lru_cache(maxsize=64)  # parsers ask for the same lists of a page
def _people(printed: tuple[str, ...], publisher: Publisher) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in printed:
        people_here = [name for name in _names(text) if is_person(name, publisher)]
        full = any(map(is_full, people_here))
        if not full and len(people_here) > _MOST_ALONE:
            continue  # rubrics, tags
        for name in people_here:
            if is_full(name) or not full:  # beside full names a word alone is a place, a role, a button
                found.setdefault(fold(name), cased(name))
    return tuple(found.values())


def organisation(printed: Iterable[str]) -> str | None:
    """Return the first name in these printed lists, whoever it is; for lists that hold no people."""
    for text in printed:
        text = announcements.without(_without_noise(text))
        name = " ".join(text.split()).strip(" ,;|/")
        if name and not name.isdigit():
            return name if len(name) <= _LONGEST else None
    return None


@remembered(4096)
def agencies_in(text: str) -> tuple[str, ...]:
    """Return the news agencies in a printed list, in order: `("AFP",)` of `Anna Berg, AFP`."""
    return tuple(filter(_is_agency, _listed(text)))


def _listed(text: str) -> list[str]:
    """Return all names in a printed list, whoever they are: `["Anna Berg", "AFP"]`."""
    if _is_plain(text):
        return [text]
    parts = [part for piece in _SPLIT.split(announcements.without(text)) for part in _COMMA.split(piece)]
    return [name for part in parts if (name := announcements.without(part).strip(_EDGES))]


def _is_agency(name: str) -> bool:
    key = fold(name)
    if key in _AGENCIES:
        return True
    match = _AGENCY_WORDS.search(key) if len(key) <= _LONGEST else None
    return match is not None and match[0] != key  # the word alone is no name


def is_full(name: str) -> bool:
    """Return whether a name has more than one part, or is written without spaces."""
    return " " in name or bool(_HAS_UNSPACED.search(name))


def is_person(name: str, publisher: Publisher) -> bool:
    """Return whether a trimmed name may be a person's: no agency, outlet, desk, handle or placeholder."""
    return _may_be_person(name) and not publisher.named(name)


@remembered(4096)
def _may_be_person(name: str) -> bool:
    key, words = fold(name), name.split()
    if not 1 <= len(words) <= _MOST_WORDS or not 1 < len(name) <= _LONGEST:
        return False
    if key in _AGENCIES or (name[:2].isupper() and fold(words[0]) in _AGENCIES):
        return False
    if _NOT_OF_NAMES.search(name) or ("." in name and _DOMAIN.search(name)):
        return False
    if words[0][:1].islower() and words[0] not in PARTICLES and not name.islower():
        return False  # the rest of a sentence: "in Lisbon"
    lower = [word.casefold().strip(".,:") for word in words]
    if any(word in _ORGANISATION or word in OTHERS or word.endswith(_ORGANISATION_ENDS) for word in lower):
        return False
    return not all(fold(word) in _NOBODY or word in _NAMELESS for word in lower)


def all_names(text: str) -> bool:
    """Return whether a line holds nothing but full names: `Ana Berg and Jo Li`, no heading and no place."""
    last = text.rpartition(" ")[2]
    if last == text or (last[:1] in _NO_CAPITALS and last not in PARTICLES):  # as most lines are
        return False
    parts = [part.strip() for part in _SPLIT.split(announcements.without(text)) if part.strip()]
    return bool(parts) and all(_FULL.match(part) and not _is_heading(part) for part in parts)


def _is_heading(text: str) -> bool:
    """Return whether a text is printed like a name and is none: a heading, or too long for a script without spaces."""
    if len(text) > _LONGEST_UNSPACED and _HAS_UNSPACED.search(text):
        return True
    return not _HEADING_WORDS.isdisjoint(map(fold, text.split()))


@remembered(4096)
def _names(text: str) -> tuple[str, ...]:
    if _is_plain(text):
        return (text,)
    return tuple(name for part in _split(text) if (name := _trim(part)))


def _is_plain(text: str) -> bool:
    """Return whether a text is capitalised words and none means anything; spares most names all patterns."""
    return bool(_PLAIN.fullmatch(text)) and _MEANINGFUL.isdisjoint(text.lower().split())


def _split(text: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in _without_noise(text[:_MOST_LETTERS]).split("\n"))
    text = announcements.without("\n".join(line for line in lines if line))
    if text[:1] in "(（" and text[-1:] in ")）":
        text = announcements.without(text[1:-1].strip())
    if (first := _FIRST_WORD.match(text)) and first[0].casefold() in OTHERS:
        return
    text = announcements.without(_BRACKETS.sub(" ", text).strip())
    if match := _LAST_FIRST.match(text):
        yield f"{match[2]} {match[1]}"
        return
    for part in map(str.strip, _SPLIT.split(text)):
        if _SIDE_BY_SIDE.fullmatch(part):
            yield from part.split()
        elif (match := _LAST_FIRST.match(part)) and match[2].casefold() not in _CREDENTIALS:
            yield f"{match[2]} {match[1]}"
        else:
            yield from _of_commas(part)


def _without_noise(text: str) -> str:
    """Return a text without mark-up, quotation marks, addresses and accounts."""
    text = _NOISE.sub(" ", html.unescape(text))
    return _ACCOUNT.sub(" ", text) if "@" in text else text


def _of_commas(text: str) -> Iterator[str]:
    """Yield the names between commas, without credentials, places and roles that follow a name."""
    parts = [part for part in map(str.strip, _COMMA.split(text)) if part]
    single = all(len(part.split()) == 1 and not _DOMAIN.search(part) for part in parts)
    for number, part in enumerate(parts):
        words = part.split()
        if all(word.casefold() in _CREDENTIALS for word in words):
            continue
        if number and not single and len(words) == 1 and not _HAS_UNSPACED.search(part):
            continue  # a place or a desk: "Anna Berg, Lisbon"
        if number and words[0].casefold() in _ROLES:
            continue
        yield part


def _trim(name: str) -> str:
    """Return a name without its announcement, titles, role, place and date."""
    name = announcements.without(name.strip(_EDGES + "'’"))
    if announcements.of_others(name.split(" ")[0]):
        return ""
    if _HAS_UNSPACED.search(name):
        head = _ROLE_BEHIND.sub("", name)
        return head.split()[-1] if " " in head and head != name else head.strip()
    whole, name = name, _ENDS.sub("", name)
    words = name.split()
    if name != whole and len(words) > 1 and words[-1].casefold().strip(".") in _MONTHS:
        words.pop()
    while words and words[0].casefold() in _HONORIFICS:
        words.pop(0)
    while len(words) > 2 and words[-1].casefold().strip(",") in _CREDENTIALS:
        words.pop()
    while len(words) > 2 and "-" in words[0] and words[0].rpartition("-")[2].casefold() in _ROLES:
        words.pop(0)  # "Harbour-Reporterin"
    words = _without_role(words)
    return " ".join(capitalised(words)).strip(_EDGES)


def _without_role(words: list[str]) -> list[str]:
    for at, word in enumerate(words):
        if at and word.casefold().strip(",.") in _ROLES:
            while at > 2 and words[at - 1].casefold() in _ROLE_ADJECTIVES:
                at -= 1
            words = words[: min(at, 3)]
            break
    return [] if words and all(word.casefold() in _ROLE_ADJECTIVES for word in words) else words
