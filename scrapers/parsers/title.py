"""Headline, without the name of the site."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from urllib.parse import unquote, urlsplit

from pipelines.text import LONGEST_TITLE, one_line, shortened
from scrapers import headings, structured
from scrapers.candidate import Candidate
from scrapers.document import Document, text_of
from scrapers.element import Element
from scrapers.publisher import fold, segments
from scrapers.vocabulary import labels

# What each sign that a text is the headline is worth, fitted by `benchmarks/fit_title.py`. They are few, and told to
# the tenth only: more of them, or finer ones, describe the sites that they were fitted to and do worse on all others.
WEIGHTS = {
    "h1": 1.0,  # the first that is no logo
    "json-ld": 0.9,  # where the h1 does not say the same
    "meta": 0.7,  # the first of `_METAS`
    "part-of-title": 1.0,  # the whole of it where it has one part, and meta data tells no headline
    "address-in-words": 1.1,  # which share of the words of the address it holds
    "brief": -0.9,  # one word; half of it for two or three
    "logo": -1.0,  # an h1 that is the logo says what the headline is not; not fitted, for few pages have one
    "listed": 1.0,  # by a feed or a news sitemap: not among the labelled pages, so not fitted
}
_METAS = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "cxenseparse:title", "dc.title", "dcterms.title",
    "hdl", "headline",
)  # fmt: skip
_GENRES = frozenset(map(fold, labels.GENRES.split()))
_MOST_HEADINGS = 12  # a page with more lists articles
_MOST_METAS = 20  # a page has a few; each wording is compared with all others
_LONGEST = 600  # characters; an unclosed <h1> holds the rest of the page, so anything shorter is better
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and the like
_CUT_OFF = ("...", "…")
_WORDS = re.compile(r"[^\W_]+")
_BETWEEN_WORDS = re.compile(r"[-_.+,\s]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a", "ł": "l", "ı": "i"})


@dataclass(slots=True)
class Wording:
    """One wording of the headline, where it was first found, and how strongly each sign speaks for it."""

    text: str
    source: str
    signs: dict[str, float] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """What all signs together are worth."""
        return sum(WEIGHTS[sign] * strength for sign, strength in self.signs.items())


def candidates(document: Document) -> Iterator[Candidate[str]]:
    """Yield headlines: those first that the page says most plainly, its title tag confirms and its address spells."""
    found = wordings(document)
    for wording in sorted(found, key=lambda wording: -wording.weight):
        yield Candidate(wording.text, wording.source)
    if not found:
        yield from _overlong(document)


def from_elements(elements: Sequence[Element], document: Document) -> str | None:
    """Return what the first of these elements prints, without the name of the site."""
    return document.publisher.strip(text_of(elements[0])) or None


def wordings(document: Document) -> list[Wording]:
    """Return the wordings of the headline with their signs; two that differ in punctuation only are one."""
    found: dict[str, Wording] = {}
    offers = list(_said(document))
    clean = {text: _clean(document, text) for text in {text for text, _, _ in offers}}  # most are said often
    for said, source, sign in offers:
        text = clean[said]
        key = fold(text)
        if key not in found:
            if document.publisher.named(text):
                continue
            found[key] = Wording(text, source)
        wording = found[key]
        if sign:
            wording.signs[sign] = 1.0
        if wording.text.endswith(_CUT_OFF) and not text.endswith(_CUT_OFF):
            wording.text, wording.source = text, source
    _add_parts_of_title(found, clean[document.title_tag])
    left = [wording for wording in found.values() if not _is_cut(wording, found.values())]
    if len(left) > 1:
        _compare(left, document.url)
    return left


def _clean(document: Document, text: str) -> str:
    if len(text) >= _LONGEST:
        return ""
    text = " ".join(_UNSEEN.sub("", html.unescape(text)).split())
    return document.publisher.strip(text, partial(_is_rubric, document))


def _is_rubric(document: Document, text: str) -> bool:
    key = fold(text)
    return key in _GENRES or key in document.rubrics


def _overlong(document: Document) -> Iterator[Candidate[str]]:
    """Yield what is too long to be a headline, cut: an article that says nothing shorter is an article still."""
    for text, source, _ in _said(document):
        if len(text) >= _LONGEST:
            yield Candidate(shortened(one_line(html.unescape(text)), LONGEST_TITLE), source)


def _add_parts_of_title(found: dict[str, Wording], title: str) -> None:
    """Tell which wordings stand between the separators of the title tag; without meta data each part may be one."""
    declared = any("meta" in wording.signs for wording in found.values())
    parts = segments(title)
    for text in parts:
        key = fold(text)
        if not declared or (key in found and len(parts) > 1):
            found.setdefault(key, Wording(text, "title")).signs["part-of-title"] = 1.0


def _is_cut(wording: Wording, others: Iterable[Wording]) -> bool:
    """Return whether meta data ends at a quotation mark that it failed to escape, as another wording shows."""
    end = len(wording.text)
    return wording.source.startswith("meta:") and any(
        other.text[end:].lstrip().startswith('"') and other.text.startswith(wording.text) for other in others
    )


def _said(document: Document) -> Iterator[tuple[str, str, str | None]]:
    """Yield (text, source, sign): all that a page says its headline is."""
    for number, (source, content) in enumerate(islice(document.meta(*_METAS), _MOST_METAS)):
        yield content, source, None if number else "meta"
    for node in document.articles:
        for text in structured.texts(node.get("headline"))[:1]:
            yield text, node.source, "json-ld"
    if "title" in document.cms_comment:
        yield document.cms_comment["title"], "cms-comment", "json-ld"
    if document.entry and document.entry.title:
        yield document.entry.title, document.entry.source, "listed"
    yield document.title_tag, "title", None
    sign: str | None = "h1"
    for heading in document.headings[:_MOST_HEADINGS]:
        if headings.is_logo(heading):
            yield text_of(heading), "h1", "logo"
        else:
            yield headings.headline(heading), "h1", sign
            sign = None


def _compare(found: Iterable[Wording], url: str) -> None:
    """Add the signs that lie in the words of a wording, and take away what only repeats another."""
    address = _address_words(url)
    for wording in found:
        words, signs = _words(wording.text), wording.signs
        if "h1" in signs:
            signs.pop("json-ld", None)
        if address:
            signs["address-in-words"] = len(address.intersection(map(_plain, words))) / len(address)
        signs["brief"] = 1.0 if len(words) <= 1 else 0.5 if len(words) <= 3 else 0.0


def _words(text: str) -> set[str]:
    """Return the words of a text; of scripts without spaces the pairs of letters."""
    text = text.casefold()
    if text.isascii():
        return set(_WORDS.findall(text))
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
    words = {word for word in _BETWEEN_WORDS.split(slug.casefold()) if len(word) > 1 and not word.isdigit()}
    return words if len(words) > 2 else set()
