"""Where an attendance sheet stands: who is there, who was, and what was said of those who were not."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

import attrs

from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.labels import Label
from civicvol.service.activity import Activity
from civicvol.service.attendance import Outcome
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.provenance import Provenance

_STRENGTH = tuple(Provenance)


def weakest(kinds: Iterable[Provenance]) -> Provenance:
    """Return the weakest of some provenances, the last in their order; clocked where there are none."""
    return max(kinds, key=_STRENGTH.index, default=Provenance.CLOCKED)


class Appeal(StrEnum):
    """Where an appeal against a no-show stands."""

    PENDING = "pending"
    DECIDED = "decided"


@attrs.frozen
class Stay:
    """Time that somebody was there, and how that is known."""

    span: TimeSpan
    provenance: Provenance


@attrs.frozen
class Arrival:
    """When somebody came who has not gone yet, and how that is known."""

    time: datetime
    provenance: Provenance

    def until(self, time: datetime, provenance: Provenance) -> Stay:
        """Return the stay that ends at a time."""
        return Stay(TimeSpan(self.time, time), weakest((self.provenance, provenance)))


@attrs.frozen(kw_only=True)
class Presence:
    """What a sheet knows of one person.

    Args:
        stays: when they came and went, as they were recorded or settled.
        arrival: when they came, where they are there now.
        word: what was said of them where they were not there: excused, or a no-show.
        appeal: where their appeal against a no-show stands.
        out_of_hours: whether a leader checked them in outside the time of check-in.
        recorder: id of who recorded the last time of theirs.
        notes: what else is to be known.
    """

    stays: tuple[Stay, ...] = ()
    arrival: Arrival | None = None
    word: Outcome | None = None
    appeal: Appeal | None = None
    out_of_hours: bool = False
    recorder: str | None = None
    notes: tuple[Label, ...] = ()

    @property
    def came(self) -> bool:
        """Whether they were there, or are."""
        return bool(self.stays) or self.arrival is not None


NOT_SEEN = Presence()


@attrs.frozen(kw_only=True)
class AttendanceState:
    """An attendance sheet at one moment.

    Args:
        activity: what it is of.
        expected: ids of those who are on the roster.
        people: what is known of each person of whom anything is.
        released: when everybody was released.
    """

    activity: Activity
    expected: frozenset[str]
    people: Mapping[str, Presence] = attrs.field(factory=dict)
    released: datetime | None = None

    def of(self, volunteer: str) -> Presence:
        """Return what is known of a volunteer, given by id."""
        return self.people.get(volunteer, NOT_SEEN)

    def with_(self, changed: Mapping[str, Presence]) -> "AttendanceState":
        """Return the state with other knowledge of some people."""
        return attrs.evolve(self, people={**self.people, **changed})

    def outcome(self, volunteer: str, policy: AttendancePolicy, at: datetime) -> Outcome | None:
        """Return what came of a volunteer as seen at a moment; None where they were neither expected nor there.

        Who is not there when the activity is over is a no-show, without anybody's saying so. Who was not late yet when
        everybody was released did not have to come.
        """
        presence = self.of(volunteer)
        if presence.came:
            return Outcome.PRESENT if volunteer in self.expected else Outcome.WALK_IN
        if volunteer not in self.expected:
            return None
        if presence.word is Outcome.EXCUSED or self.released_in_time(policy):
            return Outcome.EXCUSED
        over = minute_of(at) >= self.activity.span.end_minute
        return Outcome.NO_SHOW if over or presence.word is Outcome.NO_SHOW else Outcome.EXPECTED

    def released_in_time(self, policy: AttendancePolicy) -> bool:
        """Return whether everybody was released before anybody was late."""
        grace = policy.grace_minutes(self.activity)
        return self.released is not None and minute_of(self.released) <= self.activity.span.start_minute + grace
