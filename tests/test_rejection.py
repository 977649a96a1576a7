"""What is kept for an article, and what else servers send in its place."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage, NotAnArticle
from tests.serving import PARAGRAPHS, article

URL = "https://harbour.example/2025/05/03/lighthouse-of-norderhaven-to-be-rebuilt"
SOLD = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'

STORIES = [
    (
        "Ferry line to the islands doubles its trips",
        "From June the white ferries leave every half hour, also at night.",
    ),
    ("Mussel farmers fear the warm summer to come", "The water in the bay is four degrees warmer than last year."),
    ("School orchestra wins a prize in the capital", "Thirty pupils played a piece that their teacher had written."),
    ("Old railway station becomes a public library", "The first readers are expected before the end of the year."),
    ("Storm damages the dunes south of the east pier", "Sand was carried as far as the market square on Sunday."),
    ("Museum shows the letters of a polar explorer", "They had lain in an attic for eighty years, unread and dry."),
]


def _address(title: str) -> str:
    return "/2025/05/02/" + title.lower().replace(" ", "-")


def _listing(item: str, title: str = "Region") -> str:
    items = "".join(item.format(url=_address(headline), title=headline, text=text) for headline, text in STORIES)
    return (
        f"<html><head><title>{title} - The Harbour Post</title></head><body><nav><a href=/region>Region</a>"
        f"<a href=/sport>Sport</a></nav><h1>{title}</h1>{items}<footer>About us</footer></body></html>"
    )


def _page(title: str, *texts: str, head: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in texts)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{paragraphs}</body></html>"


ARTICLES = {
    "plain": article("The lighthouse of Norderhaven is rebuilt"),
    "brief": _page("Bridge closed until Friday", "The bridge over the Aller is closed to cars until Friday evening."),
    "related links between the paragraphs": _page(
        "The lighthouse of Norderhaven is rebuilt",
        *(
            f"{text}</p><p><a href='{_address(headline)}'>{headline}</a>"
            for text, (headline, _) in zip(PARAGRAPHS, STORIES, strict=False)
        ),
    ),
    "teasers below": article(
        "Norderhaven rebuilds its old lighthouse", foot=_listing("<h3><a href={url}>{title}</a></h3>{text}")
    ),
    "Chinese": _page(
        "北港灯塔将于春季重建", "北港市议会周二晚间表决通过重建老灯塔的计划，工程将于春季开始，预计在帆船赛之前完成。"
    ),
    "Japanese brief": _page(
        "北浜の灯台、春に再建へ", "北浜市議会は火曜日の夜、古い灯台を建て直す計画を可決した。工事は春に始まる。"
    ),
    "about error pages": _page("Error 404: a short history of the page not found", *PARAGRAPHS, *PARAGRAPHS),
    "about captchas": _page("Why the captcha asks: are you human?", *PARAGRAPHS, *PARAGRAPHS),
    "hiker not found": _page(
        "Missing hiker not found after search",
        "The search of the woods around Norderhaven goes on tomorrow at dawn, said the police on Friday.",
    ),
    "sold but shown whole": article("The lighthouse of Norderhaven is rebuilt", head=SOLD),
    "subscription box in the head": _page(
        "Bridge closed until Friday", "The bridge over the Aller is closed to cars until Friday evening, the town said."
    ).replace("<h1>", "<div>Already a subscriber? <a href=/login>Log in</a></div><h1>"),
    "address of a listing": _page("Harbour news", *PARAGRAPHS),
    "NUL bytes, a few": _page("The light\0house of Norderhaven is rebuilt", *PARAGRAPHS),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_are_kept(name: str) -> None:
    assert ArticlePage.from_html(ARTICLES[name], URL).rejection is None


REJECTED = {
    "empty": ("empty", b" \n"),
    "PDF": ("binary", b"%PDF-1.7 ..."),
    "picture": ("binary", b"\x89PNG\r\n\x1a\n" + b"\0" * 99),
    "NUL bytes": ("binary", b"<html>" + b"\0\1\2" * 99),
    "JSON": ("not-html", b'{"error": "unknown article"}'),
    "feed": ("not-html", b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>'),
    "error page with 200": ("error-page", _page("Page not found", "Perhaps it was moved. Try the search.")),
    "error page in German": ("error-page", _page("404 - Seite nicht gefunden | Hafenbote", "Zur Startseite")),
    "error page in Chinese": ("error-page", _page("页面不存在", "您访问的页面不存在或已被删除。")),
    "error page without text": ("error-page", _page("Oops! Page not found")),
    "challenge": ("challenge", _page("Just a moment...", "Checking your browser before you go on.")),
    "challenge by script": (
        "challenge",
        "<html><title>harbour.example</title><script src=https://ct.captcha-delivery.com/c.js></script></html>",
    ),
    "captcha": ("challenge", _page("Security check", "Please complete the captcha to prove that you are no robot.")),
    "consent": (
        "consent",
        "<html><title>The Harbour Post</title><div>We value your privacy</div><button>x</button>"
        "<div>We and our partners store information.</div><a>Accept all</a></html>",
    ),
    "script only": (
        "javascript",
        "<html><title>The Harbour Post</title><noscript>Please enable JavaScript.</noscript><div id=root></div></html>",
    ),
    "paywall in structured data": (
        "paywall",
        _page("The lighthouse of Norderhaven is rebuilt", PARAGRAPHS[0], "Subscribe to continue reading.", head=SOLD),
    ),
    "paywall in the text": (
        "paywall",
        _page("Der Leuchtturm wird neu gebaut", PARAGRAPHS[0], "Jetzt weiterlesen", "Sie sind bereits Abonnent?"),
    ),
    "paywall in Japanese": (
        "paywall",
        _page(
            "灯台の再建",
            "北浜市議会は火曜日の夜、古い灯台を建て直す計画を可決した。工事は春に始まる予定だ。",
            "この記事は有料会員限定です。残り820文字",
        ),
    ),
    "list of links": ("listing", _listing("<li><a href={url}>{title}</a></li>")),
    "list of teasers": ("listing", _listing("<div><h3><a href={url}>{title}</a></h3><p>{text}</p></div>")),
    "list of cards": ("listing", _listing("<a href={url}><h3>{title}</h3><p>{text}</p></a>")),
    "list of bold links": ("listing", _listing("<p><b><a href={url}>{title}</a></b> {text}</p>")),
    "list in a table": (
        "listing",
        _listing("<table><tr><td><a href={url}>{title}</a></td><td>{text}</td></tr></table>"),
    ),
    "blog of whole posts": (
        "listing",
        _listing(
            "<article><h2><a href={url}>{title}</a></h2><p>{text}</p>"
            + "".join(f"<p>{t}</p>" for t in PARAGRAPHS)
            + "</article>"
        ),
    ),
    "list with a cookie banner": (
        "listing",
        _listing(
            "<div><h3><a href={url}>{title}</a></h3><p>{text}</p></div>", "The week on the coast of Norderhaven"
        ).replace(
            "<nav>", "<p>We count how our pages are read, in order to show you offers that may interest you.</p><nav>"
        ),
    ),
    "declared list": (
        "listing",
        _page("Region", *PARAGRAPHS, head='<script type="application/ld+json">{"@type": "CollectionPage"}</script>'),
    ),
    "no headline": ("no-title", "<p>" + PARAGRAPHS[0]),
    "no text": ("no-body", _page("The lighthouse of Norderhaven is rebuilt")),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_no_article_is_rejected_with_its_reason(name: str) -> None:
    reason, html = REJECTED[name]
    verdict = ArticlePage.from_html(html, URL).rejection
    assert verdict is not None
    assert verdict[0] == reason, verdict


def test_a_home_page_is_no_article() -> None:
    verdict = ArticlePage.from_html(ARTICLES["plain"], "https://harbour.example/").rejection
    assert verdict == ("listing", "this is the address of a home page")


def test_the_error_names_page_reason_and_detail() -> None:
    with pytest.raises(NotAnArticle, match=r"norderhaven.*\(binary\)"):
        ArticlePage.from_html(b"%PDF-1.7", URL).to_item()
