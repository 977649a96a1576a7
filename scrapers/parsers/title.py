"""Headline, without the name of the site."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from scrapers import structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.lines import Element
from scrapers.publisher import fold, segments

# What each sign that a text is the headline is worth, fitted by `benchmarks/fit_title.py`.
WEIGHTS = {
    "h1": 1.12,
    "later-h1": 0.35,
    "json-ld": 0.85,
    "og": 1.41,
    "twitter": -0.68,
    "title": -0.46,
    "other": -0.34,
    "words-in-title": 0.75,
    "words-in-og": 0.2,
    "edge-of-title": 0.8,
    "edge-of-og": 0.24,
    "address-in-words": 1.05,
    "words-in-address": 1.26,
    "one-word": -3.15,
    "few-words": -1.14,
    "separator": -0.8,
}
_METAS = {"og:title": "og", "twitter:title": "twitter"}
_MORE_METAS = ("parsely-title", "sailthru.title", "cxenseparse:title", "dc.title", "dcterms.title", "hdl", "headline")
_MOST_HEADINGS = 12  # a page with more lists articles
_WORDS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a", "ł": "l", "ı": "i"})
_LEFT_OVER = re.compile(r"\s[|–—-]\s|[|_]")


@dataclass(slots=True)
class _Title:
    """One wording of the headline, and all that says it."""

    text: str
    source: str
    signs: set[str] = field(default_factory=set)


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield headlines: those first that agree best with the others, the title tag and the address."""
    found = _wordings(document)
    said = {sign: _words(next((t.text for t in found.values() if sign in t.signs), "")) for sign in ("title", "og")}
    edges = {
        "title": fold(document.title_tag),
        "og": next((key for key, title in found.items() if "og" in title.signs), ""),
    }
    address = _address_words(document.url)
    ranked = sorted(found.items(), key=lambda item: -_score(item[0], item[1], said, edges, address))
    for _, title in ranked:
        yield Candidate(title.text, title.source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:
    """Return what the first of these elements prints, without the name of the site."""
    return document.publisher.strip(text_of(elements[0])) or None


def _wordings(document: Document) -> dict[str, _Title]:
    """Return the wordings by their letters; one that differs in punctuation is the same wording."""
    found: dict[str, _Title] = {}
    for text, source, sign in _said(document):
        text = document.publisher.strip(" ".join(html.unescape(text).split()))
        if text and not document.publisher.named(text):
            found.setdefault(fold(text), _Title(text, source)).signs.add(sign)
    if not any("og" in title.signs for title in found.values()):
        for text in segments(document.title_tag):
            found.setdefault(fold(text), _Title(text, "title")).signs.add("part-of-title")
    return found


def _said(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield (text, source, sign): all that a page says its headline is."""
    for source, content in document.meta(*_METAS):
        yield content, source, _METAS[source.removeprefix("meta:")]
    for node in document.articles:
        for text in structured.texts(node.get("headline"))[:1]:
            yield text, node.source, "json-ld"
    for source, content in document.meta(*_MORE_METAS):
        yield content, source, "other"
    if "title" in document.cms_comment:
        yield document.cms_comment["title"], "cms-comment", "json-ld"
    if document.entry and document.entry.title:
        yield document.entry.title, document.entry.source, "json-ld"
    for number, heading in enumerate(document.headings[:_MOST_HEADINGS]):
        yield text_of(heading), "h1", "later-h1" if number else "h1"
    yield document.title_tag, "title", "title"


def _score(key: str, title: _Title, said: dict[str, set[str]], edges: dict[str, str], address: set[str]) -> float:
    words = _words(title.text)
    signs = dict.fromkeys(title.signs, 1.0)
    if "h1" in signs:
        signs.pop("later-h1", None)
    for sign, others in said.items():
        signs[f"words-in-{sign}"] = _share(words, others) if others else 0.5
        edge = edges[sign]
        signs[f"edge-of-{sign}"] = len(key) > 7 and key != edge and (edge.startswith(key) or edge.endswith(key))
    plain = {_plain(word) for word in words}
    signs["address-in-words"] = _share(address, plain) if address else 0.4
    signs["words-in-address"] = _share(plain, address) if address else 0.4
    signs["one-word"] = len(words) <= 1
    signs["few-words"] = len(words) in (2, 3)
    signs["separator"] = bool(_LEFT_OVER.search(title.text))
    return sum(WEIGHTS.get(sign, 0.0) * value for sign, value in signs.items())


def _share(part: set[str], whole: set[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _words(text: str) -> set[str]:
    """Return the words of a text; of scripts without spaces the pairs of letters."""
    text = text.casefold()
    unspaced = "".join(_UNSPACED.findall(text))
    pairs = {unspaced[at : at + 2] for at in range(len(unspaced) - 1)}
    return pairs | set(_WORDS.findall(_UNSPACED.sub(" ", text) if unspaced else text))


def _plain(word: str) -> str:
    if word.isascii():
        return word
    return unicodedata.normalize("NFKD", word.translate(_ASCII)).encode("ascii", "ignore").decode()


def _address_words(url: str) -> set[str]:
    """Return the words of the address, empty where it is no more than a number."""
    parts = [part for part in unquote(urlsplit(url).path).split("/") if part]
    slug = max(parts, key=lambda part: (part.count("-") + part.count("_"), len(part)), default="")
    words = {word for word in re.split(r"[-_.+,\s]+", slug.casefold()) if len(word) > 1 and not word.isdigit()}
    return words if len(words) > 2 else set()
