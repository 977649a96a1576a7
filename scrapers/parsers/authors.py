"""The people of the byline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrapers import announcements, names, structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.publisher import fold

_METAS = (
    "author", "article:author", "article:author_name", "og:article:author", "og:author", "parsely-author",
    "sailthru.author", "cxenseparse:author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline",
    "dcsext.author", "dable:author", "cse_author", "authors", "citation_author", "rbauthors",
)  # fmt: skip
_PLAIN_LINES = ("text", "beside-date")  # evidence
_MOST_WORDS = 5  # of a line that announces a given name


def candidates(document: Document) -> Iterator[Candidate[list[str]]]:
    """Yield lists of people; those with a full name first, as a given name alone is often an account."""
    short: list[Candidate[list[str]]] = []
    declaring = {node.source for node in document.articles}
    for source, printed in signatures(document):
        people = [name for name in names.clean(printed, document.publisher) if not is_rubric(name, document)]
        full = any(map(names.is_full, people))
        given = [name for found in short if found.source in declaring for name in found.value]
        if source.startswith(_PLAIN_LINES) and not _is_signature(printed[0], people if full else [], given):
            continue
        if full:
            yield Candidate(people, source)
        elif people:
            short.append(Candidate(people, source))
    yield from short


def is_rubric(name: str, document: Document) -> bool:
    """Return whether what may be a given name is the name of one of the page's rubrics."""
    return not names.is_full(name) and fold(name) in document.rubrics


def _is_signature(line: str, full: list[str], given: list[str]) -> bool:
    """Return whether a line without any mark signs the article: no sentence, nor another than one declared by name."""
    if not full:
        return len(line.split()) <= _MOST_WORDS
    return not given or any(name in person for name in given for person in full)


def from_elements(elements: Sequence[Element], document: Document) -> list[str]:
    """Return the people whom these elements name."""
    return names.clean([text_of(element) for element in elements], document.publisher)


def organisation(document: Document) -> str | None:
    """Return who signs a page that no person signs: its outlet, a desk, an agency."""
    for _, printed in signatures(document):
        if name := names.organisation(printed):
            return name
    return None


def signatures(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield (source, printed lists of authors), best evidence first."""
    in_metas = list(metas(document))
    first = next((names.clean(texts, document.publisher) for _, texts in declared(document)), [])
    for source, texts in in_metas if first else ():
        people = names.clean(texts, document.publisher)
        if len(people) > len(first) and people[: len(first)] == first:  # structured data often has but the first
            yield source, texts
    yield from declared(document)
    for source, texts in in_metas:
        if any(document.printed.lines_with(names.clean(texts, document.publisher))):  # two that agree
            yield source, texts
    if document.printed.linked:
        yield "byline", document.printed.linked
    yield from in_metas
    for source, text in document.printed.signatures:
        yield source, [text]
    for node in document.nodes:
        if "WebPage" in structured.types(node) and (texts := structured.texts(node.get("author"))):
            yield node.source, texts
    for source, text in closing(document):
        yield source, [text]


def declared(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield (source, lists of authors) of the article's structured data and of the source that listed it."""
    for node in document.articles:
        for key in ("author", "creator"):
            if texts := structured.texts(node.get(key)):
                yield node.source, texts
    if document.entry and document.entry.authors:
        yield document.entry.source, document.entry.authors


def metas(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield (source, lists of authors) of meta data."""
    known = document.metas
    for name in _METAS:
        if name in known and (texts := [text for text in known[name] if is_own(text, document)]):
            yield f"meta:{name}", texts
    for number in "12":  # what a preview prints: "Written by", "Ana Berg"
        if any(map(announcements.alone, known.get(f"twitter:label{number}", ()))):
            yield f"meta:twitter:data{number}", known.get(f"twitter:data{number}", [])


def closing(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of the lines away from the headline that sign the article, without sentences like those."""
    for source, text in document.printed.closing:
        if (":" in text or names.all_names(text)) and any(map(names.is_full, names.clean([text], document.publisher))):
            yield source, text


def is_own(text: str, document: Document) -> bool:
    """Return whether a meta author may be the writer: no address, and not the web editor of the CMS comment."""
    return "://" not in text and text != document.cms_comment.get("author")
