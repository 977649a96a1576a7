"""The publisher's tags for the article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from scrapers import structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.publisher import fold
from scrapers.vocabulary import labels, pattern

_METAS = (
    "news_keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "cxenseparse:epi-tags",
    "cxenseparse:keywords", "cse_topic", "custom-keywords", "video:tag",
    "dc.subject", "dcterms.subject",
)  # fmt: skip
_MOST = 25  # tags of a meta list that nobody made for one article
_LONGEST = 70  # letters of a tag
_SEPARATOR = re.compile(r"[,;、，；،؛|\n]|\s/\s|\s#(?=\w)")
_CJK_SPACE = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])\s+(?=[\u3040-\u30ff\u3400-\u9fff])")
_MACHINE = re.compile(
    r"^[\da-f]{8}-[\da-f-]{20,}$|^(?!(?:19|20)\d\d$)[\d\W]+$|^[\w-]+:[\w:/-]+$|^\w+(?:\.\w+)+$|^nlp |^@|^\w*_\w*$"
    r"|^type: ",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:category|topic|tag|subject|section|keyword|nlp entity token)s?:\s*", re.IGNORECASE)
_LABEL = re.compile(rf"(?:^|[|｜]\s*|\s{{2,}})({pattern(labels.KEYWORDS)})\s*[:：]\s*([^|｜]{{1,300}})", re.IGNORECASE)


def candidates(document: Document) -> Iterator[Candidate[list[str]]]:
    """Yield lists of tags: those made for machines, those printed, last the meta list that many sites never change."""
    for source, texts in _lists(document):
        tags = texts and _clean(texts, document)
        if tags and not (source.startswith("meta:") and _is_standing(source, texts, tags, document)):
            yield Candidate(tags, source)


def from_elements(elements: Sequence[Element], document: Document) -> list[str]:
    """Return the tags that these elements print."""
    return _clean([text_of(element) for element in elements], document)


def _lists(document: Document) -> Iterator[tuple[str, list[str]]]:
    for node in document.articles:
        texts = structured.texts(node.get("keywords"))
        if not (len(texts) == 1 and _is_run(texts[0])):
            yield node.source, texts
    for name in _METAS:
        if name in document.metas:
            yield f"meta:{name}", document.metas[name]
    if "keyword" in document.cms_comment:
        yield "cms-comment", [document.cms_comment["keyword"]]
    if document.entry:
        yield document.entry.source, document.entry.keywords
    yield "tag-links", [text_of(link) for link in document.printed.tags]
    for cell in document.printed.cells:
        if match := _LABEL.match(cell):
            yield f"text:{match[1]}", [match[2]]
    yield "meta:keywords", document.metas.get("keywords", [])


def _is_run(text: str) -> bool:
    """Return whether a text is many words without separators: no list that can be split."""
    return len(text.split()) > 5 and not _SEPARATOR.search(text)


def _clean(texts: Iterable[str], document: Document) -> list[str]:
    found: dict[str, str] = {}
    for text in texts:
        text = html.unescape(text)
        if not text.isascii():
            text = _CJK_SPACE.sub(",", text)
        for tag in _SEPARATOR.split(text):
            tag = " ".join(tag.split())
            if ":" in tag:
                tag = _PREFIX.sub("", tag)
            tag = tag.strip(" #\"'“”„«»[]")
            if (
                tag
                and tag[-1] not in ":："
                and len(tag) <= _LONGEST
                and not _MACHINE.match(tag)
                and not document.publisher.called(tag)
            ):
                found.setdefault(fold(tag) or tag, tag)
    return list(found.values())


def _is_standing(source: str, texts: list[str], tags: list[str], document: Document) -> bool:
    """Return whether a list is the site's own, on every page: it names the outlet, or nothing of the article."""
    if len(tags) > 3 and any(fold(tag) in document.publisher.names for text in texts for tag in _SEPARATOR.split(text)):
        return True
    if source != "meta:keywords":
        return False
    about = [
        document.title_tag,
        *(content for _, content in document.meta("og:title", "description", "og:description")),
    ]
    said = fold(" ".join(about))
    return len(tags) > _MOST or not any(fold(tag) in said for tag in tags)
