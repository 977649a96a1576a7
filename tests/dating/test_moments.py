"""Texts of dates in many languages, and the moment that each names."""

from __future__ import annotations

import pytest

from scrapers.dating.moments import machine_moment, moments


def said(text: str, language: str = "", *, month_first: bool = False) -> str | None:
    """Return the first moment of a text: its instant, else its day with the time of day."""
    found = moments(text, language, month_first=month_first)
    if not found:
        return None
    moment = found[0].moment
    if moment.instant:
        return moment.instant.isoformat()
    return f"{moment.day} {moment.time}" if moment.time else str(moment.day)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Mis à jour le 24-10-2019", "2019-10-24"),
        ("fr", "French.example.org | Mis à jour le 29. 12. 2020 | Mots clés : pont", "2020-12-29"),
        ("fr", "Le 1er août 2023 à 14h30", "2023-08-01 14:30:00"),
        ("fr", "Publié le mardi 5 décembre 2023", "2023-12-05"),
        ("en", "Published March 5, 2024 at 10:32 AM EDT", "2024-03-05T10:32:00-05:00"),
        ("en", "Published July 5, 2024 at 10:32 AM EST", "2024-07-05T10:32:00-04:00"),
        ("en", "Posted 6:24 p.m. Oct. 3, 2024", "2024-10-03 18:24:00"),
        ("en", "5th of March 2024, 12:05am GMT", "2024-03-05T00:05:00+00:00"),
        ("en", "Tuesday 5 March 2024 17.45 BST", "2024-03-05T17:45:00+00:00"),
        ("en", "05-Mar-2024", "2024-03-05"),
        ("en", "Sept. 5 2024", "2024-09-05"),
        ("en", "Tue Mar 05 2024 10:00:00 GMT+0100 (CET)", "2024-03-05T10:00:00+01:00"),
        ("en", "Tue Mar  5 10:00:00 CET 2024", "2024-03-05T10:00:00+01:00"),
        ("de", "Dienstag, 5. März 2024, 10:30 Uhr MEZ", "2024-03-05T10:30:00+01:00"),
        ("de", "10.30 Uhr, 05.03.2024", "2024-03-05 10:30:00"),
        ("de", "05.03.24", "2024-03-05"),
        ("de", "5. Jänner 2024", "2024-01-05"),
        ("es", "5 de enero del 2024 - 09:15 h", "2024-01-05 09:15:00"),
        ("ca", "5 d'abril de 2024", "2024-04-05"),
        ("pt", "5 de março de 2024 às 14h30", "2024-03-05 14:30:00"),
        ("it", "5 marzo 2024 ore 8:05", "2024-03-05 08:05:00"),
        ("nl", "5 mrt 2024", "2024-03-05"),
        ("sv", "5 maj 2024 kl. 10.30", "2024-05-05 10:30:00"),
        ("fi", "5. maaliskuuta 2024", "2024-03-05"),
        ("pl", "5 października 2024", "2024-10-05"),
        ("cs", "1. lis 2023", "2023-11-01"),
        ("hr", "1. lis 2023", "2023-10-01"),
        ("hu", "2024. március 5., kedd 10:20", "2024-03-05 10:20:00"),
        ("lt", "2024 m. kovo 5 d. 10:20", "2024-03-05 10:20:00"),
        ("lv", "2024. gada 5. marts", "2024-03-05"),
        ("ru", "5 марта 2024 в 10:30 МСК", "2024-03-05T10:30:00+03:00"),
        ("uk", "5 лютого 2024 р.", "2024-02-05"),
        ("bg", "5 март 2024 г.", "2024-03-05"),
        ("el", "5 Μαρτίου 2024, 3:05 μ.μ.", "2024-03-05 15:05:00"),
        ("tr", "12 KASIM 2024 Salı 09:10", "2024-11-12 09:10:00"),
        ("ar", "٥ مارس ٢٠٢٤", "2024-03-05"),
        ("ar", "5 كانون الثاني 2024", "2024-01-05"),
        ("ar", "5 نيسان / أبريل 2024 10:15 م", "2024-04-05 22:15:00"),
        ("he", "5 במרץ 2024", "2024-03-05"),
        ("hi", "5 मार्च 2024", "2024-03-05"),
        ("bn", "৫ মার্চ ২০২৪", "2024-03-05"),
        ("th", "5 มีนาคม 2567 เวลา 10:30 น.", "2024-03-05 10:30:00"),
        ("th", "5 มี.ค. 2567", "2024-03-05"),
        ("th", "05/03/2567 10:30", "2024-03-05 10:30:00"),
        ("fa", "۱۴۰۲/۱۲/۱۵ - ۱۰:۳۰", "2024-03-05 10:30:00"),
        ("vi", "Thứ ba, 5/3/2024, 10:30 (GMT+7)", "2024-03-05T10:30:00+07:00"),
        ("vi", "5 tháng 3 năm 2024", "2024-03-05"),
        ("id", "Selasa, 5 Mei 2024 10:30 WIB", "2024-05-05T10:30:00+07:00"),
        ("zh", "发布时间：2024年3月5日 下午3:05", "2024-03-05 15:05:00"),
        ("zh", "民國113年3月5日", "2024-03-05"),
        ("zh", "113年3月5日", "2024-03-05"),
        ("zh", "2024-03-05 10:30 CST", "2024-03-05T10:30:00+08:00"),
        ("ja", "令和6年3月5日 10時30分", "2024-03-05 10:30:00"),
        ("ja", "令和元年6月1日", "2019-06-01"),
        ("ko", "입력 2024.03.05 오후 3:05", "2024-03-05 15:05:00"),
        ("ko", "2024년 3월 5일", "2024-03-05"),
        ("fa", "۱۵ اسفند ۱۴۰۲ - ۱۰:۳۰", "2024-03-05 10:30:00"),
        ("fa", "1 فروردین 1403", "2024-03-20"),
        ("en", "15/12/1402", None),
        ("", "12", None),
        ("", "de", None),
        ("", "may", None),
        ("en", "31 February 2024", None),
        ("en", "12 comments, 2024 words", None),
        ("en", "Version 10.0.19.45", None),
        ("en", "March 2024", None),
        ("en", "Call 555-2024-10 now", None),
        ("en", "word " * 5_000, None),
        ("en", "1" * 5_000, None),
    ],
)
def test_printed_text(language: str, text: str, expected: str | None) -> None:
    assert said(text, language) == expected


