"""The text of the article, read through the page."""

from __future__ import annotations

import json

import pytest

from scrapers.page import ArticlePage, Field

RIVER = "The river rose by two metres in the night, and the town council asked all families near the mill to leave."
BRIDGE = "Engineers closed the old bridge at dawn; they expect to open one lane again before the end of the week."
FARMERS = "Farmers in the lower valley lost most of their early crop, said Ida Brandt, head of the local cooperative."
SCHOOL = "Lessons were cancelled in three villages, where the water stood as high as the window sills on Thursday."
STORY = f"<p>{RIVER}</p><p>{BRIDGE}</p><p>{FARMERS}</p><p>{SCHOOL}</p>"
TEXT = [RIVER, BRIDGE, FARMERS, SCHOOL]
CHINESE = [
    "北港市议会周二晚间经过四小时辩论后表决通过重建老灯塔的计划，共有十九名居民发言。",
    "市长表示，工程将于春季开始，预计在帆船赛之前完成，港口将继续向渔船开放。",
    "这项计划的费用低于两年前被搁置的方案，因为灯塔将保留原有的墙体。",
]
THAI = [
    "สภาเมืองท่าเรือเหนือลงมติเมื่อคืนวันอังคารให้สร้างประภาคารเก่าขึ้นใหม่หลังจากอภิปรายนานสี่ชั่วโมง",
    "นายกเทศมนตรีกล่าวว่างานจะเริ่มในฤดูใบไม้ผลิและท่าเรือจะยังเปิดให้เรือประมงใช้ตลอดเวลา",
    "แผนนี้ใช้เงินน้อยกว่าแผนที่ถูกยกเลิกเมื่อสองปีก่อนเพราะหอคอยจะคงกำแพงเดิมไว้",
]


def read(html: str, head: str = "") -> list[str]:
    page = f"<html><head><title>Flood in the valley | The Mill Post</title>{head}</head><body>{html}</body></html>"
    body = ArticlePage.from_html(page, "https://news.example/2024/05/flood-in-the-valley").body
    return body.split("\n\n") if body else []


