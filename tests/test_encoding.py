"""Charsets as pages declare them, rightly and wrongly."""

from __future__ import annotations

import pytest

from scrapers import encoding
from scrapers.page import ArticlePage

TEXTS = {
    "fr": "L'été dernier, la municipalité de Saint-Élier a rénové l'école élémentaire où étudièrent ses aînés. ",
    "de": "Der Bürgermeister von Grünstädt eröffnete gestern die größte Brücke über den Mühlbach. ",
    "pl": "Rada miasta Żółwin zdecydowała wczoraj, że most przez rzekę Świnkę będzie zamknięty do września. ",
    "ru": "Вчера в городе Синегорске открыли новый мост через реку Быструю, сообщили в администрации. ",
    "zh": "昨天上午，青石镇举行了新图书馆的开馆仪式，数百名市民参加了活动。镇长表示，图书馆将免费开放。",
    "zh-Hant": "昨天上午，青石鎮舉行了新圖書館的開館儀式，數百名市民參加了活動。鎮長表示，圖書館將免費開放。",
    "ja": "昨日、青石町で新しい図書館の開館式が行われ、数百人の市民が参加しました。町長は無料で開放すると述べました。",
    "ko": "어제 오전 청석읍에서 새 도서관 개관식이 열려 수백 명의 시민이 참석했다. 읍장은 무료로 개방한다고 말했다. ",
    "tr": "Belediye başkanı dün Gümüşköy'de şehrin en büyük köprüsünü açtı ve çocuklara çiçek dağıttı. ",
    "th": "เมื่อวานนี้ เทศบาลเมืองหินเขียวได้เปิดห้องสมุดแห่งใหม่ และมีประชาชนหลายร้อยคนเข้าร่วม ",
    "el": "Χθες ο δήμαρχος της Πετρούπολης εγκαινίασε τη νέα γέφυρα πάνω από το ποτάμι της πόλης. ",
    "ar": "افتتح رئيس البلدية أمس المكتبة الجديدة في وسط المدينة بحضور مئات السكان. ",
}


def page(text: str, codec: str, meta: str = "") -> bytes:
    declared = f"<meta charset={meta}>" if meta else ""
    return f"<html><head>{declared}<title>x</title></head><body><p>{text * 20}</p>".encode(codec)


