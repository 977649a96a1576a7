"""Text of a date -> the moment it names, no more precise than the text."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from pipelines.remembered import remembered
from scrapers.dating.clocks import clock, zone
from scrapers.vocabulary.dates import ERAS, SOLAR_HIJRI_MONTHS
from scrapers.vocabulary.months import MONTHS


class Moment(Struct, frozen=True, gc=False):
    """A day; with `time` the time of day; where its zone is known too, `instant`: both as one, with a fixed offset."""

    day: date
    time: time | None = None
    instant: datetime | None = None


def moment_at(day: date, at: time | None, zone: tzinfo | None) -> Moment:
    """Return the moment of a day, its time of day and their zone, as far as they are known."""
    if at is None or zone is None:
        return Moment(day, at)
    instant = datetime.combine(day, at, zone)
    if not isinstance(zone, timezone):
        instant = instant.replace(tzinfo=timezone(instant.utcoffset() or timedelta()))
    return Moment(day, at, instant)


class Found(NamedTuple):
    """A moment in a text, and where its date begins and ends."""

    moment: Moment
    start: int
    end: int


_ACCENTS = re.compile("[\u0300-\u036f]+")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


@remembered(4096)
def fold(text: str) -> str:
    """Return text as dates are compared in: lower case, ASCII digits, without accents; its length may differ."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    plain = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), plain)
    return unicodedata.normalize("NFC", plain).replace("ı", "i")


_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[ _T-]?(\d\d):?(\d\d)(?::?(\d\d))?)?")


def machine_moment(text: str, language: str = "", *, month_first: bool = False) -> Moment | None:
    """Return the moment that a machine wrote: ISO 8601, RFC 2822, epoch seconds or milliseconds, digits only."""
    text = text.strip()
    try:
        return _of_datetime(datetime.fromisoformat(text), timed=len(text) > 10)
    except ValueError:
        pass
    if match := _EPOCH.fullmatch(text):
        seconds = float(match[0])
        moment = datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
        return _of_datetime(moment, timed=True)
    if match := _COMPACT.match(text):
        day = _day(match[1], match[2], match[3])
        if day:
            at = _time(match[4], match[5], match[6]) if match[4] else None
            return moment_at(day, at, zone(text[match.end() :]))
    found = moments(text, language, month_first=month_first)
    return found[0].moment if found else None


def _of_datetime(moment: datetime, *, timed: bool) -> Moment:
    return Moment(moment.date(), moment.time(), moment if moment.tzinfo else None) if timed else Moment(moment.date())


_WORD = r"[^\W\d_][^\s\d,،()|/:;-]{0,24}"
_Y = r"(?P<y>(?:19|20)\d\d)"
_ANY_Y = r"(?P<y>(?:19|20|25|1[34])\d\d)"  # of the Buddhist era and the Persian calendar too
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_NEAR = 40  # characters between a date and its time of day, such as a weekday and "at"
_ORDINAL = r"(?:st|nd|rd|th|er|eme|[.ºª°])?"
_MAY_HOLD_DATE = re.compile(r"\d\d(?:\d\d|[./．／]\d\d[./．／]\d\d)")
_SHAPES = [
    (needle, re.compile(shape))
    for needle, shape in (
        ("", rf"(?<!\d){_ANY_Y}\s?[-/._年년]\s?{_M}\s?[-/._月월]\s?{_D}(?!\d)"),
        ("", rf"(?<![\d.:/-]){_D}\s?(?P<s>[-./])\s?(?P<m>3[01]|[12]\d|0?[1-9])\s?(?P=s)\s?{_ANY_Y}(?!\d)"),
        ("", r"(?<![\d.:/-])(?P<d>\d\d)(?P<s>[./])(?P<m>\d\d)(?P=s)(?P<short>\d\d)(?![\d%./:])"),
        ("年", rf"(?P<era>{'|'.join(ERAS)})\s?(?P<n>元|\d{{1,3}})\s?年\s?{_M}\s?月\s?{_D}\s?日"),
        ("年", rf"(?<!\d)(?P<minguo>1\d\d)\s?年\s?{_M}\s?月\s?{_D}\s?日"),
        ("thang", rf"(?<!\d){_D}\s*thang\s*{_M}[,\s]*(?:nam\s*)?{_Y}(?!\d)"),
        (
            "",
            rf"(?<![\d.:/-]){_D}(?![\d:]|\.\d)\s?{_ORDINAL}[\s.,/-]*(?:(?:de|of|ng)\s|d['’])?\s*"
            rf"(?P<word>{_WORD}(?:\s{_WORD})?)(?:\s?/\s?{_WORD})?[\s.,،/-]*(?:(?:del?|of)\s+)?['’]?"
            r"(?P<y>\d{4})(?!\d)",
        ),
        (
            "",
            rf"(?<![^\W_])(?P<word>{_WORD})[\s.]*{_D}(?![\d:]|\.\d)\s?{_ORDINAL}[\s.,،]*"
            r"(?P<clock>[\d:]{5,8}\s+(?:[a-z]{2,5}\s+)?)?(?P<y>\d{4})(?!\d)",
        ),
        (
            "",
            rf"(?<!\d){_Y}[\s.,-]*(?:(?:gada|m|г|ж)\b\.?)?\s*(?:{_D}[.\s]+)?(?P<word>{_WORD})[\s.,-]*"
            r"(?P<after>\d{1,2})?(?![\d:])",
        ),
    )
]  # with letters that every text of the shape holds, where few texts hold them