@pytest.mark.parametrize(
    ("text", "month_first", "expected"),
    [
        ("3/4/2024", True, "2024-03-04"),
        ("3/4/2024", False, "2024-04-03"),
        ("3/14/2024", False, "2024-03-14"),
        ("14/3/2024", True, "2024-03-14"),
        ("2024/3/4", True, "2024-03-04"),
    ],
)
def test_order_of_day_and_month(text: str, month_first: bool, expected: str) -> None:
    assert said(text, month_first=month_first) == expected


def test_each_date_has_its_own_time() -> None:
    found = [f.moment for f in moments("Published 5 March 2024 09:00, updated 6 March 2024 10:30", "en")]
    assert [f"{moment.day} {moment.time}" for moment in found] == ["2024-03-05 09:00:00", "2024-03-06 10:30:00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00+00:00"),
        ("2024-03-05T10:00:00.123+0100", "2024-03-05T10:00:00.123000+01:00"),
        ("2024-03-05 10:00:00 -0330", "2024-03-05T10:00:00-03:30"),
        ("2024-03-05T10:00:00 UTC", "2024-03-05T10:00:00+00:00"),
        ("Tue, 05 Mar 2024 10:00:00 +0100", "2024-03-05T10:00:00+01:00"),
        ("Tue, 05 Mar 2024 10:00:00 EST", "2024-03-05T10:00:00-05:00"),
        ("1709632800", "2024-03-05T10:00:00+00:00"),
        ("1709632800000", "2024-03-05T10:00:00+00:00"),
        ("20240305T100000Z", "2024-03-05T10:00:00+00:00"),
        ("20240305100000", None),
        ("20240305", None),
        ("2024-03-05", None),
        ("2024-03-05T10:00:00", None),
    ],
)
def test_machine_text_gives_an_instant_only_with_time_and_zone(text: str, expected: str | None) -> None:
    moment = machine_moment(text)
    assert moment is not None
    assert str(moment.day) == "2024-03-05"
    assert (moment.instant.isoformat() if moment.instant else None) == expected


@pytest.mark.parametrize(
    "text", ["", "0000-00-00", "2024-13-45", "never", "99999999999999999999", "{{date}}", "null", "-1"]
)
def test_machine_text_without_a_date(text: str) -> None:
    assert machine_moment(text) is None
