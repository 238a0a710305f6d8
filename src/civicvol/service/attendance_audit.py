"""What somebody must look at after an activity: what the clocks alone cannot tell."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.labels import Choice, Label, Language
from civicvol.service.activity import Activity
from civicvol.service.attendance import Attendance, Outcome
from civicvol.service.attendance_event import clock_text
from civicvol.service.attendance_state import Appeal, Presence
from civicvol.service.provenance import Provenance
from civicvol.table import Table


class FindingKind(Choice):
    """A kind of thing that somebody must look at."""

    NOT_CHECKED_OUT = "not checked out", "未签退"
    OUT_OF_HOURS = "checked in outside the time of check-in", "在签到时间之外签到"
    OWN_WORD = "time stated by themselves", "时间由本人填写"
    WALK_IN = "walk-in", "临时到场"
    NO_SHOW = "absent without word", "无故缺席"
    APPEAL = "appeal to decide", "待处理申诉"


_TITLE = Label("Attendance to look at: {}", "待核考勤：{}")
_COLUMNS = (
    Label("volunteer", "志愿者"),
    Label("finding", "事项"),
    Label("since", "起始"),
    Label("entered by", "录入人"),
)
_NOTE = Label(
    "As of {}. What is listed is not wrong by itself: a leader settles the time, lets it stand, or decides.",
    "截至{}。所列事项未必有误，由负责人更正、认可或裁定。",
)


@attrs.frozen(kw_only=True)
class Finding:
    """Something that somebody must look at.

    Args:
        volunteer: id of the volunteer whom it is about.
        kind: what it is.
        since: since when they are there without having checked out, where it is that.
        by: id of who entered their last time; None where nobody did.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    kind: FindingKind = attrs.field(validator=_fields.is_a(FindingKind, "a FindingKind"))
    since: datetime | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_moment), validator=_fields.optional(moment)
    )
    by: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))


def find(attendance: Attendance, presence: Presence) -> Iterator[Finding]:
    """Yield what is to be looked at about one person.

    Args:
        attendance: what came of them.
        presence: what the sheet knows of them.
    """
    provenance = attendance.provenance
    late_by_themselves = provenance is Provenance.LATE and presence.recorder == attendance.volunteer
    looked_at = {
        FindingKind.NOT_CHECKED_OUT: attendance.final and attendance.since is not None,
        FindingKind.OUT_OF_HOURS: presence.out_of_hours,
        FindingKind.OWN_WORD: provenance is Provenance.SELF or late_by_themselves,
        FindingKind.WALK_IN: attendance.outcome is Outcome.WALK_IN,
        FindingKind.NO_SHOW: attendance.outcome is Outcome.NO_SHOW,
        FindingKind.APPEAL: attendance.outcome is Outcome.NO_SHOW and presence.appeal is Appeal.PENDING,
    }
    for kind, wanted in looked_at.items():
        if wanted:
            since = attendance.since if kind is FindingKind.NOT_CHECKED_OUT else None
            yield Finding(volunteer=attendance.volunteer, kind=kind, since=since, by=presence.recorder)


def audit_table(activity: Activity, findings: Iterable[Finding], as_of: datetime, language: Language) -> Table:
    """Return findings about an activity as a table.

    Raises:
        InputError: the language is not known.
    """
    return Table(
        title=_TITLE.filled(activity.name).text(language),
        columns=tuple(column.text(language) for column in _COLUMNS),
        rows=tuple(
            (each.volunteer, each.kind.label.text(language), each.since and clock_text(each.since), each.by)
            for each in findings
        ),
        note=_NOTE.filled(clock_text(as_of)).text(language),
    )
