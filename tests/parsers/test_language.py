"""The language of the text: declaration and text together."""

from __future__ import annotations

import pytest

from scrapers.entry import Entry
from scrapers.page import ArticlePage
from scrapers.parsers.language import tag_of

TEXTS = {
    "en": "The mayor of Halmere opened the new library on Monday and promised that it would stay free for everyone. ",
    "de": "Der Bürgermeister von Halmeer hat am Montag die neue Bücherei eröffnet und freien Eintritt versprochen. ",
    "fr": "Le maire de Halmère a inauguré lundi la nouvelle bibliothèque et promis que l'entrée resterait gratuite. ",
    "id": "Wali kota Halmere meresmikan perpustakaan baru pada hari Senin dan berjanji bahwa masuknya tetap gratis. ",
    "pt": "O prefeito de Halmere inaugurou na segunda-feira a nova biblioteca e prometeu que a entrada será gratuita. ",
    "no": "Ordføreren i Halmere åpnet det nye biblioteket på mandag og lovet at det fortsatt skal være gratis. ",
    "zu": "Imeya yaseHalmere ivule umtapo wolwazi omusha ngoMsombuluko yathembisa ukuthi uzohlala umahhala. ",
    "zh-Hans": "市长周一为新图书馆揭幕，并承诺对所有市民免费开放。这座图书馆有三层楼，实现了电子借书。",
    "zh-Hant": "市長週一為新圖書館揭幕，並承諾對所有市民免費開放。這座圖書館有三層樓，實現了電子借書。",
    "ja": "市長は月曜日、新しい図書館を開館し、誰でも無料で利用できると約束した。館内には三つの階がある。",
    "ko": "시장은 월요일 새 도서관을 열고 누구나 무료로 이용할 수 있다고 약속했다. 도서관은 삼 층 건물이다. ",
    "th": "นายกเทศมนตรีเปิดห้องสมุดแห่งใหม่เมื่อวันจันทร์ และสัญญาว่าทุกคนจะเข้าใช้ได้โดยไม่เสียค่าใช้จ่าย ",
    "it": "Il sindaco di Alimare ha aperto lunedì la nuova biblioteca con una festa al parco del porto, o quasi. ",
    "da": "Til festen på havnen sagde borgmesteren, at huset kan åbne, så snart en ny bro er bygget, men ikke før. ",
    "af": "Die nuwe biblioteek was vol by die opening, of dit nou reën of nie, en toegang is gratis as jy hier bly. ",
    "he": "ראש העיר פתח ביום שני את הספרייה החדשה והבטיח שהכניסה אליה תישאר חינם לכל התושבים. ",
}


def read(
    head: str, text: str, page: type[ArticlePage] = ArticlePage, entry: Entry | None = None
) -> tuple[str | None, ...]:
    """Return the language of a page and the evidence for it."""
    candidate = page.from_html(f"{head}<title>x</title><p>{TEXTS.get(text, text) * 4}</p>", entry=entry).read(
        "language"
    )
    return (candidate.value, candidate.source) if candidate else (None, None)


@pytest.mark.parametrize(
    ("head", "text", "language", "source"),
    [
        ("<html lang=en>", "en", "en", "html-lang"),
        ("<html lang=en-gb>", "en", "en-GB", "html-lang"),
        ("<html xml:lang=fr_CA>", "fr", "fr-CA", "html-lang"),
        ("<html lang=pt_br>", "pt", "pt-BR", "html-lang"),
        ("<html lang=''><meta property=og:locale content=de_AT>", "de", "de-AT", "meta:og:locale"),
        (
            "<html lang=x-default><meta http-equiv=content-language content='fr, en'>",
            "fr",
            "fr",
            "meta:content-language",
        ),
        ("<meta name=language content=German>", "de", "de", "meta:language"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "inLanguage": {"name": "fr-BE"}}</script>',
            "fr",
            "fr-BE",
            "json-ld",
        ),
        # the template's language is not the text's
        ("<html lang=en>", "id", "id", "text"),
        ("<html lang=en><meta property=og:locale content=en_US>", "zu", "zu", "text"),
        ("<html lang=en><meta property=og:locale content=fr_FR>", "fr", "fr-FR", "meta:og:locale"),
        ("<html lang=en-US>", "th", "th", "text"),
        ("<html lang=en>", "he", "he", "text"),
        ("<html lang=es>", "it", "it", "text"),  # they share many of their commonest words
        ("<html lang=sv>", "da", "da", "text"),
        ("<html lang=en>", "af", "af", "text"),
        # too close to be told apart by the text
        ("<html lang=nb-NO>", "no", "nb-NO", "html-lang"),
        ("<html lang=ms>", "id", "ms", "html-lang"),
        # scripts
        ("<html lang=zh>", "zh-Hans", "zh-Hans", "html-lang"),
        ("<html lang=zh>", "zh-Hant", "zh-Hant", "html-lang"),
        ("<html lang=zh-TW>", "zh-Hant", "zh-TW", "html-lang"),
        ("<html lang=zh-CN>", "zh-Hant", "zh-Hant", "html-lang"),
        ("<html lang=en>", "zh-Hans", "zh-Hans", "text"),
        ("<html lang=jp>", "ja", "ja", "html-lang"),
        ("<html lang=kr>", "ko", "ko", "html-lang"),
        # no declaration
        ("", "de", "de", "text"),
        ("<html lang=utf-8>", "ja", "ja", "text"),
        # no text to speak of
        ("<html lang=en>", "x", "en", "html-lang"),
        ("", "1", None, None),
        ("<html lang=en>", "\x00\ufffe\ud800", "en", "html-lang"),
    ],
)
def test_language(head: str, text: str, language: str | None, source: str | None) -> None:
    assert read(head, text) == (language, source)


def test_default_of_the_site_and_word_of_the_feed() -> None:
    page = type("Page", (ArticlePage,), {"default_language": "fr"})
    assert read("", "x", page) == ("fr", "site")
    assert read("", "x", entry=Entry(url="", source="feed", language="de-de")) == ("de-DE", "feed")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("EN_us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("zh-cmn-hans", "zh-Hans"),
        ("sr-Latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("deu", "de"),
        ("de_DE.UTF-8", "de-DE"),
        ("Français", "fr"),
        ("", None),
        (None, None),
        ("x-default", None),
        ("und", None),
        ("{{lang}}", None),
        ("utf-8", None),
    ],
)
def test_tags(text: str | None, tag: str | None) -> None:
    assert tag_of(text) == tag
