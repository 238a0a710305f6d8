"""Carry over: what one roster hands on to the next."""

from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.roster import Assignment, Roster


def carry_over(problem: RosterProblem, roster: Roster) -> tuple[PastDuty, ...]:
    """Return what the problem of the days after this horizon should be given as `previous`.

    It is what people did before, and all that the roster gives them, with position and unit. With it rest goes on over
    the edge, and so do runs of days, weekends, months begun, fair shares and who serves whom. Leave out what did not
    take place and whoever is no longer there, and as much of the long past as is to be forgotten.

    Args:
        problem: the problem of the horizon that ends.
        roster: its roster.

    Returns:
        Past duties in order of time.

    Raises:
        InputError: the roster names what the problem does not know.

    >>> from datetime import date, time
    >>> from civicvol import Assignment, Horizon, Position, Roster, RosterProblem, Shift, TimeSpan, Volunteer
    >>> march = Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone="Asia/Shanghai")
    >>> night = Shift(
    ...     id="night", position="gate", span=TimeSpan.on(date(2026, 3, 31), time(22), time(6), "Asia/Shanghai")
    ... )
    >>> problem = RosterProblem(
    ...     horizon=march, volunteers=[Volunteer(id="li")], shifts=[night], positions=[Position(id="gate")], rules=[]
    ... )
    >>> roster = Roster([Assignment(volunteer="li", shift="night")])
    >>> [(duty.volunteer, duty.position, duty.span.minutes) for duty in carry_over(problem, roster)]
    [('li', 'gate', 480)]
    """
    require_known(problem, roster)
    done = [_done(problem, assignment) for assignment in roster]
    return tuple(sorted((*problem.previous, *done), key=lambda duty: (duty.span.start_minute, duty.volunteer)))


def _done(problem: RosterProblem, assignment: Assignment) -> PastDuty:
    shift = problem.shift(assignment.shift)
    return PastDuty(volunteer=assignment.volunteer, span=shift.span, position=shift.position, unit=shift.unit)