def may_hold_date(text: str) -> bool:
    """Tell whether a text holds what every shape of a date does; most texts do not."""
    return "年" in text or _MAY_HOLD_DATE.search(text) is not None


def moments(text: str, language: str = "", *, month_first: bool = False) -> list[Found]:
    """Return the moments that a short printed text names, in its order; times of day are looked for beside the dates.

    `language` and `month_first` decide where the same characters name different days: 3/4/2024, "lis" (November in
    Czech, October in Croatian).
    """
    if not (days := _days(text, language, month_first)):
        return []
    found: list[Found] = []
    folded = fold(text)
    last = 0
    for number, (start, end, inner, day) in enumerate(days, start=1):
        limit = days[number][0] if number < len(days) else len(folded)
        after, before = folded[end : min(limit, end + _NEAR)], folded[max(last, start - _NEAR) : start]
        at = clock(inner, language) or clock(after, language) or clock(before, language)
        found.append(Found(moment_at(day, *at) if at else Moment(day), start, end))
        last = end
    return found


def span(text: str) -> tuple[int, int] | None:
    """Return where in a folded text its first date begins and its last one ends."""
    days = _days(text, "", False)
    return (days[0][0], days[-1][1]) if days else None


def _days(text: str, language: str, month_first: bool) -> list[tuple[int, int, str, date]]:
    """Return where each date of a text begins and ends, folded, the time of day inside it, and the date."""
    if not may_hold_date(text):
        return []
    days: list[tuple[int, int, str, date]] = []
    for match in _shaped(fold(text)):
        start, end = match.span()
        if (day := _read(match, language, month_first)) and all(end <= a or start >= b for a, b, _, _ in days):
            days.append((start, end, match.groupdict().get("clock") or "", day))
    return sorted(days)


@remembered(64)
def _shaped(folded: str) -> list[re.Match[str]]:
    """Return what has the shape of a date in a folded text; remembered, for two parsers ask the same lines."""
    return [match for needle, shape in _SHAPES if needle in folded for match in shape.finditer(folded)]


def _read(match: re.Match[str], language: str, month_first: bool) -> date | None:
    """Return the day that a match of a shape names."""
    part = match.groupdict()
    day, month, year = part.get("d") or part.get("after"), part.get("m"), part.get("y")
    if era := part.get("era"):
        year = str(ERAS[era] + (1 if part["n"] == "元" else int(part["n"])))
    elif minguo := part.get("minguo"):
        year = str(ERAS["民國"] + int(minguo))
    elif short := part.get("short"):
        year = f"20{short}"
    if (separator := part.get("s")) and day and month:
        american = month_first and (separator == "/" or (separator == "-" and language == "en"))
        if int(month) > 12 or (american and int(day) <= 12):
            day, month = month, day
    if word := part.get("word"):
        return _worded(day, word.replace("\u200c", ""), year, language)
    if year and int(year) < 1500:
        return _of_solar_hijri(int(year), int(month or 0), int(day or 0)) if language in ("fa", "ps") else None
    return _day(year, month, day)


def _worded(day: str | None, word: str, year: str | None, language: str) -> date | None:
    if not day or not year:
        return None
    words = word.split()
    for name in ("_".join(words), words[0]):
        name = name.strip(".׳")
        if month := _month(name, language):
            return _day(year, month, day)
        if name in SOLAR_HIJRI_MONTHS:
            return _of_solar_hijri(int(year), SOLAR_HIJRI_MONTHS.index(name) + 1, int(day))
    return None


def _day(year: str | int | None, month: str | int | None, day: str | int | None) -> date | None:
    past = 543 if 2400 < int(year or 0) < 2700 else 0  # the Buddhist era
    try:
        return date(int(year or 0) - past, int(month or 0), int(day or 0))
    except ValueError:
        return None


@cache
def _names() -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Return the months by language and name, and by name where all languages agree."""
    by_language: dict[str, dict[str, int]] = {}
    agreed: dict[str, set[int]] = {}
    for language, months in MONTHS.items():
        names = by_language[language] = {}
        for number, spellings in enumerate(months.split(), start=1):
            for name in fold(spellings).split("|"):
                names.setdefault(name, number)
                agreed.setdefault(name, set()).add(number)
    return by_language, {name: numbers.pop() for name, numbers in agreed.items() if len(numbers) == 1}


def _month(name: str, language: str) -> int | None:
    by_language, agreed = _names()
    return by_language.get(language, {}).get(name) or agreed.get(name) or agreed.get(name.removeprefix("ב"))


def _of_solar_hijri(year: int, month: int, day: int) -> date | None:
    """Return the day of the Persian calendar, right for the years 1343 to 1472 (1964 to 2093)."""
    if not (1343 <= year <= 1472 and 1 <= day <= 31):
        return None
    leaps = sum(at % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for at in range(1343, year))
    months = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date(1964, 3, 21) + timedelta(days=365 * (year - 1343) + leaps + months + day - 1)


def _time(hour: str, minute: str, second: str | None) -> time | None:
    try:
        return time(int(hour), int(minute), int(second or 0))
    except ValueError:
        return None
