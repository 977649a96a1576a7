"""The line with the names, as printed."""

from __future__ import annotations

import pytest

from scrapers.page import ArticlePage

AUTHOR = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Lamp","author":{"name":"Ana Berg"}}</script>'
)
TEXT = "<p>The lamp of the old lighthouse shines again after eleven winters of darkness on the pier.</p>"


@pytest.mark.parametrize(
    ("html", "byline", "source"),
    [
        ("<h1>Lamp</h1><p>Par : Norbert |&nbsp; Mots clés : phare</p>" + TEXT, "Par : Norbert", "text:Par"),
        (AUTHOR + "<h1>Lamp</h1><p>By Ana Berg, Lisbon</p>" + TEXT, "By Ana Berg, Lisbon", "text:By"),
        (AUTHOR + "<h1>Lamp</h1><p>ANA BERG &middot; Harbour</p>" + TEXT, "ANA BERG · Harbour", "text"),
        (AUTHOR + "<h1>Lamp</h1><p>Eleven winters without a light are enough! A comment on the old pier by Ana Berg</p>"
         "<p>Ana Berg is out at sea, and tells from there what it was like to sail home without the lamp.</p>"
         "<p>Ana Berg, keeper of the lamps and head of the society for the old pier, Lisbon</p>" + TEXT,
         "Ana Berg, keeper of the lamps and head of the society for the old pier, Lisbon", "text"),
        ("<h1>Lamp</h1><div class=byline><span>Von</span> <span>Uta Kranz</span></div>" + TEXT,
         "Von Uta Kranz", "byline"),
        ("<h1>Lamp</h1><div class=byline><div>Von</div><div>Uta Kranz</div><div>5 Min.</div></div>" + TEXT,
         "Von Uta Kranz", "byline"),
        ("<h1>Lamp</h1><div class=byline>/ <a href=/ana-berg>Ana Berg</a> ,</div>" + TEXT, "Ana Berg", "byline"),
        ("<meta property='article:section' content='Danmark'><h1>Lamp</h1><div class=byline>Danmark</div>" + TEXT,
         None, None),
        ("<meta name=author content='105092'><h1>Lamp</h1>" + TEXT, None, None),
        ("<meta name=byl content='By Ana Berg'>", "By Ana Berg", "meta:byl"),
        ("<meta name=author content='李华'><div><!--enpproperty <author>李华</author>/enpproperty--></div>",
         None, None),
        ("<h1>Lamp</h1><p>By <b>Ana Berg</b>, <time>Tuesday 21 October 2025</time></p>" + TEXT,
         "By Ana Berg", "text:By"),
        ("<h1>Lamp</h1><p>by Ana Berg • 11 February 2025</p>" + TEXT, "by Ana Berg", "text:by"),
        ("<h1>Лампа</h1><p>18 мая 2025, 14:20 Автор: Вера Затонская</p>" + TEXT, "Автор: Вера Затонская", "text:Автор"),
        ("<h1>ตะเกียง</h1><p>โดย กานดา พิมพ์ใจ 21 ต.ค. 2568 13:45 น.</p>" + TEXT, "โดย กานดา พิมพ์ใจ", "text:โดย"),
        ("<h1>ตะเกียง</h1><p>ผู้เขียน: กานดา พิมพ์ใจ</p>" + TEXT, "ผู้เขียน: กานดา พิมพ์ใจ", "text:ผู้เขียน"),
        ("<h1>दीपस्तंभ</h1><p>लेखक: मीरा जोशी</p>" + TEXT, "लेखक: मीरा जोशी", "text:लेखक"),
        ("<h1>灯塔</h1><p>2025-10-21 16:42　来源：港报　记者：沈若溪　字号：大 中</p>" + TEXT,
         "记者：沈若溪", "text:记者"),
        ("<h1>灯台</h1><p>（記者・長谷部紬）</p>" + TEXT, "記者・長谷部紬", "text:記者"),
        ("<h1>등대</h1><ul><li>서다온 기자</li><li>승인 2025.05.14</li></ul>" + TEXT, "서다온 기자", "text"),
        ("<h1>Lamp</h1>" + TEXT, None, None),
    ],
)  # fmt: skip
def test_byline(html: str, byline: str | None, source: str | None) -> None:
    found = ArticlePage.from_html(html).read("byline")
    assert (found and found.value, found and found.source) == (byline, source)
