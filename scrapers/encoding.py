"""Bytes of a page -> the charset to read them in, and how it is known."""

from __future__ import annotations

import codecs
import re

from bs4.dammit import EncodingDetector
from chardetng_py import detect as guess
from w3lib.encoding import resolve_encoding

from pipelines.remembered import remembered

_HEAD = 8192  # HTML asks authors to declare the charset within the first kilobyte; real pages need more
_SAMPLE = 2**18
_SLICE = 2**14  # small enough to be read from and decoded into the processor's cache
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MISSPELT = {
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
    "ansi": "cp1252",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-cyrillic": "mac-cyrillic",
}
_FORGIVEN, _FORGIVEN_WHERE_CLAIMED = 0.1, 0.5  # in another charset next to nothing is UTF-8 by chance
_LATIN = frozenset("cp1252 cp1254 cp1250 cp1257 iso8859-2 iso8859-15 iso8859-10 iso8859-13 mac-roman".split())
_HIGH = bytes(range(0x80, 0x100))
_BROKEN = re.compile("[\ufffd\uff61-\uff9f]")  # the half-width katakana that EUC-JP turns into, read as Shift_JIS
_LONG_RUN = re.compile(rb"[\x80-\xff]{5,}")


def detect(
    body: bytes, *, declared: str | None = None, default: str | None = None, tld: str | None = None
) -> tuple[str, str]:
    """Return the charset of a page as a name of Python's codecs, and the evidence for it.

    The evidence is `bom`, `http`, `meta`, `utf-8` (the bytes fit no other), `site`, `bytes` (UTF-16 without a mark,
    ISO-2022-JP) or `detected`. `declared` is the charset of the HTTP header, `default` what the site's pages are known
    to use, `tld` the top-level domain, which helps to tell the charsets of one script apart.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, "bom"
    if unmarked := _unmarked(body):
        return unmarked, "bytes"
    meta = EncodingDetector.find_declared_encoding(body[:_HEAD], is_html=True, search_entire_document=True)
    claims = [
        (codec, evidence) for label, evidence in ((declared, "http"), (meta, "meta")) if (codec := codec_of(label))
    ]
    if site := codec_of(default):
        claims.append((site, "site"))
    if body.isascii():
        return claims[0] if claims else ("utf-8", "utf-8")
    claimed = next((claim for claim in claims if claim[0] == "utf-8"), None)
    if _fits(body, "utf-8", _FORGIVEN_WHERE_CLAIMED if claimed else _FORGIVEN):
        return claimed or ("utf-8", "utf-8")
    for codec, evidence in claims:
        if codec != "utf-8" and _fits(body, codec):
            return codec, evidence
    label = (tld or "").lower()
    found = guess(body, allow_utf8=False, tld=label.encode() if re.fullmatch(r"[a-z0-9-]+", label) else None)
    return codec_of(found) or "cp1252", "detected"


def codec_of(label: str | None) -> str | None:
    """Return the codec that reads what pages with this label hold, a superset where browsers use one; None if unknown.

    `gb2312` is read as GB18030, `iso-8859-1` as Windows-1252, `shift_jis` as Windows-31J, `euc-kr` as Windows-949.
    """
    return _codec_of(label) if label else None


@remembered(1024)  # most pages are labelled alike
def _codec_of(label: str) -> str | None:
    name = label.split(";")[0].strip(" \t\r\n\"'").lower()
    if not name:
        return None
    codec: str | None = _MISSPELT.get(name) or resolve_encoding(name)
    try:
        if codec is None or not codecs.lookup(codec)._is_text_encoding:
            return None
        # a page whose declaration can be read as ASCII is in none of these
        codec = "utf-8" if codec.startswith(("utf-16", "utf-32", "utf-7")) else codec
        return codec if b"a-b".decode(codec, "replace") == "a-b" else None  # not punycode, idna, undefined
    except (LookupError, UnicodeError):
        return None


def _unmarked(body: bytes) -> str | None:
    head = body[:1024]
    if head.count(0) * 4 > len(head) > 3:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if odd > 4 * even:
            return "utf-16-le"
        if even > 4 * odd:
            return "utf-16-be"
    return "iso2022_jp" if body.isascii() and b"\x1b$B" in body else None


def _fits(body: bytes, codec: str, forgiven: float = _FORGIVEN) -> bool:
    """Tell whether bytes read as text in a charset, this share of the characters beyond ASCII broken at most."""
    if codec in _LATIN:  # where anything decodes: letters beyond ASCII stand alone in their languages
        long = sum(map(len, _LONG_RUN.findall(body)))
        return long * 2 < len(body) - len(body.translate(None, _HIGH))
    decode = codecs.getincrementaldecoder(codec)().decode
    try:
        for end in range(_SLICE, len(body) + _SLICE, _SLICE):
            decode(body[end - _SLICE : end], end >= len(body))
        if codec != "cp932":
            return True
    except UnicodeDecodeError:
        pass
    text = body[:_SAMPLE].decode(codec, "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return len(_BROKEN.findall(text)) < forgiven * foreign
