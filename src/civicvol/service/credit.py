"""Credits: the minutes that entries are credited under a policy, explained line by line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan, difference, total_minutes, union
from civicvol.labels import Label, Language
from civicvol.service.entry import ServiceEntry
from civicvol.service.hours import HoursPolicy
from civicvol.service.purpose import Purpose, purpose_check

_PRESENT = Label("present: {} min", "在场：{}分钟")
_COUNTED = Label("counted by the rules of attendance: {} min", "按考勤规则计：{}分钟")
_UNCREDITED = Label("time at this activity is not credited", "此活动不计时长")
_PROVENANCE = Label("time that is {} does not count for {}", "{}的时间不用于{}")
_SHORT = Label("{} min in all, and less than {} do not count", "共{}分钟，不足{}分钟不计")
_SMALL = Label("{} of {} min, and less than {} % does not count", "共{}分钟（活动{}分钟），不足{}%不计")
_OVERLAP = Label("counted with an earlier entry already: {} min", "已在较早的记录中计入：{}分钟")
_TRAVEL = Label("on the way: {} min more", "路途时间：加{}分钟")
_EARLIER = Label("with earlier entries at this activity: {} min", "连同此活动较早的记录：{}分钟")
_ROUNDED = Label("{} to units of {} min: {} min", "{}（单位{}分钟）：{}分钟")
_PER_ACTIVITY = Label("at most for an activity: {} min", "每次活动上限：{}分钟")
_BEFORE = Label("of which earlier entries were credited: {} min", "其中较早的记录已计：{}分钟")
_PER_DAY = Label("at most a day: {} min, of which {} are left", "每天上限：{}分钟，尚余{}分钟")
_CREDITED = Label("credited: {} min", "计入：{}分钟")

_entries = _fields.tuple_of(_fields.is_a(ServiceEntry, "a ServiceEntry"), unique=lambda entry: entry.id)


@attrs.frozen(kw_only=True)
class Credit:
    """What one entry is credited.

    Args:
        entry: id of the entry.
        volunteer: id of the volunteer.
        day: the day it belongs to, the one it begins on.
        raw_minutes: how long they were there.
        overlap_minutes: those that count with another entry of theirs, which began first.
        minutes: what is credited.
        steps: how the one becomes the other, a sentence for each step.
    """

    entry: str = attrs.field(validator=_fields.identifier)
    volunteer: str = attrs.field(validator=_fields.identifier)
    day: date = attrs.field(validator=_fields.day)
    raw_minutes: int = attrs.field(validator=_fields.whole())
    overlap_minutes: int = attrs.field(default=0, validator=_fields.whole())
    minutes: int = attrs.field(validator=_fields.whole())
    steps: tuple[Label, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Label, "a label"))
    )

    def text(self, language: Language = "en") -> str:
        """Return the steps, one a line."""
        return "\n".join(step.text(language) for step in self.steps)

    def __str__(self) -> str:
        return self.text()


def credit(
    entries: Iterable[ServiceEntry], policy: HoursPolicy, purpose: Purpose | str | None = None
) -> tuple[Credit, ...]:
    """Return what each entry is credited, in the order given; the only place in which hours are reckoned.

    It is reckoned from the time that counts by the rules of attendance, `ServiceEntry.spans`. For each person, in the
    order in which their entries begin:

    1. An entry earns nothing, and takes no minute from another, where its activity is not credited, its provenance
       does not count for the purpose, or the person has too short a time at the activity or too small a part of it.
    2. A minute in two entries counts once, for the one that begins first; of two that begin together, for the one
       that is given first.
    3. Time on the way is added, up to the policy's most for the activity, where any time at it counts.
    4. The sum at the activity is rounded to whole units, then capped. An entry is credited what it adds to that sum,
       so time in two pieces is credited as much as in one.
    5. The sum of a day is capped: whatever begins last is cut.

    Args:
        entries: those that are to count; reversed ones do not belong here.
        policy: how time is credited.
        purpose: what it is counted for; None where all provenances count.

    Raises:
        InputError: an argument is wrong, or two entries have one id.

    >>> from datetime import time
    >>> from civicvol.service.activity import Activity
    >>> span = TimeSpan.on(date(2026, 3, 1), time(14), time(16, 10), "Asia/Shanghai")
    >>> entry = ServiceEntry(id="e1", volunteer="v1", activity=Activity(id="a1", span=span), spans=[span])
    >>> print(*credit([entry], HoursPolicy(zone="Asia/Shanghai", unit=60)))
    present: 130 min
    rounded down to units of 60 min: 120 min
    credited: 120 min
    """
    given, counted_for = _fields.as_tuple(entries), Purpose.named(purpose)
    _fields.require(
        entries=(given, _entries),
        policy=(policy, _fields.is_a(HoursPolicy, "an HoursPolicy")),
        purpose=(counted_for, _fields.optional(purpose_check)),
    )
    of_person: defaultdict[str, list[ServiceEntry]] = defaultdict(list)
    for entry in given:
        of_person[entry.volunteer].append(entry)
    credits = {each.entry: each for own in of_person.values() for each in _Reckoning(policy, counted_for).credits(own)}
    return tuple(credits[entry.id] for entry in given)


@attrs.define
class _Sum:
    """What has come together at one activity: minutes served and on the way, and what is credited for them."""

    served: int = 0
    travel: int = 0
    credited: int = 0


@attrs.define
class _Reckoning:
    """The sums of one person, as their entries come in the order of time."""

    policy: HoursPolicy
    purpose: Purpose | None
    claimed: tuple[TimeSpan, ...] = ()
    of_activity: defaultdict[str, _Sum] = attrs.field(factory=lambda: defaultdict(_Sum))
    of_day: defaultdict[date, int] = attrs.field(factory=lambda: defaultdict(int))

    def credits(self, entries: Iterable[ServiceEntry]) -> Iterator[Credit]:
        ordered = sorted(entries, key=lambda entry: entry.spans[0].start_minute)
        barred = {entry.id: reason for entry in ordered if (reason := self._barred(entry)) is not None}
        counted: defaultdict[str, list[TimeSpan]] = defaultdict(list)
        for entry in ordered:
            if entry.id not in barred:
                counted[entry.activity.id] += entry.spans
        minutes = {activity: total_minutes(spans) for activity, spans in counted.items()}
        for entry in ordered:
            reason = barred.get(entry.id) or self._too_little(entry, minutes[entry.activity.id])
            yield self._nothing(entry, reason) if reason else self._credit(entry)

    def _barred(self, entry: ServiceEntry) -> Label | None:
        if not entry.activity.credited:
            return _UNCREDITED
        if self.purpose is not None and not self.policy.accepts(entry.provenance, self.purpose):
            return _PROVENANCE.filled(entry.provenance.label, self.purpose.label)
        return None

    def _too_little(self, entry: ServiceEntry, minutes: int) -> Label | None:
        policy, planned = self.policy, entry.activity.span.minutes
        if minutes < policy.least_minutes:
            return _SHORT.filled(minutes, policy.least_minutes)
        if minutes * 100 < policy.least_percent * planned:
            return _SMALL.filled(minutes, planned, policy.least_percent)
        return None

    def _nothing(self, entry: ServiceEntry, reason: Label) -> Credit:
        return self._made(entry, 0, 0, [*_time(entry), reason])

    def _credit(self, entry: ServiceEntry) -> Credit:
        policy, sum_ = self.policy, self.of_activity[entry.activity.id]
        served = self._claim(entry)
        overlap = entry.minutes - served
        steps = [*_time(entry)]
        if overlap:
            steps.append(_OVERLAP.filled(overlap))
        travel = min(entry.travel_minutes, policy.most_travel - sum_.travel) if served else 0
        if travel:
            steps.append(_TRAVEL.filled(travel))
        before, earlier = sum_.credited, sum_.served
        sum_.served += served
        sum_.travel += travel
        sum_.credited, reckoned = self._reckoned(sum_.served + sum_.travel)
        if earlier:
            steps.append(_EARLIER.filled(sum_.served + sum_.travel))
        steps += reckoned
        if before:
            steps.append(_BEFORE.filled(before))
        return self._made(entry, overlap, sum_.credited - before, steps)

    def _claim(self, entry: ServiceEntry) -> int:
        """Claim the minutes of an entry that none claimed before it, and return how many they are."""
        begin = entry.spans[0].start_minute
        # Whatever comes begins no earlier, so what was over by then is claimed for good.
        pending = [span for span in self.claimed if span.end_minute > begin]
        own = difference(entry.spans, pending)
        self.claimed = union([*pending, *entry.spans])
        return sum(span.minutes for span in own)

    def _reckoned(self, minutes: int) -> tuple[int, list[Label]]:
        """Return the minutes that are credited for so many at an activity, and the steps to them."""
        policy, steps = self.policy, []
        rounded = policy.rounding.of(minutes, policy.unit)
        if rounded != minutes:
            steps.append(_ROUNDED.filled(policy.rounding.label, policy.unit, rounded))
        if policy.most_per_activity is not None and rounded > policy.most_per_activity:
            rounded = policy.most_per_activity
            steps.append(_PER_ACTIVITY.filled(rounded))
        return rounded, steps

    def _made(self, entry: ServiceEntry, overlap: int, minutes: int, steps: list[Label]) -> Credit:
        """Return the credit of an entry, cut to what is left of its day."""
        day, most = self.policy.day_of(entry.spans[0].start), self.policy.most_per_day
        if most is not None and minutes > most - self.of_day[day]:
            minutes = most - self.of_day[day]
            steps.append(_PER_DAY.filled(most, minutes))
        self.of_day[day] += minutes
        return Credit(
            entry=entry.id,
            volunteer=entry.volunteer,
            day=day,
            raw_minutes=entry.raw_minutes,
            overlap_minutes=overlap,
            minutes=minutes,
            steps=[*steps, _CREDITED.filled(minutes)],
        )


def _time(entry: ServiceEntry) -> Iterator[Label]:
    """Yield how long somebody was there, and which time counts where that is another."""
    yield _PRESENT.filled(entry.raw_minutes)
    if entry.spans != entry.present:
        yield _COUNTED.filled(entry.minutes)