@pytest.mark.parametrize(
    ("language", "written", "meta", "charset", "evidence"),
    [
        ("fr", "utf-8", "utf-8", "utf-8", "meta"),
        ("fr", "utf-8", "iso-8859-1", "utf-8", "utf-8"),
        ("fr", "utf-8", "", "utf-8", "utf-8"),
        ("fr", "utf-8", "utf8mb4", "utf-8", "meta"),
        ("fr", "utf-8", "no-such-charset", "utf-8", "utf-8"),
        ("fr", "utf-8", "hex", "utf-8", "utf-8"),
        ("fr", "utf-8", "utf-16", "utf-8", "meta"),
        ("fr", "utf-8", "utf-7", "utf-8", "utf-8"),
        ("fr", "cp1252", "utf-8", "cp1252", "detected"),
        ("fr", "cp1252", "iso-8859-1", "cp1252", "meta"),
        ("fr", "utf-16-le", "", "utf-16-le", "bytes"),
        ("fr", "utf-16-be", "utf-8", "utf-16-be", "bytes"),
        ("fr", "utf-16", "", "utf-16", "bom"),
        ("fr", "utf-8-sig", "gbk", "utf-8", "bom"),
        ("fr", "utf-32", "", "utf-32", "bom"),
        ("pl", "cp1250", "windows-1250", "cp1250", "meta"),
        ("pl", "iso8859-2", "iso-8859-2", "iso8859-2", "meta"),
        ("ru", "cp1251", "windows-1251", "cp1251", "meta"),
        ("ru", "cp1251", "iso-8859-1", "cp1251", "detected"),
        ("ru", "cp1251", "utf-8", "cp1251", "detected"),
        ("ru", "koi8-r", "", "koi8-u", "detected"),
        ("zh", "gb18030", "gb2312", "gb18030", "meta"),
        ("zh", "gbk", "utf-8", "gb18030", "detected"),
        ("zh", "gbk", "iso-8859-1", "gb18030", "detected"),
        ("zh", "gbk", "x-gbk", "gb18030", "meta"),
        ("zh", "utf-8", "gb2312", "utf-8", "utf-8"),
        ("zh-Hant", "big5", "big5", "big5hkscs", "meta"),
        ("zh-Hant", "big5", "", "big5hkscs", "detected"),
        ("ja", "shift_jis", "x-sjis", "cp932", "meta"),
        ("ja", "cp932", "", "cp932", "detected"),
        ("ja", "euc_jp", "shift_jis", "euc_jp", "detected"),
        ("ja", "euc_jp", "x-euc-jp", "euc_jp", "meta"),
        ("ja", "iso2022_jp", "", "iso2022_jp", "bytes"),
        ("ko", "cp949", "euc-kr", "cp949", "meta"),
        ("ko", "cp949", "", "cp949", "detected"),
        ("tr", "cp1254", "iso-8859-9", "cp1254", "meta"),
        ("th", "cp874", "tis-620", "cp874", "meta"),
        ("el", "cp1253", "", "cp1253", "detected"),
        ("ar", "cp1256", "windows-1256", "cp1256", "meta"),
    ],
)
def test_charset_of_a_page(language: str, written: str, meta: str, charset: str, evidence: str) -> None:
    text = TEXTS[language]
    html = page(text, written, meta)
    assert encoding.detect(html) == (charset, evidence)
    document = ArticlePage.from_html(html).document
    assert text.strip() in "".join(document.tree.itertext())


def test_header_goes_before_meta_where_both_fit() -> None:
    assert encoding.detect(page(TEXTS["ru"], "cp1251", "koi8-r"), declared="windows-1251") == ("cp1251", "http")


def test_wrong_header_gives_way_to_meta() -> None:
    assert encoding.detect(page(TEXTS["ja"], "cp932", "shift_jis"), declared="UTF-8") == ("cp932", "meta")


def test_site_default_answers_where_the_page_is_silent() -> None:
    assert encoding.detect(page(TEXTS["pl"], "iso8859-2"), default="iso-8859-2") == ("iso8859-2", "site")


def test_top_level_domain_helps() -> None:
    assert encoding.detect("<p>Gümüşköy</p>".encode("cp1254"), tld="tr") == ("cp1254", "detected")
    assert encoding.detect(b"<p>caf\xe9", tld="::not a domain::") == ("cp1252", "detected")


def test_http_header_with_quotes_and_parameters() -> None:
    assert encoding.detect(page(TEXTS["zh"], "gbk"), declared='"GB2312"; x=y') == ("gb18030", "http")


def test_xml_declaration() -> None:
    html = b'<?xml version="1.0" encoding="koi8-r"?>' + page(TEXTS["ru"], "koi8-r")
    assert encoding.detect(html) == ("koi8-r", "meta")


def test_cut_off_and_slightly_broken_pages_keep_their_charset() -> None:
    html = page(TEXTS["zh"], "utf-8", "utf-8")
    assert encoding.detect(html[:-5] + b"\xff" + html[-300:-4]) == ("utf-8", "meta")


def test_a_page_with_one_broken_character_keeps_the_charset_that_it_declares() -> None:
    """Few characters beyond ASCII, and one of them cut in two."""
    html = page("\U0001f680 Harbour opens \u2013 at last", "utf-8", "utf-8").replace(b"opens", b"opens \xf0\x9f")
    assert encoding.detect(html) == ("utf-8", "meta")


def test_ascii_page_is_what_it_declares() -> None:
    assert encoding.detect(b"<p>plain", declared="gb2312") == ("gb18030", "http")
    assert encoding.detect(b"<p>plain") == ("utf-8", "utf-8")
    assert encoding.detect(b"") == ("utf-8", "utf-8")
