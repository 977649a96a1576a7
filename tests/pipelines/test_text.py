"""Text brought to one form."""

from __future__ import annotations

import pytest

from pipelines import text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Le vent\u0092 tourne", "Le vent\u2019 tourne"),
        ("har\u00adbour\u200b", "harbour"),
        ("bell\x07 and\x00 nul", "bell and nul"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("wait\x85", "wait\u2026"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("kept\nlines\tand tabs", "kept\nlines\tand tabs"),
        ("\u202egpj.live\u202c and \u2066one\u2069", "gpj.live and one"),  # prints as evil.jpg
        ("שלום\u200f!", "שלום\u200f!"),  # a direction mark puts the sign where it belongs
        ("pass\u200dword, har\u200cbour, 港\u200d口", "password, harbour, 港口"),
        ("क्\u200dष और क्\u200cष", "क्\u200dष और क्\u200cष"),
        ("👩\u200d💻 ❤\ufe0f\u200d🔥", "👩\u200d💻 ❤\ufe0f\u200d🔥"),
        ("\u200cstart, \u2063 \u180e \u3164 \ufff9", "start,    "),
        ("hid\U000e0068\U000e0069den", "hidden"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",) * 2,  # the flag of England
    ],
)
def test_without_controls(given: str, expected: str) -> None:
    assert text.without_controls(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Tom &amp; Ana", "Tom & Ana"),
        ("l&#8217;&eacute;t&eacute;", "l\u2019été"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("no entity & none;", "no entity & none;"),
    ],
)
def test_unescaped(given: str, expected: str) -> None:
    assert text.unescaped(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("The harbour opens", "The harbour opens"),
        ("The harbour opens again", "The harbour opens …"),
        ("x" * 30, "x" * 18 + " …"),
    ],
)
def test_shortened(given: str, expected: str) -> None:
    assert text.shortened(given, 20) == expected


def test_composed() -> None:
    assert text.composed("e\u0301te\u0301") == "été"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("  A\u00a0 harbour\n opens ", "A harbour opens"),
        ("\u3000港口開放", "港口開放"),
    ],
)
def test_one_line(given: str, expected: str) -> None:
    assert text.one_line(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("One.\r\n\r\n\r\nTwo.", "One.\n\nTwo."),
        (" One \u00a0 line \n of two.\n \nNext. ", "One line\nof two.\n\nNext."),
        ("One.\u2029Two.", "One.\n\nTwo."),
        ("One.\r\rTwo\u2028lines.\x0b\x0cThree.", "One.\n\nTwo\nlines.\n\nThree."),
        ("\n\n", ""),
    ],
)
def test_paragraphs(given: str, expected: str) -> None:
    assert text.paragraphs(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Sean O\u2019Dunne", "Sean O'Dunne"),
        ("Anne\u2011Lise Mork", "Anne-Lise Mork"),
        ("ＡＢＣ", "ABC"),
        ("ตลาดน้ำ", "ตลาดน้ำ"),  # NFKC would take its last vowel apart
    ],
)
def test_plain_typography(given: str, expected: str) -> None:
    assert text.plain_typography(given) == expected
