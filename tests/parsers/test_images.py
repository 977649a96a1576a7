"""Pictures with their captions and credits, in the forms that publishers print them."""

from __future__ import annotations

import pytest

from pipelines.article import Image
from scrapers.page import ArticlePage
from scrapers.pictures import split_credit

TEXT = "<p>" + "The ferry returned to the northern quay on Monday, after a winter in which nobody had counted on it."
TITLE = "Ferry returns to quay"
AT = "https://ferry.example/2025/ferry-returns-to-quay.html"


def images(inside: str, head: str = "") -> list[Image]:
    article = f"<article><h1>{TITLE}</h1>{inside}{TEXT}</article>"
    html = f"<head><title>{TITLE}</title>{head}</head>{article}"
    return ArticlePage.from_html(html, AT).images or []


@pytest.mark.parametrize(
    ("markup", "image"),
    [
        (
            "<figure><img src=a.jpg><figcaption>The quay. <i class=credit>Photo: Ann Lee</i></figcaption></figure>",
            Image(url="https://ferry.example/2025/a.jpg", caption="The quay.", credit="Ann Lee"),
        ),
        (
            "<figure><img src=/a.jpg><figcaption>The quay. <i class=credit>(Ann Lee / AFP)</i></figcaption></figure>",
            Image(url="https://ferry.example/a.jpg", caption="The quay.", credit="Ann Lee / AFP"),
        ),
        (
            "<div><img src=/a.jpg><p class=img-caption>The quay. (Photo by Ann Lee)</p></div>",
            Image(url="https://ferry.example/a.jpg", caption="The quay.", credit="Photo by Ann Lee"),
        ),
        (
            "<figure><img src=/a.jpg><figcaption>Der Kai. Foto: dpa</figcaption></figure>",
            Image(url="https://ferry.example/a.jpg", caption="Der Kai.", credit="dpa"),
        ),
        (
            "<figure><img src=/a.jpg><figcaption>© Ann Lee</figcaption></figure>",
            Image(url="https://ferry.example/a.jpg", credit="Ann Lee"),
        ),
        (
            "<figure><img src='data:image/gif;base64,R0' data-src=/a.jpg><i class=copyright>Copyright</i></figure>",
            Image(url="https://ferry.example/a.jpg"),
        ),
        (
            "<picture><img srcset='/a-320.jpg 320w, /a-640.jpg 640w'></picture>",
            Image(url="https://ferry.example/a-320.jpg"),
        ),
        (f"<img src=/a.jpg width={'9' * 5000}>", Image(url="https://ferry.example/a.jpg")),
        ("<amp-img src=/a.jpg width=1200 height=800></amp-img>", Image(url="https://ferry.example/a.jpg")),
    ],
)
def test_a_printed_picture(markup: str, image: Image) -> None:
    assert images(markup) == [image]


@pytest.mark.parametrize(
    "markup",
    [
        "<img src=/logo.svg>",
        "<img src=/eye.jpg width=16 height=16>",
        "<img class=avatar src=/ann.jpg>",
        "<div class=related><img src=/other.jpg></div>",
        "<a href=/2025/a-dog-that-missed-the-ferry><img src=/other.jpg></a>",
        "<nav><img src=/flag.jpg></nav>",
        "<img src='data:image/gif;base64,R0'>",
        "<img src='http://[broken'><a href='http://[broken'><img></a>",
    ],
)
def test_a_picture_of_something_else(markup: str) -> None:
    assert images(markup) == []


def test_what_stands_below_the_text_is_another_article_s() -> None:
    html = f"<title>{TITLE}</title><main><h1>{TITLE}</h1>{TEXT}{TEXT}</p><img src=/next.jpg></main>"
    assert ArticlePage.from_html(html, AT).images is None


def test_one_picture_in_two_sizes_is_one() -> None:
    assert [image.url for image in images("<img src=/quay-1024x683.jpg><img src=/quay.jpg><img src=/boat.jpg>")] == [
        "https://ferry.example/quay-1024x683.jpg",
        "https://ferry.example/boat.jpg",
    ]


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ("<meta property=og:image content=/a.jpg>", Image(url="https://ferry.example/a.jpg")),
        (
            """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry returns to quay", "image":
            [{"@type": "ImageObject", "url": "/a.jpg", "caption": "The quay.", "creditText": "Ann Lee"}, "/b.jpg"]}
            </script>""",
            Image(url="https://ferry.example/a.jpg", caption="The quay.", credit="Ann Lee"),
        ),
    ],
)
def test_a_declared_picture_counts_where_none_is_printed(head: str, image: Image) -> None:
    assert images("", head) == [image]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The quay.", ("The quay.", None)),
        ("The quay. Photograph: Ann Lee", ("The quay.", "Ann Lee")),
        ("The quay in May (Ann Lee/AFP)", ("The quay in May", "Ann Lee/AFP")),
        ("The quay in May (Photo: Ann Lee)", ("The quay in May", "Ann Lee")),
        ("The quay in May (AP Photo/Ann Lee)", ("The quay in May", "AP Photo/Ann Lee")),
        ("새 배. [사진 출처 = 항구신문]", ("새 배.", "항구신문")),
        ("The quay (left). Photo: Ann Lee (AFP)", ("The quay (left).", "Ann Lee (AFP)")),
        ("The quay (left) | Photo: Ann Lee", ("The quay (left)", "Ann Lee")),
        ("사진=항구신문", (None, "항구신문")),
        ("The quay | Crédit photo : Anne Lelong", ("The quay", "Anne Lelong")),
        ("新しい船 写真：港新報", ("新しい船", "港新報")),
        (
            "The photo: a boat that nobody had seen. It sank.",
            ("The photo: a boat that nobody had seen. It sank.", None),
        ),
        ("", (None, None)),
    ],
)
def test_caption_and_credit(text: str, parts: tuple[str | None, str | None]) -> None:
    assert split_credit(text) == parts