CASES = {
    "paragraphs left open": (f"<h1>Flood in the valley</h1><p>{RIVER}<p>{BRIDGE}<p>{FARMERS}", TEXT[:3]),
    "line breaks only": (
        f"<table><tr><td><b>Flood in the valley</b><br>{RIVER}<br><br>{BRIDGE}<br><br>{FARMERS}</td></tr></table>",
        TEXT[:3],
    ),
    "text beside comments of the markup": (
        f"<div><p>The river <!-- ad --> rose.</p>{STORY}</div>",
        ["The river rose.", *TEXT],
    ),
    "inline elements print no space": (
        f"<p><b>F</b>looded fields, <i>ruined</i>.</p>{STORY}",
        ["Flooded fields, ruined.", *TEXT],
    ),
    "sub-heads": (
        f"<p>{RIVER}</p><h2>Traffic</h2><p>{BRIDGE}</p><p>{FARMERS}</p>",
        [RIVER, "Traffic", BRIDGE, FARMERS],
    ),
    "quotation": (
        f"{STORY}<blockquote>“{RIVER}”</blockquote><p>{BRIDGE} Twice.</p>",
        [*TEXT, f"“{RIVER}”", f"{BRIDGE} Twice."],
    ),
    "list": (
        f"<p>{RIVER}</p><p>{BRIDGE}</p><ul><li>Mill Street is closed</li><li>Bridge Road has one lane</li></ul>"
        f"<p>{SCHOOL}</p>",
        [RIVER, BRIDGE, "Mill Street is closed", "Bridge Road has one lane", SCHOOL],
    ),
    "table, a row a paragraph": (
        f"<p>{RIVER}</p><p>{BRIDGE}</p><table><tr><td>Monday</td><td>2.1 m</td></tr><tr><td>Tuesday</td>"
        f"<td>3.4 m</td></tr></table><p>{FARMERS}</p>",
        [RIVER, BRIDGE, "Monday 2.1 m", "Tuesday 3.4 m", FARMERS],
    ),
    "caption and credit": (
        f"<p>{RIVER}</p><figure><img src=a.jpg><figcaption>The mill at dawn. Photo: Ana Berg</figcaption></figure>"
        f"<p>{BRIDGE}</p><div class=caption>The bridge, seen from the north.</div><p>{FARMERS}</p>",
        TEXT[:3],
    ),
    "hidden paragraphs": (
        f"<p>{RIVER}</p><p style='color: red; display: none'>{SCHOOL}</p><p hidden>{SCHOOL}</p><p>{BRIDGE}</p>"
        f"<p>{FARMERS}</p>",
        TEXT[:3],
    ),
    "article hidden until a script shows it": (f"<main style='visibility:hidden'>{STORY}</main>", TEXT),
    "navigation": (f"<nav><p>{SCHOOL}</p></nav><div>{STORY}</div>", TEXT),
    "byline and date": (
        f"<h1>Flood in the valley</h1><p>By Ana Berg</p><p>3 May 2024, 10:15</p>{STORY}",
        TEXT,
    ),
    "reader comments": (
        f"<article>{STORY}</article><div id=comments><div class=comment><p>I told them so, years ago, and again in the"
        " spring; nobody wanted to hear it.</p></div></div>",
        TEXT,
    ),
    "read more": (
        f"<p>{RIVER}</p><p>Read more: <a href=/2023/x>How the dam was built</a></p><p>{BRIDGE}</p>{STORY}",
        [RIVER, BRIDGE, *TEXT],
    ),
    "read more in French": (
        f"{STORY}<p><b>Lire aussi :</b> <a href=/a>Le barrage, un an après</a></p><p>{BRIDGE} Bis.</p>",
        [*TEXT, f"{BRIDGE} Bis."],
    ),
    "read more in other languages": (
        f"<p>{RIVER}</p><p>Lea más: <a href=/a>La presa, un año después</a></p><p>{BRIDGE}</p><h3>VEA TAMBIÉN |"
        f" <a href=/b>El puente</a></h3><p>{FARMERS}</p><p>Zobacz również: <a href=/c>Most</a></p><p>{SCHOOL}</p>",
        TEXT,
    ),
    "a line set otherwise between two paragraphs": (
        f"<p>{RIVER}</p><p>{BRIDGE}</p><div>More rain to come</div><p>{FARMERS}</p><p>{SCHOOL}</p>",
        [RIVER, BRIDGE, "More rain to come", FARMERS, SCHOOL],
    ),
    "a name that is also a word of another language": (
        f"<p>{RIVER}</p><p>{BRIDGE}</p><p>Lee Mira was the last to leave.</p><p>Lee: We stayed.</p><p>{FARMERS}</p>",
        [RIVER, BRIDGE, "Lee Mira was the last to leave.", "Lee: We stayed.", FARMERS],
    ),
    "captions told by their credit": (
        f"<p>{RIVER}</p><p>The mill, seen from the bridge (Image: Valley Press)</p><p>{BRIDGE}</p><p>{FARMERS}</p>"
        f"<p>Das Wehr am Morgen (Foto: Ida Brandt)</p><p>{SCHOOL}</p>",
        TEXT,
    ),
    "what takes the place of a player": (
        f"<p>{RIVER}</p><p>Your browser does not support the video tag.</p><p>{BRIDGE}</p><p>{FARMERS}</p>",
        TEXT[:3],
    ),
    "text for those without scripts": (
        f"<div><script type=text/template>{STORY}</script><noscript>{STORY}</noscript></div>",
        TEXT,
    ),
    "a notice for those without scripts": (
        f"<noscript><p>Turn scripts on.</p><p>{SCHOOL}</p></noscript>{STORY}",
        TEXT,
    ),
    "the end of a free sample": (
        f"{STORY}<p>Il vous reste 57 % de cet article à lire. La suite est réservée aux abonnés.</p>",
        TEXT,
    ),
    "closing lines": (f"{STORY}<p>Source: Valley Press Agency</p><p>Follow us on every network</p><p>(vpa)</p>", TEXT),
    "imprint": (f"{STORY}<div>© The Mill Post</div>", TEXT),
    "numbers of its pages": (f"{STORY}<a href=/flood>1</a> <a href=/flood_3>3</a>", TEXT),
    "newsletter": (
        f"<div class=story><p>{RIVER}</p><div class=newsletter-box><h3>Our newsletter</h3><p>Sign up and read the news"
        f" of the valley every morning at six.</p></div><p>{BRIDGE}</p><p>{FARMERS}</p></div>",
        TEXT[:3],
    ),
    "footer": (
        f"<main>{STORY}</main><footer><p>{SCHOOL} All rights reserved, The Mill Post, 12 Mill Street.</p></footer>",
        TEXT,
    ),
    "button left open": (f"<div><button>Menu<div>{STORY}</div></div>", TEXT),
    "aside left open": (f"<div><aside><a href=/>Home</a>{STORY}</div>", TEXT),
    "Chinese": ("".join(f"<p>　　{text}</p>" for text in CHINESE) + "<p>责任编辑：王小明</p>", CHINESE),
    "Thai": ("".join(f"<p>{text}</p>" for text in THAI), THAI),
    "CMS markers": (
        f"<div id=big><p>{SCHOOL}</p><!--enpcontent--><p>{RIVER}</p><p>{BRIDGE}</p><!--/enpcontent-->"
        f"<p>{FARMERS}</p></div>",
        [RIVER, BRIDGE],
    ),
    "no running text": ("<a href=/a>Sport</a> <a href=/b>Weather</a><div>Loading</div>", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_body(html: str, expected: list[str]) -> None:
    assert read(html) == expected


def test_a_page_that_says_that_it_is_an_article_need_not_look_like_one() -> None:
    links = "".join(f"<li><a href=/{number}>Story number {number} of the valley</a></li>" for number in range(14))
    brief = (
        f"<div>{links}</div><div>{RIVER}</div><ul>{links}</ul><footer>The Mill Post, 12 Mill Street, {SCHOOL}</footer>"
    )
    assert read(brief) == []
    assert RIVER in read(brief, '<meta property="og:type" content="article">')


def test_a_headline_with_more_signs_of_vowels_than_letters_is_no_text() -> None:
    headline = "हिंदी में भी होगी नीट की परीक्षा, दिल्ली में भी हुई थी मीटिंग, छात्रों को मिलेगी आज़ादी"
    story = [f"{text}. {RIVER}" for text in ("छात्रों ने इसका स्वागत किया", "परीक्षा साल में दो बार होगी", "तैयारी शुरू हो गई है")]
    paragraphs = "".join(f"<p>{text}</p>" for text in story)
    assert read(f"<p>{headline}।</p>{paragraphs}", f'<meta property="og:title" content="{headline}">') == story


def test_text_only_in_structured_data_is_read_there() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(TEXT * 2)})
    page = f"<script type=application/ld+json>{data}</script><div id=root><p>{RIVER}</p></div>"
    body = ArticlePage.from_html(page, "https://news.example/flood").read("body")
    assert body is not None
    assert (body.value.split("\n\n"), body.source) == (TEXT * 2, "json-ld")


