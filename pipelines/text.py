"""Text as it should be kept: one form for what looks the same."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import groupby

LONGEST_TITLE = 1000  # characters; a heading that was never closed holds the page

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LINE_BREAK = re.compile("[\r\x0b\x0c\u2028]")

# C1 controls are Windows-1252 read as Latin-1 (HTML 13.2.5.5 maps them so); the other controls, and the characters that
# only steer line breaking or hide text, print nothing; embeddings and overrides of direction let a title lie about what
# it says. The direction marks stay, which scripts need.
_CONTROLS: dict[int, str | None] = dict.fromkeys((*range(32), 127))
_CONTROLS |= {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_CONTROLS |= dict.fromkeys((0xAD, 0x200B, 0xFEFF, 0x180E, 0x3164, 0xFFA0))
_CONTROLS |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # bidirectional controls
_CONTROLS |= dict.fromkeys((*range(0x2060, 0x2065), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC)))
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone surrogates cannot be written as UTF-8
for _kept in map(ord, "\t\n\r\x0b\x0c\x85"):
    del _CONTROLS[_kept]
_CONTROLS[0x85] = "\u2026"  # an ellipsis in Windows-1252; as NEL no page means it

_JOINED = (  # letters of scripts that join, and emoji
    "\u0600-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
    "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
)
_IDLE_JOINER = re.compile(f"[\u200c\u200d](?<![{_JOINED}].)")
_TAGS = re.compile(
    "[\U000e0000-\U000e007f]++(?<!\U0001f3f4[\U000e0000-\U000e007f]{6})"
)  # a black flag and 6: England's
# one search is a tenth of what translating costs, and most texts hold nothing of the kind
_ODD = re.compile(f"[{''.join(map(re.escape, map(chr, _CONTROLS)))}\u200c\u200d\U000e0000-\U000e007f]")
_WIDTHS = re.compile("[\uff00-\uffef\ufb00-\ufb06]+")  # NFKC on all would take Thai and Lao vowels apart
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
        "\u2026": "...",
    }
)


def without_controls(text: str) -> str:
    """Return text without characters that print nothing; Windows-1252 in the place of C1 controls is read as such.

    ZWJ and ZWNJ stay behind letters of scripts that join, and behind emoji.
    """
    if not _ODD.search(text):
        return text
    return _TAGS.sub("", _IDLE_JOINER.sub("", text.translate(_CONTROLS)))


def shortened(text: str, limit: int) -> str:
    """Return text of at most so many characters, cut between words where it can be, with an ellipsis for the rest."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return f"{kept.rpartition(' ')[0] or kept[:-1]} …"


def unescaped(text: str) -> str:
    """Return text in which entities that were escaped twice are characters: `Tom &amp; Ana` is `Tom & Ana`."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def composed(text: str) -> str:
    """Return text in Unicode's composed form, NFC."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return text with each run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Return text with paragraphs separated by one blank line, and white space in each line as `one_line` has it."""
    text = _LINE_BREAK.sub("\n", text.replace("\r\n", "\n").replace("\u2029", "\n\n"))
    lines = map(one_line, text.split("\n"))
    return "\n\n".join("\n".join(part) for is_text, part in groupby(lines, bool) if is_text)


def plain_typography(text: str) -> str:
    """Return a name or keyword with straight quotes, ASCII hyphens and half-width letters, so that one spelling is one
    name: `O’Brien` is `O'Brien`."""
    return _WIDTHS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text).translate(_TYPOGRAPHY)
