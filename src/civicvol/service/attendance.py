"""An attendance: what came of one person at one activity, and which of the time counts."""

from datetime import datetime

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.calendar.timespan import TimeSpan, total_minutes
from civicvol.labels import Choice, Label, Language
from civicvol.service.activity import Activity
from civicvol.service.entry import ServiceEntry
from civicvol.service.provenance import Provenance


class Outcome(Choice):
    """What came of somebody at an activity; that they were expected is not yet an outcome."""

    EXPECTED = "expected", "待到"
    PRESENT = "present", "到场"
    WALK_IN = "walk-in", "临时到场"
    EXCUSED = "excused", "请假"
    NO_SHOW = "no-show", "缺席"


_HEAD = Label("{}: {}", "{}：{}")
_THERE = Label("there: {} ({} min)", "在场：{}（{}分钟）")
_COUNTS = Label("counts: {} ({} min)", "计入：{}（{}分钟）")
_NOTHING = Label("counts: nothing", "计入：无")

_spans = _fields.tuple_of(_fields.is_a(TimeSpan, "a TimeSpan"))


@attrs.frozen(kw_only=True)
class Attendance:
    """What came of one person at one activity, as far as it was known at a moment.

    Args:
        volunteer: id of the volunteer.
        activity: what they were at, or should have been.
        outcome: what came of them.
        spans: when they were there, sorted and merged; a stay without an end is not among them.
        counted: which time counts, sorted and merged: never more than they were there or was planned, and no minute
            of the future.
        provenance: how `spans` is known, by the weakest of what is behind it.
        since: since when they are there without having checked out, be it that they forgot to; else None.
        late_minutes: how long after the planned start they came, once that was later than the grace; else 0.
        final: whether the activity is over for them, so that it can be entered into their record.
        remarks: why what counts is other than what was there, line by line, and what else is to be known.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    activity: Activity = attrs.field(validator=_fields.is_a(Activity, "an Activity"))
    outcome: Outcome = attrs.field(validator=_fields.is_a(Outcome, "an Outcome"))
    spans: tuple[TimeSpan, ...] = attrs.field(default=(), converter=_fields.as_tuple, validator=_spans)
    counted: tuple[TimeSpan, ...] = attrs.field(default=(), converter=_fields.as_tuple, validator=_spans)
    provenance: Provenance = attrs.field(default=Provenance.CLOCKED, validator=_fields.is_a(Provenance, "a Provenance"))
    since: datetime | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_moment), validator=_fields.optional(moment)
    )
    late_minutes: int = attrs.field(default=0, validator=_fields.whole())
    final: bool = attrs.field(default=True, validator=_fields.flag)
    remarks: tuple[Label, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Label, "a label"))
    )

    @property
    def counted_minutes(self) -> int:
        """The minutes that count."""
        return total_minutes(self.counted)

    def entry(self, id: str, *, travel_minutes: int = 0, leader: str = "") -> ServiceEntry | None:
        """Return the entry for a record of service; None where nothing counts, or it is not final yet.

        It keeps both: when they were there, and which time counts.

        Args:
            id: the app's own id of the entry.
            travel_minutes: how long they were on the way, there and back.
            leader: who was in charge, in words.

        Raises:
            InputError: an argument is wrong.
        """
        if not (self.final and self.counted):
            return None
        return ServiceEntry(
            id=id,
            volunteer=self.volunteer,
            activity=self.activity,
            spans=self.counted,
            present=self.spans,
            provenance=self.provenance,
            travel_minutes=travel_minutes,
            leader=leader,
        )

    def text(self, language: Language = "en") -> str:
        """Return what came of them, line by line: the time there, each remark, and the time that counts."""
        lines = [_HEAD.filled(self.volunteer, self.outcome.label)]
        lines += [_THERE.filled(span.label, span.minutes) for span in self.spans]
        lines += self.remarks
        lines += [_COUNTS.filled(span.label, span.minutes) for span in self.counted]
        if self.spans and not self.counted:
            lines.append(_NOTHING)
        return "\n".join(line.text(language) for line in lines)
