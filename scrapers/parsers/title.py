"""Headline, without the name of the site."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote, urlsplit

from scrapers import headings, structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.publisher import fold, segments
from scrapers.vocabulary import labels

# What each sign that a text is the headline is worth, fitted by `benchmarks/fit_title.py`.
WEIGHTS = {
    "listed": 2.0,  # by a feed or a news sitemap: not among the labelled pages, so not fitted
    "h1": 1.08,
    "later-h1": 0.07,
    "whole-h1": 0.26,  # with its kicker and deck
    "logo": -1.6,
    "json-ld": 1.32,
    "og": 1.55,
    "twitter": -0.66,
    "title": -0.42,
    "part-of-title": 0.71,
    "og-as-title": -0.86,
    "h1-as-json-ld": -0.94,
    "h1-as-og": 0.38,
    "words-in-title": 1.06,
    "words-in-og": 0.36,
    "begins-title": 0.26,
    "begins-og": 0.44,
    "ends-title": 0.19,
    "ends-h1": 0.09,
    "address-in-words": 1.01,
    "words-in-address": 0.76,
    "one-word": -2.0,
    "few-words": -1.01,
    "separator": -0.43,
    "cut-off": -0.2,
}
_AGREED = {"h1", "og", "json-ld"}  # signs that outweigh all others together
_METAS = {"og:title": "og", "twitter:title": "twitter"}
_MORE_METAS = ("parsely-title", "sailthru.title", "cxenseparse:title", "dc.title", "dcterms.title", "hdl", "headline")
_GENRES = frozenset(map(fold, labels.GENRES.split()))
_SHORT = 7  # letters; a shorter text begins many a title by chance
_MOST_HEADINGS = 12  # a page with more lists articles
_MOST_METAS = 20  # a page has a few; each wording is compared with all others
_LONGEST = 600  # characters; an unclosed <h1> holds the rest of the page
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # soft hyphens and the like
_CUT_OFF = ("...", "…")
_WORDS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a", "ł": "l", "ı": "i"})
_LEFT_OVER = re.compile(r"\s[|–—-]\s|[|_]")


@dataclass(slots=True)
class Wording:
    """One wording of the headline, where it was first found, and how strongly each sign speaks for it."""

    text: str
    source: str
    signs: dict[str, float] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """What all signs together are worth."""
        return sum(WEIGHTS.get(sign, 0.0) * strength for sign, strength in self.signs.items())


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield headlines: those first that agree best with the others, the title tag and the address."""
    found = _gathered(document)
    if not any(wording.signs.keys() >= _AGREED for wording in found.values()):
        _compare(found, document)
    for wording in sorted(found.values(), key=lambda wording: -wording.weight):
        yield Candidate(wording.text, wording.source)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:
    """Return what the first of these elements prints, without the name of the site."""
    return document.publisher.strip(text_of(elements[0])) or None


def wordings(document: Document) -> list[Wording]:
    """Return the wordings of the headline with all their signs."""
    found = _gathered(document)
    _compare(found, document)
    return list(found.values())


def _gathered(document: Document) -> dict[str, Wording]:
    """Return the wordings by their letters; two that differ in punctuation only are one."""
    found: dict[str, Wording] = {}
    rubrics = document.rubrics | _GENRES
    for text, source, sign in _said(document):
        text = " ".join(html.unescape(text).translate(_UNSEEN).split()) if len(text) < _LONGEST else ""
        text = document.publisher.strip(text, rubrics)
        if text and not document.publisher.named(text):
            wording = found.setdefault(fold(text), Wording(text, source))
            wording.signs[sign] = 1.0
            if wording.text.endswith(_CUT_OFF) and not text.endswith(_CUT_OFF):
                wording.text, wording.source = text, source
    if not any("og" in wording.signs for wording in found.values()):
        for text in segments(document.publisher.strip(document.title_tag[:_LONGEST], rubrics)):
            found.setdefault(fold(text), Wording(text, "title")).signs["part-of-title"] = 1.0
    return {key: wording for key, wording in found.items() if not _is_cut(wording, found.values())}


def _is_cut(wording: Wording, others: Iterable[Wording]) -> bool:
    """Return whether meta data ends at a quotation mark that it failed to escape, as another wording shows."""
    end = len(wording.text)
    return wording.source.startswith("meta:") and any(
        other.text[end:].lstrip().startswith('"') and other.text.startswith(wording.text) for other in others
    )


def _said(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield (text, source, sign): all that a page says its headline is."""
    for number, (source, content) in enumerate(islice(document.meta(*_METAS), _MOST_METAS)):
        yield content, source, "og" if not number else _METAS[source.removeprefix("meta:")]
    for node in document.articles:
        for text in structured.texts(node.get("headline"))[:1]:
            yield text, node.source, "json-ld"
    for source, content in islice(document.meta(*_MORE_METAS), _MOST_METAS):
        yield content, source, "other"
    if "title" in document.cms_comment:
        yield document.cms_comment["title"], "cms-comment", "json-ld"
    if document.entry and document.entry.title:
        yield document.entry.title, document.entry.source, "listed"
    for number, heading in enumerate(document.headings[:_MOST_HEADINGS]):
        if headings.is_logo(heading):
            yield text_of(heading), "h1", "logo"
            continue
        yield headings.headline(heading), "h1", "later-h1" if number else "h1"
        yield text_of(heading), "h1", "whole-h1"
    yield document.title_tag, "title", "title"


def _compare(found: dict[str, Wording], document: Document) -> None:
    """Add the signs that lie in how a wording agrees with the others and with the address."""
    keys = {sign: key for key, wording in reversed(found.items()) for sign in wording.signs}
    keys["title"] = fold(document.title_tag)
    words = {key: _words(wording.text) for key, wording in found.items()}
    address = _address_words(document.url)
    for key, wording in found.items():
        own, signs = words[key], wording.signs
        for sign in ("title", "og", "h1"):
            other = keys.get(sign, "")
            if sign != "h1":
                others = words.get(other) or (_words(document.title_tag) if sign == "title" else None)
                signs[f"words-in-{sign}"] = _share(own, others) if others else 0.5
            inside = len(key) > _SHORT and key != other
            signs[f"begins-{sign}"] = float(inside and other.startswith(key))
            signs[f"ends-{sign}"] = float(inside and other.endswith(key))
        for first, second in (("og", "title"), ("h1", "og"), ("h1", "json-ld")):
            signs[f"{first}-as-{second}"] = float(first in signs and second in signs)
        plain = {_plain(word) for word in own}
        signs["address-in-words"] = _share(address, plain) if address else 0.4
        signs["words-in-address"] = _share(plain, address) if address else 0.4
        signs["one-word"] = float(len(own) <= 1)
        signs["few-words"] = float(len(own) in (2, 3))
        signs["separator"] = float(bool(_LEFT_OVER.search(wording.text)))
        signs["cut-off"] = float(wording.text.endswith(_CUT_OFF))


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