def test_summary_in_structured_data_is_not_the_body() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": RIVER})
    assert read(f"<script type=application/ld+json>{data}</script>{STORY}") == TEXT


def test_soup_is_the_isolated_article() -> None:
    page = ArticlePage.from_html(f"<body><nav>Menu</nav><main><article id=a>{STORY}</article></main><footer>©</footer>")
    assert [tag.get_text() for tag in page.soup.find_all("p")] == TEXT
    assert page.soup.find("nav") is None
    assert page.whole_soup.nav is not None


def test_soup_is_the_whole_page_where_no_text_runs() -> None:
    assert ArticlePage.from_html("<nav>Menu</nav>").soup.nav is not None


@pytest.mark.parametrize("depth", [300, 5_000, 200_000])
def test_text_below_deep_nesting_is_kept(depth: int) -> None:
    assert read(f"{'<div>' * depth}{STORY}{'</div>' * depth}") == TEXT


def test_nested_tables_are_read() -> None:
    assert read(f"{'<table><tr><td>' * 3_000}{STORY}{'</td></tr></table>' * 3_000}") == TEXT


def test_huge_page_is_read_whole() -> None:
    paragraphs = [f"{number}. {RIVER}" for number in range(60_000)]
    assert read("".join(f"<p>{text}</p>" for text in paragraphs)) == paragraphs


def test_a_row_of_many_cells_is_read_in_parts() -> None:
    """Adding cell after cell to one text would take the square of their number."""

    class Page(ArticlePage):
        body = Field("tr")

    cells = [f"Gauge {number} stood at two metres." for number in range(2_000)]
    parts = Page.from_html(f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>").body.split(
        "\n\n"
    )
    assert " ".join(parts) == " ".join(cells)
    assert 1 < len(parts) < 10
