"""BCP 47 tag of the text: what the page declares, unless its text plainly says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import pycld2

from pipelines.remembered import remembered
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.structured import texts
from scrapers.vocabulary.languages import (
    CLOSE,
    COMMON,
    SIMPLIFIED,
    SIMPLIFIED_REGIONS,
    TAGS,
    TRADITIONAL,
    TRADITIONAL_REGIONS,
)

_SAMPLE = 800  # characters: more change nothing
_BEGINNING = 300  # characters that are enough where the text bears out what the page declares
_BORNE_OUT = 4  # different words of a language that are enough instead
_PARAGRAPH = 40  # characters of the shortest text that is a sentence, and half of it in Chinese
_METAS = ("content-language", "og:locale", "dc.language", "dcterms.language", "language", "inlanguage")
_CERTAIN = 200  # bytes of text from which the identifier overrules a declaration


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield declared languages that the text bears out, then that of the text, then the others."""
    sample, declared = _sample(document), _declared(document)
    first = list(islice(declared, 1))
    found, certain = _language_of(sample, _primary(first[0][0]) if first else None)
    doubtful: list[Candidate[str]] = []
    for tag, source in chain(first, declared):
        written = _in_script(tag, sample)
        if not certain or _primary(tag) == found or _close(_primary(tag), found):
            yield Candidate(written, source)
        else:
            doubtful.append(Candidate(written, source))
    if found:
        yield Candidate(_in_script(found, sample), "text")
    yield from doubtful


def from_elements(elements: Sequence[Element], document: Document) -> str | None:  # noqa: ARG001
    """Return the language that the first of these elements names, or its text is in."""
    element = elements[0]
    text = text_of(element)
    return tag_of(element.get("lang") or text) or _identify(text)[0]


_KNOWN = {tag for _, tag in pycld2.LANGUAGES}
_TAG = re.compile(r"([a-z]{2,3})(?:-(?:[a-z]{3}))?(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?=$|[-,;.@ ])")


def tag_of(text: str | None) -> str | None:
    """Return the BCP 47 tag that a page's word for a language means: `pt-BR` of `pt_br`, `de` of `German`."""
    return _tag_of(text) if text else None


@remembered(1024)  # the pages of a site declare the same
def _tag_of(text: str) -> str | None:
    name = text.strip().lower().replace("_", "-")
    if name in TAGS:
        return TAGS[name]
    match = _TAG.match(name)
    if match is None or match[1] in ("und", "mul", "zxx"):
        return None
    primary = TAGS.get(match[1], match[1])
    if len(primary) == 3 and primary not in _KNOWN:
        return None
    return "-".join(filter(None, (primary, (match[2] or "").title(), (match[3] or "").upper())))


def _declared(document: Document) -> Iterator[tuple[str, str]]:
    for text, source in _written(document):
        if tag := tag_of(text):
            yield tag, source


def _written(document: Document) -> Iterator[tuple[str | None, str]]:
    tree = document.tree
    yield tree.get("lang") or tree.get("xml:lang"), "html-lang"
    for node in document.articles:
        for text in texts(node.get("inLanguage")):
            yield text, node.source
    for source, text in document.meta(*_METAS):
        yield text, source
    if document.entry:
        yield document.entry.language, document.entry.source
    yield document.default_language, "site"


def _sample(document: Document) -> str:
    parts: list[str] = []
    length = 0
    for line in document.layout.lines:
        text = line.printed
        if line.box.tag == "p" and len(text) >= (_PARAGRAPH if text.isascii() else _PARAGRAPH // 2):
            parts.append(text)
            length += len(text)
            if length >= _SAMPLE:
                break
    if length < _SAMPLE // 4:
        parts += [document.title_tag, *(text for _, text in document.meta("og:title", "og:description", "description"))]
        parts += [line.text for line in document.layout.lines if len(line.text) >= _PARAGRAPH]
    return " ".join(parts)[:_SAMPLE]


def _language_of(text: str, declared: str | None) -> tuple[str | None, bool]:
    """Return the primary tag of the language of a text, and whether it is certain; asks first for the declared one."""
    beginning = text[:_BEGINNING]
    if declared in COMMON and len(COMMON[declared].intersection(beginning.lower().split())) >= _BORNE_OUT:
        return declared, True
    found, certain = _identify(beginning)
    return (found, certain) if certain and found == declared else _identify(text)


_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|https?://\S+")


def _identify(text: str) -> tuple[str | None, bool]:
    """Return the primary tag of the language of a text, and whether it is certain."""
    try:
        reliable, size, guesses = pycld2.detect(_UNREADABLE.sub(" ", text).encode())
    except pycld2.error:  # characters that the identifier does not take
        return None, False
    _, tag, share, _ = guesses[0]
    if tag == "un":
        return None, False
    return _primary(tag_of(tag) or tag), bool(reliable and share >= 80 and size >= _CERTAIN)


def _primary(tag: str) -> str:
    return tag.partition("-")[0]


def _close(tag: str, other: str | None) -> bool:
    return any(tag in group and other in group for group in CLOSE)


def _in_script(tag: str, text: str) -> str:
    """Return a tag of Chinese with the script that the text is written in, unless its region says that already."""
    if _primary(tag) != "zh":
        return tag
    simplified, traditional = _count(text, SIMPLIFIED), _count(text, TRADITIONAL)
    if simplified == traditional:
        return tag
    script, regions = ("Hans", SIMPLIFIED_REGIONS) if simplified > traditional else ("Hant", TRADITIONAL_REGIONS)
    return tag if set(tag.split("-")) & {script, *regions} else f"zh-{script}"


def _count(text: str, characters: Iterable[str]) -> int:
    return sum(char in characters for char in text)
