"""One form for each field, and a count for each change."""

from __future__ import annotations

from pipelines.article import Article, Image, Rejection, article_id, content_hash
from pipelines.normalize import Normalize
from tests.pipelines.stages import counted, stage


def test_fields_are_brought_to_one_form() -> None:
    normalize = stage(Normalize)
    item = normalize.process_item(
        Article(
            url="https://www.Harbour.example/a?utm_source=feed",
            canonical_url="https://harbour.example/a?fbclid=1",
            title=" Harbour\u00a0opens ",
            description="",
            authors=["Sean O\u2019Dunne", "Sean O'Dunne", " "],
            keywords=["Port", "port", "Ships"],
            body="One.\n\n\n\nTwo &amp; three.",
            images=[Image(url="https://harbour.example/a.jpg", caption=" A  ship ")],
        )
    )
    assert item == Article(
        id=article_id("https://harbour.example/a"),
        url="https://www.harbour.example/a",
        canonical_url="https://harbour.example/a",
        site="harbour.example",
        title="Harbour opens",
        authors=["Sean O'Dunne"],
        keywords=["Port", "Ships"],
        body="One.\n\nTwo & three.",
        images=[Image(url="https://harbour.example/a.jpg", caption="A ship")],
        content_hash=content_hash("Harbour opens", "One.\n\nTwo & three."),
    )


def test_every_change_is_counted() -> None:
    normalize = stage(Normalize)
    normalize.process_item(
        Article(url="https://harbour.example/a?utm_id=1", title="e\u0301 &amp; \x07", authors=["O\u2019D", "O'D"])
    )
    assert counted(normalize) == {
        "normalize/url": 1,
        "normalize/control_characters": 1,
        "normalize/entities": 1,
        "normalize/nfc": 1,
        "normalize/white_space": 1,
        "normalize/typography": 1,
        "normalize/repeated_names": 1,
    }


def test_a_title_that_no_headline_can_be_is_cut() -> None:
    normalize = stage(Normalize)
    item = normalize.process_item(Article(url="https://harbour.example/a", title="Harbour " * 131_072, body="B."))
    assert isinstance(item, Article)
    assert item.title
    assert item.title.endswith("Harbour …")
    assert len(item.title) <= 1000
    assert counted(normalize)["normalize/length"] == 1


def test_an_image_without_an_address_is_dropped_alone() -> None:
    normalize = stage(Normalize)
    good = Image(url="https://harbour.example/a.jpg")
    bad = [
        Image(url=url) for url in ("http://:0", "http://[", "http://a:b/c.jpg", "http://", "data:image/gif;base64,R0")
    ]
    item = normalize.process_item(Article(url="https://harbour.example/a", title="A", body="B.", images=[*bad, good]))
    assert isinstance(item, Article)
    assert item.images == [good]
    assert counted(normalize) == {"normalize/unaddressed_images": len(bad)}


def test_what_is_normal_is_left_alone() -> None:
    normalize = stage(Normalize)
    normalize.process_item(Article(url="https://harbour.example/a", title="Harbour opens", body="One.\n\nTwo."))
    assert counted(normalize) == {}


def test_a_rejection_gets_its_site() -> None:
    item = stage(Normalize).process_item(Rejection(url="https://www.harbour.example/a", reason="listing"))
    assert item.site == "harbour.example"
