"""The pictures that a page prints in its article, with their captions and credits."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain, islice
from urllib.parse import urljoin

from pipelines.article import Image
from pipelines.remembered import remembered
from scrapers.addresses import looks_like_article
from scrapers.document import Document, text_of
from scrapers.element import CLASS, Element
from scrapers.layout import Box
from scrapers.vocabulary import pattern, phrases, pictures

_LAZY = (b"data-src", b"data-original", b"data-lazy-src", b"data-url", b"src")  # a placeholder may stand in src
_SMALL = 100  # pixels of an icon, a portrait or a tracking pixel
_LONGEST_CAPTION = 600
_LONGEST_CREDIT = 80
_MOST = 50
_JOINTS = " |–—-/"  # of caption and credit
_NEAR = 3  # lines between a picture and its caption
_SENTENCE = 80  # letters of a paragraph of the article
_DEEPEST = 13  # elements from a picture up to the article's box that are looked at

_WORDS = re.compile(r"[a-z]+")
_FOREIGN = frozenset(pictures.FOREIGN.split())
_CREDIT_CLASS = frozenset(pictures.CREDIT_CLASSES.split())
_OUTSIDE = frozenset("nav footer form noscript".split())
_LABELS = frozenset(phrases(pictures.CREDIT))
_NO_PHOTO = re.compile(r"\.(?:svg|gif)(?:$|\?)|/(?:pixel|spacer|blank)\b")
_ABSOLUTE = re.compile(r"https?://[\w.-]+/[\w./%~,=:@+-]*(?:\?[\w./%~,=:@+&-]+)?", re.ASCII)  # nothing to join or mend
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.\w+$)")
_LABEL = rf"(?:©|\(c\)|{pattern(pictures.CREDIT)}\s*[:：/=])"
_CREDIT_LINE = re.compile(rf"^\W*{_LABEL}\s*(.+?)\W*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^[(（\[]([^()（）\[\]]+)[)）\]]$")
_MAY_CREDIT = re.compile(r"[©(（\[:：/=]")  # what every credit holds
_CREDIT_AT_END = re.compile(
    rf"(?:^|(?<=[\s.。!?|–—-]))(?:{_LABEL}\s*(?P<labelled>[^.|]{{2,{_LONGEST_CREDIT}}}?)"
    rf"|[(（\[]{_LABEL}\s*(?P<enclosed>[^()（）\[\]]+)[)）\]]"
    rf"|[(（\[](?P<bracketed>[^()（）\[\]]*\b(?:photo|foto|via|images?|reuters|afp|dpa|epa)\b[^()（）\[\]]*)[)）\]])[.\s]*$",
    re.IGNORECASE,
)


def printed(document: Document) -> list[Image]:
    """Return the pictures that stand above the last paragraph of the article, each once, in reading order."""
    box, last = _article(document)
    if box is None:
        return []
    near = [element for element, line in document.layout.pictures.items() if box.first <= line <= last]
    found: dict[str, Image] = {}
    for picture in near[:_MOST]:
        url = _address(picture, document)
        if url and (file := _file(url)) not in found and not _is_foreign(picture, box.element, document.url):
            found[file] = Image(url=url, **_printed_below(picture, document, box.element))
    return list(found.values())


def image_of(element: Element, document: Document) -> Image | None:
    """Return the picture of an `<img>` or `<figure>`, with what is printed of it; None for an icon."""
    picture = element if element.tag in ("img", "amp-img") else next(element.iter("img", "amp-img"), None)
    url = None if picture is None else _address(picture, document)
    return Image(url=url, **_printed_below(picture, document, None)) if picture is not None and url else None


def _address(picture: Element, document: Document) -> str | None:
    return None if _is_small(picture) else address(document.url, _source(picture))


def address(base: str, source: str | None) -> str | None:
    """Return an absolute address; None for nothing and for nonsense such as `http://[broken`."""
    if not source or _ABSOLUTE.fullmatch(source):
        return source or None
    try:
        return urljoin(base, source)
    except ValueError:
        return None


def split_credit(text: str) -> tuple[str | None, str | None]:
    """Return caption and credit of what is printed below a picture: `A lorry. Photo: Ann Lee`."""
    match = _CREDIT_AT_END.search(text) if _MAY_CREDIT.search(text) else None
    if not match:
        return text or None, None
    credit = match["labelled"] or match["enclosed"] or match["bracketed"]
    return text[: match.start()].strip(_JOINTS) or None, credit.strip(" .")


def _article(document: Document) -> tuple[Box | None, int]:
    """Return the innermost box around the headline and two paragraphs, or one, and the first line of the last."""
    layout = document.layout
    long = [line.box for line in layout.lines if len(line.printed) > _SENTENCE and line.box.tag == "p"]
    paragraphs = list(dict.fromkeys([box.first for box in long]))
    only: tuple[Box | None, int] = None, 0
    box = document.printed.box
    while box:
        first, last = bisect_left(paragraphs, box.first), bisect_left(paragraphs, box.last)
        if last - first > 1:
            return box, paragraphs[last - 1]
        if last > first and only[0] is None:
            only = box, paragraphs[first]
        box = box.parent
    return only


def _source(picture: Element) -> str | None:
    for name in _LAZY:
        if (source := picture.get(name)) and _may_be_photo(source := source.strip()):
            return source
    listed = (source for part in picture.get(b"srcset", "").split(", ") for source in part.split()[:1])
    return next(filter(_may_be_photo, listed), None)


def _may_be_photo(source: str) -> bool:
    lowered = source.lower()
    return bool(source) and not lowered.startswith("data:") and not _NO_PHOTO.search(lowered)


def _is_small(picture: Element) -> bool:
    return _is_short(picture.get(b"width")) or _is_short(picture.get(b"height"))


def _is_short(size: str | None) -> bool:
    if not size:
        return False
    size = size.removesuffix("px")
    return size.isdecimal() and float(size) < _SMALL  # int() takes no more than 4,300 digits


def _is_foreign(picture: Element, box: Element, url: str) -> bool:
    """Whether a picture stands outside of a box, or belongs to a teaser, an author, an advert or the page itself."""
    for depth, element in enumerate(chain((picture,), picture.iterancestors())):
        if element is box:
            return False
        if depth < _DEEPEST and _leads_elsewhere(element, url):
            return True
    return True


def _leads_elsewhere(element: Element, url: str) -> bool:
    tag, classes = element.tag, element.get(CLASS)
    if tag in _OUTSIDE or (classes and not _FOREIGN.isdisjoint(_words(classes))):
        return True
    return tag == "a" and looks_like_article(address(url, element.get("href")) or "")


def _printed_below(picture: Element, document: Document, box: Element | None) -> dict[str, str | None]:
    """Return caption and credit from the figure of a picture, or the smallest box that holds one picture and a
    caption."""
    line = document.layout.pictures.get(picture, 0)
    near = [caption for caption, at in document.printed.captions.items() if abs(at - line) <= _NEAR][:_MOST]
    holders = list(islice(picture.iterancestors(), 4))
    if not near and "figure" not in [holder.tag for holder in holders]:
        return {}
    held: dict[Element | None, Element] = {}
    for caption in near:
        held.setdefault(next((above for above in caption.iterancestors() if above in holders), None), caption)
    for holder in holders:
        if holder is box:
            break
        if holder in held or holder.tag == "figure":
            shown = sum(1 for _ in islice(holder.iter("img", "amp-img"), 2))
            return _read(held.get(holder), holder) if shown == 1 else {}
    return {}


def _read(caption: Element | None, holder: Element) -> dict[str, str | None]:
    credit = next((element for element in holder.iter("*") if _names_maker(element)), None)
    maker = text_of(credit) if credit is not None else ""
    maker = "" if maker.lower().rstrip(" :") in _LABELS else maker
    text = text_of(caption) if caption is not None else ""
    if len(text) > _LONGEST_CAPTION:
        return {}
    if not maker or len(maker) > _LONGEST_CREDIT:
        return dict(zip(("caption", "credit"), split_credit(text), strict=True))
    rest = text.removesuffix(maker).rstrip(_JOINTS)
    plain = _IN_BRACKETS.sub(r"\1", maker)
    label = _CREDIT_LINE.match(plain)
    return {"caption": rest or None, "credit": label[1] if label else plain}


def _names_maker(element: Element) -> bool:
    classes = element.get(CLASS)
    return classes is not None and not _CREDIT_CLASS.isdisjoint(_words(classes))


@remembered(1 << 16)
def _words(classes: str) -> list[str]:
    return _WORDS.findall(classes.lower())


def _file(url: str) -> str:
    """Return what the sizes of one picture have in common: `storm-1024x683.jpg` and `storm.jpg`."""
    name = url.partition("?")[0].partition("#")[0].rpartition("/")[2] or url
    return _SIZE.sub("", name)
