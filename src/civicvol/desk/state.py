"""Where a roster stands on the desk: its phase and version, who is on duty now, and what is pending."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

import attrs

from civicvol.calendar.timespan import minute_of
from civicvol.desk.details import ShiftDetails
from civicvol.desk.pending import Offer, SignUp, StandBy, Turn, Waiting
from civicvol.desk.pieces import team_breaches
from civicvol.event import Event
from civicvol.labels import Choice, Label
from civicvol.rostering.change import Changes
from civicvol.rostering.check import check_schedule
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule
from civicvol.rostering.rules import rules_of
from civicvol.rostering.schedule import Schedule

_CLOSED = Label("the roster is closed", "班表已结束")
_DRAFT = Label("the roster is still a draft", "班表仍是草稿")
_OVER = Label("{} is over", "{}已经结束")
_NOT_ON = Label("{} is not on the roster", "{}不在班表上")
_ASSIGNED = Label("{} as {} on {}", "{}（{}），{}")
_ALREADY_ON = Label("{} is on this shift already", "{}已在此班次上")
_LEFT_OVER = Label(
    "{} would be on a shift or in a role that is no more: take it off the roster too",
    "{}所在的班次或角色已取消：请同时从班表移除",
)


class Phase(Choice):
    """How far a roster has come."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "已结束"


