"""Addresses: cleaned for the record, and compared by what they lead to."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from pipelines.remembered import remembered

# courlan's pattern is not used for this: it takes `gallery`, `eid`, `cid` and `source` for trackers wherever they
# begin a name, and would make one article of many.
_TRACKING = re.compile(
    r"(?:utm|mtm|matomo|pk|piwik|hsa|itm|mkt|vero|oly|ml|stm|at|cm)_[a-z_]+"
    r"|ga_(?:source|medium|term|content|campaign|place)"
    r"|mc_[ce]id|_hs(?:enc|mi)|_ga|_gl|gaa_[a-z]+"
    r"|(?:fb|g|dc|gb|y|yc|ysc|tw|tt|ms|wb|gbra|wbra|ttc|msclk|igsh|zan|rdt_|li_fat_|epik)cl?id"
    r"|msclkid|gclsrc|gbraid|wbraid|igshid|igsh|li_fat_id|epik|srsltid|yclid|ysclid|_openstat"
    r"|fb_(?:action_ids|action_types|ref|source)|__twitter_impression|twclid|ttclid|s_cid|ns_[a-z_]+"
    r"|xtor|wt_?mc|wt_?zmc|smid|smtyp|cmpid|icid|ncid|ocid|cmp|spm|soc_src|soc_trk|guccounter|guce_[a-z_]+"
    r"|phpsessid|jsessionid|sessionid|session_id|aspsessionid[a-z]*|cfid|cftoken"
    r"|sh(?:are)?_?from|share_?source|ref_?src|ref_?url|feature_source|rss_?source",
    re.IGNORECASE,
)
_NO_HOST = re.compile(r'[\x00-\x20\x7f%<>"\\^`{|}]')  # the URL standard's forbidden host code points
_LONGEST_HOST = 253  # characters: RFC 1035, without the length octets
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_CREDENTIALS = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)


def site_of(url: str) -> str:
    """Return the host of an address without `www.`: `french.china.org.cn`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def origin_of(url: str) -> str:
    """Return the scheme, host and port of an address, for which one robots.txt speaks: `https://example.org`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_web_address(url: str) -> bool:
    """Whether an address is http or https and names a host that can be one."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for one that is no number up to 65535
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and _is_host(parts.hostname or "")


@remembered(4096)  # most links of a page lead to a few hosts
def _is_host(name: str) -> bool:
    try:
        name.encode("idna")  # as resolvers do; raises for `a..b` and a label of more than 63 characters
    except ValueError:
        return False
    return 0 < len(name) <= _LONGEST_HOST and not _NO_HOST.search(name)


def without_credentials(url: str) -> str:
    """Return an address without the user name and password that may stand before its host."""
    return _CREDENTIALS.sub(r"\1", url) if "@" in url else url


def clean(url: str) -> str:
    """Return an address without credentials, tracking parameters, session id and fragment, its host in lower case, its
    path percent-encoded.

    Scheme, `www.`, a final slash and the order of the query stay: the address still has to be fetched.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORTS.get(scheme, "\0"))
    path = _SESSION.sub("", parts.path) if ";" in parts.path else parts.path
    path = quote(path, safe=_PATH_SAFE)
    if "%" in path:
        path = _ESCAPE.sub(lambda match: match[0].upper(), path)
    return urlunsplit((scheme, host, path or "/", _without_tracking(parts.query), ""))


@remembered(4096)  # a page is asked for its key as a link, as an article and as it is kept
def same_page_key(url: str) -> str:
    """Return what all spellings of a page's address share: those that differ in tracking, case of the host, order of
    the query, final slash, scheme or `www.`"""
    parts = urlsplit(clean(url))
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    path = parts.path.rstrip("/")
    return f"{parts.netloc.removeprefix('www.')}{path}{'?' if query else ''}{query}"


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    return "&".join(part for part in query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0]))
