"""When a page says that its article was published and changed: the dates that it offers, weighed against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from scrapers.dating.datings import Dated, Datings
from scrapers.dating.moments import Moment

if TYPE_CHECKING:
    from scrapers.document import Document

_PRINTED = 4.5  # the most that a printed date can add to a day
_trust = attrgetter("trust")
_MIDNIGHT = time()
_UTC = timedelta()
_DAY = timedelta(days=1)
_OFFSETS = {timedelta(hours=hours) for hours in (*range(-12, 15), -3.5, 3.5, 4.5, 5.5, 5.75, 6.5, 9.5, 10.5)}


class Dates:
    """When the article of one page was published and changed."""

    def __init__(self, document: Document) -> None:
        self._offers = Datings(document)

    def read(self, text: str) -> Moment | None:
        """Return the moment that a text of the page names; None if it names none that can be true."""
        return self._offers.read(text)

    @cached_property
    def published(self) -> list[Dated]:
        """What tells when the article was published, the most trusted first."""
        found = self._offers.machine()
        if not self._is_settled(found):
            found += [dated for dated in self._offers.near if dated.family != "modified"]
        return sorted(_placed(self._without_changes(found)), key=_trust, reverse=True)

    def _is_settled(self, found: Collection[Dated]) -> bool:
        """Return whether an instant is known, and a day that no printed date can outvote."""
        if not any(dated.moment.instant for dated in found):
            return False
        first, second, *_ = (*sorted(self._votes(found).values(), reverse=True), 0.0)
        return first - second >= _PRINTED

    @cached_property
    def modified(self) -> list[Dated]:
        """What tells when the article was last changed, the most trusted first."""
        found = self._offers.changes() or [dated for dated in self._offers.near if dated.family == "modified"]
        return sorted(found, key=_trust, reverse=True)

    def _without_changes(self, found: list[Dated]) -> list[Dated]:
        """Trust a publication less that is the last change in disguise, where a good source tells another."""
        changes = {_second(dated.moment) for dated in self.modified} - {None}
        disguised = [dated for dated in found if _second(dated.moment) in changes]
        if not disguised:
            return found
        clocks = {_minute(dated.moment) for dated in self.modified if dated.moment.instant}
        others = [dated.moment for dated in found if dated.trust >= 5 and dated not in disguised]
        if all(not moment.instant and _minute(moment) in clocks for moment in others):
            return found
        return [replace(dated, trust=dated.trust / 2) if dated in disguised else dated for dated in found]

    @cached_property
    def days(self) -> list[tuple[date, str]]:
        """The days of publication that the page offers with the best source of each, the best supported first."""
        for found in self._stages():
            if votes := self._votes(found):
                return [(day, _best_source(found, day)) for day, _ in _ranking(votes)]
        return []

    def _stages(self) -> Iterator[list[Dated]]:
        """Yield what may tell the day, each only where the last told nothing: the only date of a page is its date."""
        yield self.published
        yield self._offers.scripted()
        yield self._far()
        yield list(self._offers.told())
        yield self.modified or self._offers.far
        yield list(self._offers.picture())

    def _far(self) -> list[Dated]:
        """Return what is printed anywhere; where a label tells of a change, what came before it, if anything did."""
        found = [dated for dated in self._offers.far if dated.family != "modified" and dated.trust >= 1]
        changed = min((dated.moment.day for dated in self._offers.far if dated.family == "modified"), default=date.max)
        return [dated for dated in found if dated.moment.day < changed] or found

    @cached_property
    def instants(self) -> list[tuple[datetime, str]]:
        """The instants on the day of publication with the best source of each, the best supported first."""
        groups: dict[datetime, list[Dated]] = {}
        day = self.day
        for dated in self.published:
            second = _second(dated.moment)
            if second and day in dict(self.publication_days(dated.moment)):
                groups.setdefault(second, []).append(dated)
        found: list[tuple[float, datetime, str]] = []
        for group in groups.values():
            trust = {dated.family: dated.trust for dated in reversed(group)}
            best = max(group, key=_exactness) if len(group) > 1 else group[0]
            if best.moment.instant and self._is_precise(best.moment, trust):
                found.append((sum(trust.values()), best.moment.instant, best.source))
        return [(instant, source) for _, instant, source in sorted(found, key=lambda one: -one[0])]

    def _is_precise(self, moment: Moment, families: Collection[str]) -> bool:
        """Tell whether a time of day was meant: midnight is what software writes when it knows only the day.

        It is believed of two kinds of sources in the publisher's own offset, and of JSON-LD where the page prints and
        states no other time.
        """
        if moment.time != _MIDNIGHT or (_offset(moment) and len(families) > 1):
            return True
        others = (*self.published, *self.modified, *self._offers.near)
        return "json-ld" in families and all(dated.moment.time in (None, _MIDNIGHT) for dated in others)

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return self.days[0][0] if self.days else None

    def publication_days(self, moment: Moment) -> list[tuple[date, float]]:
        """Return the days at the publisher that a moment may mean, and how likely: a time in UTC leaves it open."""
        instant = moment.instant
        if instant is None or instant.utcoffset():
            return [(moment.day, 1.0)]
        if self._offers.local:
            return [(instant.astimezone(self._offers.local).date(), 1.0)]
        if instant.hour < 9:  # in America it may still be the day before
            return [(moment.day, 1.0), (moment.day - _DAY, 0.6)]
        if instant.hour > 12:  # in Asia and Australia it may be the next day
            return [(moment.day, 1.0), (moment.day + _DAY, 0.6)]
        return [(moment.day, 1.0)]

    def _votes(self, found: Iterable[Dated]) -> dict[date, float]:
        """Return the trust in each day: of every family of sources the most trusted counts."""
        votes: dict[date, dict[str, float]] = {}
        for dated in found:
            for day, share in self.publication_days(dated.moment):
                families = votes.setdefault(day, {})
                families[dated.family] = max(families.get(dated.family, 0.0), dated.trust * share)
        return {day: sum(families.values()) for day, families in votes.items()}


def _offset(moment: Moment) -> timedelta | None:
    return moment.instant.utcoffset() if moment.instant else None


def _second(moment: Moment) -> datetime | None:
    instant = moment.instant
    return instant.replace(microsecond=0) if instant and instant.microsecond else instant


def _wall(moment: Moment) -> datetime:
    wall = datetime.combine(moment.day, moment.time or _MIDNIGHT)
    return wall.replace(microsecond=0) if wall.microsecond else wall


def _minute(moment: Moment) -> datetime:
    return _wall(moment).replace(second=0)


def _exactness(dated: Dated) -> tuple[bool, bool]:
    instant = dated.moment.instant
    return bool(_offset(dated.moment)), bool(instant and instant.microsecond)


def _placed(found: list[Dated]) -> list[Dated]:
    """Return what was found with the instants in UTC in the publisher's own offset, where something tells that."""
    if all(_offset(dated.moment) != _UTC for dated in found):
        return found
    own: dict[datetime | None, Moment] = {}
    clocks: list[datetime] = []
    for dated in found:
        moment = dated.moment
        if _offset(moment):
            own[_second(moment)] = own[_wall(moment)] = moment
        elif moment.time and not moment.instant:
            clocks.append(_wall(moment))
    return [_in_own_offset(dated, own, clocks) for dated in found] if own or clocks else found


def _in_own_offset(dated: Dated, own: Mapping[datetime | None, Moment], clocks: Iterable[datetime]) -> Dated:
    """Return an instant in UTC in the publisher's own offset, if one of its `own` or a time without a zone tells it."""
    instant = dated.moment.instant
    if instant is None or _offset(dated.moment):
        return dated
    if moment := own.get(_second(dated.moment)) or own.get(_wall(dated.moment)):
        return replace(dated, moment=moment)
    if dated.moment.time == _MIDNIGHT:
        return dated  # it tells no time of day
    for clock in clocks:
        offset = clock - _wall(dated.moment)
        if clock.second == 0:
            offset += timedelta(seconds=instant.second)
        if offset and offset in _OFFSETS:
            local = instant.astimezone(timezone(offset))
            return replace(dated, moment=Moment(local.date(), local.time(), local))
    return dated


def _best_source(found: Iterable[Dated], day: date) -> str:
    best = max((dated for dated in found if dated.moment.day == day), key=_trust, default=None)
    return best.source if best else "text"


def _ranking(votes: dict[date, float]) -> list[tuple[date, float]]:
    return sorted(votes.items(), key=lambda vote: -vote[1])