@attrs.frozen(kw_only=True)
class DeskState:
    """A roster at one moment.

    Args:
        phase: how far it has come.
        version: 0 for the draft, 1 when it is published, and one more with each change since.
        problem: the people, the shifts and the rules, as they are by now.
        roster: who is on duty.
        details: what is to be known about single shifts, one for each of them at the most.
        offers: the duties that people have offered to others, the earliest first, with what became of them.
        waiting: who waits for a place, the earliest first; also those whose invitation has lapsed since.
        stand_bys: who comes if nobody else does.
        sign_ups: the tokens that people have spent on shifts.
    """

    phase: Phase = Phase.DRAFT
    version: int = 0
    problem: RosterProblem
    roster: Roster
    details: tuple[ShiftDetails, ...] = ()
    offers: tuple[Offer, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    stand_bys: tuple[StandBy, ...] = ()
    sign_ups: tuple[SignUp, ...] = ()

    def require_open(self, event: Event) -> None:
        """Refuse an event where the roster is closed."""
        if self.phase is Phase.CLOSED:
            raise event.refusal(_CLOSED)

    def require_published(self, event: Event) -> None:
        """Refuse an event unless the roster is published, and not closed."""
        if self.phase is not Phase.PUBLISHED:
            raise event.refusal(_DRAFT if self.phase is Phase.DRAFT else _CLOSED)

    def changed(
        self,
        event: Event,
        *,
        added: Iterable[Assignment] = (),
        removed: Iterable[Assignment] = (),
        problem: RosterProblem | None = None,
    ) -> "DeskState":
        """Return the state after a change of the roster; the only way in which a roster changes.

        A change is refused where the roster is closed, a shift is over, an assignment to be removed is not there or
        one to be added is, one would remain on a shift or role that is no more, or where a hard rule would be broken,
        with the rule's own sentence. What is pending about duties that are gone or changed goes with them.

        Args:
            event: what brings the change about.
            added: the assignments that come.
            removed: those that go.
            problem: what is known from now on; the same as before where None.
        """
        self.require_open(event)
        more, fewer = tuple(added), tuple(removed)
        known = self.problem if problem is None else problem
        kept = self.roster.without(*fewer)
        misfits = [*self._misfits_removed(event, fewer), *_misfits_added(event, more, kept, known)]
        misfits += () if problem is None else self._left_over(kept, known)
        if misfits:
            raise event.refusal(*dict.fromkeys(misfits))
        roster = kept.with_(*more)
        against = self.against(more, fewer) if problem is None else self._newly_broken(problem, roster)
        against += sorted(team_breaches(known, roster) - team_breaches(self.problem, self.roster), key=str)
        if against:
            raise event.refusal(*dict.fromkeys(against))
        turn = Turn(self.problem, known, roster)
        return attrs.evolve(
            self,
            version=self.version + (self.phase is Phase.PUBLISHED),
            problem=known,
            roster=roster,
            offers=turn.offers(self.offers),
            waiting=turn.waiting(self.waiting),
            stand_bys=turn.stand_bys(self.stand_bys),
            sign_ups=turn.sign_ups(self.sign_ups, fewer),
        )

    def against(self, added: Iterable[Assignment] = (), removed: Iterable[Assignment] = ()) -> list[Label]:
        """Return the sentences of the hard rules that a change of the roster would break."""
        change = self._changes.of(added=added, removed=removed)
        return [violation.message for violation in change.against]

    def unfit(self, assignment: Assignment) -> list[Label]:
        """Return the sentences of the hard rules that an assignment breaks by itself, whatever else is on the roster.

        Raises:
            InputError: it names what the problem does not know.
        """
        problem = self.problem
        person, shift = problem.volunteer(assignment.volunteer), problem.shift(assignment.shift)
        shift.line(assignment.role)
        rules = [rule for rule in _hard(problem) if isinstance(rule, AssignmentRule)]
        schedule = Schedule(problem, Roster([assignment]), (person,), (shift,))
        return [violation.message for violation in check_schedule(schedule, rules).hard]

    def duty(self, volunteer: str, shift: str) -> Assignment | None:
        """Return the assignment of a volunteer to a shift, both given by id, if there is one."""
        return next((each for each in self.roster.of_volunteer(volunteer) if each.shift == shift), None)

    def require_off(self, event: Event, volunteer: str, shift: str) -> None:
        """Refuse an event where a volunteer is on a shift already, both given by id."""
        if self.duty(volunteer, shift) is not None:
            raise event.refusal(_ALREADY_ON.filled(str(self.problem.volunteer(volunteer))))

    def require_on(self, event: Event, assignment: Assignment) -> None:
        """Refuse an event where an assignment is not on the roster."""
        if assignment not in self.roster:
            raise event.refusal(_NOT_ON.filled(assignment_name(self.problem, assignment)))

    def require_not_over(self, event: Event, shift: str) -> None:
        """Refuse an event where a shift, given by id, is over."""
        if _is_over(self.problem, shift, event.at):
            raise event.refusal(_over(self.problem, shift))

    def filled(self, shift: str, role: str) -> int:
        """Return how many are on a role line of a shift, given by id."""
        return sum(each.role == role for each in self.roster.of_shift(shift))

    @cached_property
    def _changes(self) -> Changes:
        return Changes(self.problem, self.roster, _hard(self.problem))

    def _misfits_removed(self, event: Event, fewer: Iterable[Assignment]) -> Iterable[Label]:
        for each in fewer:
            if each not in self.roster:
                yield _NOT_ON.filled(assignment_name(self.problem, each))
            elif _is_over(self.problem, each.shift, event.at):
                yield _over(self.problem, each.shift)

    def _newly_broken(self, problem: RosterProblem, roster: Roster) -> list[Label]:
        """Return the sentences of the hard rules that a roster breaks, and that a draft has not broken before."""
        broken = _broken(problem, roster)
        before = set(_broken(self.problem, self.roster)) if broken else set()
        return [each for each in broken if each not in before]

    def _left_over(self, kept: Roster, problem: RosterProblem) -> Iterable[Label]:
        """Yield who would remain on a shift or role that is no more."""
        lines = {(shift.id, line.role) for shift, line in problem.lines}
        gone = (each for each in kept if (each.shift, each.role) not in lines)
        return (_LEFT_OVER.filled(assignment_name(self.problem, each)) for each in gone)


def _misfits_added(event: Event, more: Iterable[Assignment], kept: Roster, problem: RosterProblem) -> Iterable[Label]:
    taken = {(each.volunteer, each.shift) for each in kept}
    for each in more:
        volunteer = problem.volunteer(each.volunteer)
        problem.shift(each.shift).line(each.role)
        if (each.volunteer, each.shift) in taken:
            yield _ALREADY_ON.filled(str(volunteer))
        if _is_over(problem, each.shift, event.at):
            yield _over(problem, each.shift)
        taken.add((each.volunteer, each.shift))


def _hard(problem: RosterProblem) -> list[Rule]:
    return [rule for rule in rules_of(problem) if rule.hard]


def _broken(problem: RosterProblem, roster: Roster) -> list[Label]:
    report = check_schedule(Schedule(problem, roster), _hard(problem))
    return [violation.message for violation in report.hard]


def assignment_name(problem: RosterProblem, assignment: Assignment) -> Label:
    """Return what people call an assignment: who, in which role, on which shift.

    Raises:
        InputError: it names what the problem does not know.
    """
    volunteer, shift = problem.volunteer(assignment.volunteer), problem.shift(assignment.shift)
    line, name = shift.line(assignment.role), problem.shift_name(shift)
    return _ASSIGNED.filled(str(volunteer), line.label, name)


def _is_over(problem: RosterProblem, shift: str, at: datetime) -> bool:
    return problem.shift(shift).span.end_minute <= minute_of(at)


def _over(problem: RosterProblem, shift: str) -> Label:
    return _OVER.filled(problem.shift_name(problem.shift(shift)))
