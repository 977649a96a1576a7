"""Times in the five fields of crontab(5): minute, hour, day of month, month, day of week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_SHORTHANDS = {
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
}  # fmt: skip
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day of month", 1, 31), ("month", 1, 12), ("day of week", 0, 7))
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month."""
_NAMES = {"month": _MONTHS, "day of week": _DAYS}
_PART = re.compile(r"(?:(?P<all>\*)|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d+))?")


@dataclass(frozen=True)
class Cron:
    """When something is due; each field is the values that it may have, `None` for any."""

    text: str
    """The five fields as written."""

    minutes: list[int] | None
    hours: list[int] | None
    days: list[int] | None
    months: list[int] | None
    weekdays: list[int] | None
    """0 is Sunday."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an expression, or a shorthand such as `@hourly`; raise `ValueError` with what is wrong.

        Where both kinds of day are given cron means either and everybody expects both, so that is refused.
        """
        text = _SHORTHANDS.get(text.strip(), text.strip())
        parts = text.split()
        if len(parts) != len(_FIELDS):
            raise ValueError(f"{text!r} has {len(parts)} fields instead of 5: minute hour day month weekday")
        fields = [_values(part, *field) for part, field in zip(parts, _FIELDS, strict=True)]
        if fields[2] is not None and fields[4] is not None:
            raise ValueError(f"{text!r} names days of the month and of the week: give one of them")
        if fields[2] and fields[3] and min(fields[2]) > max(_LONGEST[month] for month in fields[3]):
            raise ValueError(f"{text!r} names a day that no such month has")
        return cls(" ".join(parts), *fields)

    @property
    def trigger(self) -> dict[str, str]:
        """The fields as APScheduler's CronTrigger takes them, which numbers the days of the week otherwise."""
        weekdays = "*" if self.weekdays is None else ",".join(_DAYS[day] for day in self.weekdays)
        return {
            "minute": _joined(self.minutes),
            "hour": _joined(self.hours),
            "day": _joined(self.days),
            "month": _joined(self.months),
            "day_of_week": weekdays,
        }

    def on_calendar(self, timezone: str) -> str:
        """Return the times as systemd.time(7) writes them: `Mon,Tue *-*-* 06,18:00:00 Europe/Berlin`."""
        weekdays = "" if self.weekdays is None else ",".join(_DAYS[day].capitalize() for day in self.weekdays) + " "
        date = f"*-{_joined(self.months, 2)}-{_joined(self.days, 2)}"
        return f"{weekdays}{date} {_joined(self.hours, 2)}:{_joined(self.minutes, 2)}:00 {timezone}"


def _values(text: str, name: str, lowest: int, highest: int) -> list[int] | None:
    if text == "*":
        return None
    values: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        step = int(match["step"] or 1) if match else 0
        if match is None or step == 0:
            raise ValueError(f"{name} {text!r}: {part!r} is no value, range or step")
        first = lowest if match["all"] else _number(match["first"], name, lowest, highest)
        if match["all"] or (match["step"] and not match["last"]):
            last = highest
        else:
            last = _number(match["last"] or match["first"], name, lowest, highest)
        if last < first:
            raise ValueError(f"{name} {text!r}: {part!r} runs backwards")
        values.update(range(first, last + 1, step))
    if name == "day of week":
        values = {value % 7 for value in values}
    is_any = len(values) == (7 if name == "day of week" else highest - lowest + 1)
    return None if is_any else sorted(values)


def _number(text: str, name: str, lowest: int, highest: int) -> int:
    names = _NAMES.get(name, ())
    number = names.index(text.lower()) if text.lower() in names else int(text) if text.isdecimal() else -1
    if not lowest <= number <= highest:
        raise ValueError(f"{name} {text!r} is not between {lowest} and {highest}")
    return number


def _joined(values: list[int] | None, width: int = 1) -> str:
    return "*" if values is None else ",".join(f"{value:0{width}}" for value in values)
