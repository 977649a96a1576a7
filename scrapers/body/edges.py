"""Short lines that stand at the edges of an article, or between its paragraphs, and are no text of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urljoin

from pipelines.urls import same_page_key, site_of
from scrapers import announcements
from scrapers.addresses import looks_like_article
from scrapers.body.blocks import Block
from scrapers.vocabulary import pattern, phrases
from scrapers.vocabulary.boilerplate import CLOSINGS, REFERENCES
from scrapers.vocabulary.pictures import CREDIT

_LABEL = 30
_SHORT_LINE = 100
_LONG = 200
_HEAD, _SHORTEST_HEAD = 3, 2  # letters of an opening that tell it from most lines
_BARE = frozenset("body center div section td article header main h1".split())
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_FOLDED = re.compile(r"\W+")
_LETTER = re.compile(r"\w")
_DATED = re.compile(  # years of the Buddhist calendar, that Thai pages print, begin with 25
    r"(?<!\d)(?:19|20|25)\d\d(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{4}年|(?<!\d)\d{1,2}[:h]\d\d(?!\d)"
)
_BRACKETS = (")", "）", "]")
_CAPTION = re.compile(rf"[(（\[]{pattern(CREDIT)}\s*[:：][^()]+[)）\]]$", re.IGNORECASE)
_BARRED = re.compile(r"\s[|｜]\s.*\s[|｜]\s")
_ADDRESS = re.compile(r"[\w.+-]@[\w-]+\.\w")
_SIGNATURE = re.compile(r"[(（\[［【][^()（）]*[)）\]］】]$|[—–-]+\s*[^\W\d_][^.!?。]*$")


class _Openings:
    """How lines begin; most lines are told by their first letters, for trying all openings takes time."""

    def __init__(self, by_language: Mapping[str, str]) -> None:
        openings = phrases("|".join(by_language.values()))
        self._pattern = re.compile(rf"\W*(?:{'|'.join(map(_opening, openings))})", re.IGNORECASE)
        self._heads = {_head(opening.rstrip(":： ")) for opening in openings}
        self._signs = tuple(opening for opening in openings if not _head(opening))

    def begin(self, text: str) -> bool:
        """Return whether a line begins like this."""
        head = _head(text)
        is_likely = head in self._heads or head[:_SHORTEST_HEAD] in self._heads or text.startswith(self._signs)
        return is_likely and self._pattern.match(text) is not None


def _opening(line: str) -> str:
    if line.endswith((":", "：")):
        return re.escape(line[:-1].rstrip()) + r"\s*[:：|｜]"
    is_spaced = line[-1].isalpha() and line[-1] < "\u0e00"
    return re.escape(line) + (r"(?!\w)" if is_spaced else "")


def _head(text: str) -> str:
    first = _LETTER.search(text)
    return text[first.start() : first.start() + _HEAD].lower() if first else ""


_REFERENCE = _Openings(REFERENCES)
_CLOSING = _Openings(CLOSINGS)


def trimmed(article: Sequence[Block], titles: Iterable[str], url: str) -> list[Block]:
    """Return an article without headline, byline and dateline before it, references in it, closing lines after it."""
    names = {title: _FOLDED.sub("", title.casefold()) for title in titles}
    kept = [block for block in article if not _is_reference(block, url)]
    start = next((number for number, block in enumerate(kept) if _is_prose(block)), 0)
    head = [block for block in kept[: start + 1] if not _is_preamble(block, names)]
    kept = head + kept[start + 1 :]
    return kept[: _end(kept)]


def _end(article: Sequence[Block]) -> int:
    """Return the number of the block at which closing lines begin, with nothing but short lines among them."""
    end = len(article)
    for number in range(len(article) - 1, -1, -1):
        if _is_closing(article[number]):
            end = number
        elif article[number].size > _SHORT_LINE:
            break
    return end


def _is_reference(block: Block, url: str) -> bool:
    """Return whether a block leads elsewhere: numbers of pages, a heading that is a link, or a line that says so."""
    if 2 * block.linked > block.size and not any(map(str.isalpha, block.text)):
        return True
    if block.box.tag in _HEADINGS and block.linked > 0.8 * block.size:
        return any(_is_article(urljoin(url, link.get("href") or ""), url) for link in block.box.element.iter("a"))
    return block.is_short and (
        _REFERENCE.begin(block.text) or (block.text.endswith(_BRACKETS) and _CAPTION.search(block.text) is not None)
    )


def _is_article(address: str, url: str) -> bool:
    return (
        site_of(address) == site_of(url)
        and same_page_key(address) != same_page_key(url)
        and looks_like_article(address)
    )


def _is_prose(block: Block) -> bool:
    return block.size > _LONG or (block.size > _SHORT_LINE and block.ends)


def _is_preamble(block: Block, titles: Mapping[str, str]) -> bool:
    element = block.box.element
    if _is_headline(block.text, titles) or element.get("itemprop") == "alternativeHeadline":
        return True
    if _is_prose(block) or block.ends or block.box.tag in _HEADINGS:
        return False
    if 2 * block.linked > block.size or _BARRED.search(block.text):
        return True
    is_short = block.size <= _SHORT_LINE
    if is_short and (_DATED.search(block.text) or announcements.announcement(block.text)):
        return True
    return block.box.tag in _BARE or (block.box.tag == "li" and block.size <= _LABEL)


def _is_headline(text: str, titles: Mapping[str, str]) -> bool:
    """Return whether a text is one of these titles, which are given with their letters, or the beginning of one."""
    if len(text) > 2 * max(map(len, titles), default=0):  # a paragraph: folding it takes time
        return False
    folded = _FOLDED.sub("", text.casefold())
    is_long = len(folded) > (20 if folded.isascii() else 10)
    return any(title == folded or (is_long and title.startswith(folded)) for title in titles.values())


def _is_closing(block: Block) -> bool:
    if not block.is_short:
        return False
    return _CLOSING.begin(block.text) or (block.size <= _SHORT_LINE and _is_signature(block.text))


def _is_signature(text: str) -> bool:
    return ("@" in text and _ADDRESS.search(text) is not None) or _SIGNATURE.match(text) is not None
