"""Reminders: who is to be reminded of which duty, and when."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import attrs

from civicvol import _fields
from civicvol.calendar._checks import moment
from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.desk.book import RosterBook
from civicvol.desk.details import ShiftDetails
from civicvol.desk.pieces import details_by_shift
from civicvol.desk.state import DeskState, Phase
from civicvol.errors import InputError
from civicvol.labels import Label, Language
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment

_TITLE = Label("Reminder for {}: {} on {}", "提醒{}：{}，{}")
_PRIVATE = Label("for those on duty only: {}", "仅限当班人员：{}")
_DAY, _EVER = 24 * 60, float("-inf")
_leads = _fields.tuple_of(_fields.whole(1), unique=int)


@attrs.frozen(kw_only=True)
class Reminder:
    """What one person is reminded of.

    Args:
        volunteer: id of the person.
        name: what people call them.
        shift: id of the shift.
        span: when it is.
        title: what people call the shift.
        role: the name of their role.
        details: what is to be known about the shift, by those who are on it.
        due: when the reminder falls due: so many minutes before the shift begins as `lead` says.
        lead: the minutes.
    """

    volunteer: str
    name: Label
    shift: str
    span: TimeSpan
    title: Label
    role: Label
    details: ShiftDetails
    due: datetime
    lead: int

    def text(self, language: Language = "en") -> str:
        """Return the reminder: who, in which role, on which shift, and under it the details."""
        private = self.details.private.text(language)
        lines = (
            _TITLE.filled(self.name, self.role, self.title).text(language),
            self.details.public.text(language),
            private and _PRIVATE.text(language).format(private),
        )
        return "\n".join(filter(None, lines))

    def __str__(self) -> str:
        return self.text()


def reminders_due(
    book: RosterBook, at: datetime, since: datetime | None = None, before: Iterable[int] = (6 * _DAY, _DAY)
) -> tuple[Reminder, ...]:
    """Return the reminders that fall due after one moment and until another, the earliest duty first.

    People are reminded of duties that they have by then and that have not begun. Whoever gets a duty when a reminder
    of it would have been due already is reminded as soon as they have it, so that nobody serves without a reminder; a
    duty at another time or in another role is another duty. Where several are due of one duty, there is one, the last
    of them: an app that asks seldom, or late, does not write twice at once.

    Args:
        book: the roster; of a draft nobody is reminded.
        at: until when, this minute with it.
        since: after when, which is when the app asked before; None where it never has.
        before: how many minutes before a duty people are reminded, once for each number. Tapir, the software of a
            food co-op, reminds its members six days before; here the day before comes on top.

    Raises:
        InputError: an argument is wrong, or `since` is after `at`.
    """
    leads = _fields.as_tuple(before)
    _fields.require(
        book=(book, _fields.is_a(RosterBook, "a RosterBook")),
        at=(at, moment),
        since=(since, _fields.optional(moment)),
        before=(leads, _leads),
    )
    if since is not None and minute_of(at) < minute_of(since):
        raise InputError.of("since", f"must not be after at, {at.isoformat()}", value=since)
    state, until = book.as_of(at).state, minute_of(at)
    known = {} if since is None else _begins(book.as_of(since).state)
    found, details = [], details_by_shift(state.problem, state.details)
    for duty, start in _begins(state).items():
        after = minute_of(since) if since is not None and known.get(duty) == start else _EVER
        due = [lead for lead in leads if after < start - lead <= until]
        if due and until < start:
            found.append(_reminder(state.problem, duty, min(due), details.get(duty.shift)))
    return tuple(sorted(found, key=lambda each: (each.span, each.name.en, each.volunteer)))


def _begins(state: DeskState) -> dict[Assignment, int]:
    """Return the minute in which each duty begins that people have been told of."""
    told = () if state.phase is Phase.DRAFT else state.roster
    return {duty: state.problem.shift(duty.shift).span.start_minute for duty in told}


def _reminder(problem: RosterProblem, duty: Assignment, lead: int, details: ShiftDetails | None) -> Reminder:
    shift = problem.shift(duty.shift)
    start = shift.span.start
    return Reminder(
        volunteer=duty.volunteer,
        name=Label(str(problem.volunteer(duty.volunteer))),
        shift=shift.id,
        span=shift.span,
        title=problem.shift_name(shift),
        role=shift.line(duty.role).label,
        details=details or ShiftDetails(shift=shift.id),
        due=(start.astimezone(UTC) - timedelta(minutes=lead)).astimezone(start.tzinfo),
        lead=lead,
    )
