"""Structured data of a page in one shape: JSON-LD's."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from pipelines.remembered import remembered

ARTICLE_TYPES = frozenset(
    "NewsArticle Article ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle"
    " ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle SatiricalArticle BlogPosting LiveBlogPosting"
    " SocialMediaPosting DiscussionForumPosting TechArticle ScholarlyArticle Report".split()
)
OUTLET_TYPES = frozenset("WebSite NewsMediaOrganization Newspaper Organization Periodical".split())
_OPENED = ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb")  # where publishers nest what the page is about
_MOST_OBJECTS = 10_000  # a page has tens; this bounds hostile input
_DEEPEST = 8


class Node(dict[str, Any]):
    """One object of structured data; `source` says how it was written: `json-ld`, `microdata` or `rdfa`."""

    source = "json-ld"


def types(node: dict[str, Any]) -> set[str]:
    """Return the types of a node without their vocabulary: `{"NewsArticle"}`."""
    written = node.get("@type")
    return {local_name(written)} if isinstance(written, str) else set(map(local_name, texts(written)))


def is_article(node: dict[str, Any]) -> bool:
    """Tell whether a node is an article of any type."""
    written = node.get("@type")
    if isinstance(written, str):  # as nearly all publishers write it
        return local_name(written) in ARTICLE_TYPES
    return not ARTICLE_TYPES.isdisjoint(types(node))


def texts(value: Any) -> list[str]:
    """Return the strings of a value of any shape: of a list each item's, of an object its `@value` or name."""
    found: list[str] = []
    if value is None:
        return found
    _collect(value, ("@value", "name"), found, _DEEPEST)
    return found


def addresses(value: Any) -> list[str]:
    """Return the addresses of a value of any shape: strings, or `@id` and `url` of objects."""
    found: list[str] = []
    _collect(value, ("@id", "url"), found, _DEEPEST)
    return found


def _collect(value: Any, keys: tuple[str, ...], found: list[str], depth: int) -> None:
    if isinstance(value, str):
        if text := " ".join((html.unescape(value) if "&" in value else value).split()):
            found.append(text)
    elif isinstance(value, bool) or value is None or depth == 0:
        return
    elif isinstance(value, (int, float)):
        found.append(str(value))
    elif isinstance(value, list):
        for item in value[:1000]:
            _collect(item, keys, found, depth - 1)
    elif isinstance(value, dict):
        for key in keys:
            _collect(value.get(key), keys, found, depth - 1)


def json_ld(scripts: Iterable[str]) -> list[Node]:
    """Return the objects of these `application/ld+json` texts, outer before inner, with references resolved."""
    nodes = [node for script in scripts for value in _load(script) for node in _objects(value)]
    known = {str(node["@id"]): node for node in reversed(nodes) if "@id" in node and len(node) > 2}
    if known:
        for node in nodes:
            for key, value in node.items():
                if isinstance(value, (dict, list)):
                    node[key] = _resolve(value, known)
    return nodes


def _objects(value: Any) -> Iterator[Node]:
    waiting, left = [value], _MOST_OBJECTS
    while waiting and left:
        value, left = waiting.pop(), left - 1
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            yield Node(value)
            waiting.extend(value[key] for key in reversed(_OPENED) if isinstance(value.get(key), (dict, list)))


def _resolve(value: dict[str, Any] | list[Any], known: dict[str, Node]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, known) if isinstance(item, dict) else item for item in value]
    if len(value) <= 2 and "@id" in value:  # two: some repeat the @type
        return known.get(str(value["@id"]), value)
    return value


_OPENING = re.compile(r"^\s*(?:/[/*]\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*/)?")
_CLOSING = re.compile(r"(?:/[/*]\s*)?(?:-->|\]\]>)(?:\s*\*/)?\s*(?:;\s*)?$")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LONE_SURROGATE = re.compile(r"(?<!\\)\\u[dD](?:[89abAB]..(?!\\u[dD][c-fC-F])|[c-fC-F]..)")
_ESCAPE = re.compile(r'\\(["\\/bfnrtu])?')
# A quote inside is one that nothing may follow. A string that is never closed goes to the end of the text: it would be
# looked for again at each quote that it holds. An atomic group, for `*+` gives wrong matches before Python 3.11.5.
_STRING = re.compile(r'"(?>(?:[^"\\]|\\.|"(?!\s*[,:}\]]))*)(?:"|\Z)', re.DOTALL)


def _load(script: str) -> list[Any]:
    """Return the values of one script; broken JSON is repaired where its meaning stays certain, else left out."""
    try:
        return [msgspec.json.decode(script)]
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    for text in _repairs(script):
        try:
            return list(_values(text))
        except (ValueError, RecursionError):
            continue
    return []


def _repairs(script: str) -> Iterator[str]:
    text = _CLOSING.sub("", _OPENING.sub("", script)).strip().strip(";")
    if "\\u" in text:
        text = _LONE_SURROGATE.sub(r"\\ufffd", text)
    yield text
    commented, end, rest = text.rpartition("*/")  # beyond it no comment is closed, so none is looked for
    text = _TRAILING_COMMA.sub("", _COMMENT.sub("", commented + end) + rest).strip()
    yield text
    if re.match(r"[\[{]\s*&quot;", text):
        yield html.unescape(text)
    yield _STRING.sub(_escape_quotes, _ESCAPE.sub(lambda match: match[0] if match[1] else r"\\", text))


def _escape_quotes(match: re.Match[str]) -> str:
    return '"' + re.sub(r'(?<!\\)"', r"\"", match[0][1:-1]) + '"'


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON values that follow each other in a text; publishers forget the list around them."""
    decoder, at = json.JSONDecoder(strict=False), 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1


_BEFORE_LOCAL = re.compile(r"[/#:]")


@remembered(4096)
def local_name(name: str) -> str:
    """Return a name without its vocabulary: `NewsArticle` of `https://schema.org/NewsArticle`."""
    return _BEFORE_LOCAL.split(name.strip().rstrip("/"))[-1]


def articles(nodes: list[Node], own: Collection[str], headlines: Collection[str]) -> list[Node]:
    """Return the article that the page is about, one merged node for each way of writing, JSON-LD first.

    `own` are the page's addresses, `headlines` its titles: they tell it from related articles that are annotated too.
    """
    found: dict[str, list[Node]] = {}
    for node in nodes:
        if is_article(node):
            found.setdefault(node.source, []).append(node)
    return [merged for group in found.values() if (merged := _merge(_about(group, own, headlines)))]


def _about(group: list[Node], own: Collection[str], headlines: Collection[str]) -> list[Node]:
    if len(group) == 1:
        return group
    paths = {address_key(address) for address in own}
    claimed = [
        {address_key(address) for key in ("mainEntityOfPage", "url", "@id") for address in addresses(node.get(key))}
        - {""}
        for node in group
    ]
    if named := [node for node, keys in zip(group, claimed, strict=True) if keys & paths]:
        return named
    if titled := [node for node in group if any(text in headlines for text in texts(node.get("headline")))]:
        return titled
    unclaimed = [node for node, keys in zip(group, claimed, strict=True) if not keys]
    return unclaimed if len(unclaimed) == 1 else []


def _merge(group: list[Node]) -> Node | None:
    if len(group) == 1:
        return group[0] or None
    merged = Node()
    for node in group:
        merged.source = node.source
        for key, value in node.items():
            if merged.get(key) in (None, "", []):
                merged[key] = value
    return merged or None


def address_key(address: str) -> str:
    """Return what two addresses of one page share: host without `www.` and path, without scheme, query and fragment."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/")
