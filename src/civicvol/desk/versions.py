"""The versions of a roster: edited as a draft, published, changed, closed."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Self

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import minute_of
from civicvol.desk.event import DeskEvent
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState, Phase
from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.rostering.check import check
from civicvol.rostering.disruption import Absence, Disruption, disrupted
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.replan import Replan
from civicvol.rostering.roster import Assignment

_TWICE = Label("the roster is published already", "班表已发布")
_NOT_OVER = Label("{} is not over yet", "{}还没有结束")
_OVER = Label("{} is over, and stays as it was", "{}已经结束，不再更改")

_SERVED = Label("{} has served on {}, so an absence begins after that", "{}已在{}服务，缺席应从其后开始")

_assignments = _fields.tuple_of(_fields.is_a(Assignment, "an Assignment"))


@attrs.frozen(kw_only=True)
class Published(DeskEvent):
    """A draft is published; it is refused where it breaks a hard rule."""

    label: ClassVar = Label("published", "发布")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the first version."""
        self.require_manager(policy)
        if state.phase is not Phase.DRAFT:
            raise self.refusal(_TWICE)
        broken = check(state.problem, state.roster).hard
        if broken:
            raise self.refusal(*dict.fromkeys(violation.message for violation in broken))
        return attrs.evolve(state, phase=Phase.PUBLISHED, version=1)


@attrs.frozen(kw_only=True)
class Changed(DeskEvent):
    """Those who run the desk change a roster, a draft or one that is published; what is over stays as it was.

    Args:
        disruptions: what came to be known: absences, new, changed and cancelled shifts.
        added: the assignments that come.
        removed: those that go; of a shift that is cancelled, all go by themselves.
    """

    label: ClassVar = Label("changed", "变更")

    disruptions: tuple[Disruption, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Disruption, "a disruption"))
    )
    added: tuple[Assignment, ...] = attrs.field(default=(), converter=_fields.as_tuple, validator=_assignments)
    removed: tuple[Assignment, ...] = attrs.field(default=(), converter=_fields.as_tuple, validator=_assignments)

    @classmethod
    def by_plan(cls, plan: Replan, *, at: datetime, by: str, why: str = "") -> Self:
        """Return the event that puts a plan of `replan` into effect.

        Raises:
            InputError: an argument is wrong, or the plan has no roster.
        """
        _fields.require(plan=(plan, _fields.is_a(Replan, "a Replan")))
        if plan.roster is None:
            raise InputError.of("plan", "must have a roster", value=plan.text())
        return cls(at=at, by=by, why=why, disruptions=plan.disruptions, added=plan.added, removed=plan.removed)

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the roster changed."""
        self.require_manager(policy)
        served = dict.fromkeys(self._served(state))
        if served:
            raise self.refusal(*served)
        if not self.disruptions:
            return state.changed(self, added=self.added, removed=self.removed)
        problem = disrupted(state.problem, self.disruptions)
        over = dict.fromkeys((*self._over(state.problem, problem), *self._over(problem, state.problem)))
        if over:
            raise self.refusal(*over)
        cancelled = (each for each in state.roster if each.shift not in problem.shift_by_id)
        removed = tuple(dict.fromkeys((*self.removed, *cancelled)))
        return state.changed(self, added=self.added, removed=removed, problem=problem)

    def _served(self, state: DeskState) -> Iterator[Label]:
        """Yield a reason for each duty that is over and in whose time somebody is said to be absent."""
        problem, now = state.problem, minute_of(self.at)
        for absence in self.disruptions:
            if isinstance(absence, Absence):
                for duty in state.roster.of_volunteer(absence.volunteer):
                    shift = problem.shift(duty.shift)
                    if shift.span.end_minute <= now and shift.span.overlaps(absence.span):
                        yield _SERVED.filled(str(problem.volunteer(duty.volunteer)), problem.shift_name(shift))

    def _over(self, problem: RosterProblem, other: RosterProblem) -> Iterator[Label]:
        """Yield a reason for each shift of a problem that is over, and not the same in the other problem."""
        now = minute_of(self.at)
        for shift in problem.shifts:
            if shift.span.end_minute <= now and other.shift_by_id.get(shift.id) != shift:
                yield _OVER.filled(problem.shift_name(shift))


@attrs.frozen(kw_only=True)
class Closed(DeskEvent):
    """A published roster is closed once its last shift is over; nothing in it changes any more."""

    label: ClassVar = Label("closed", "结束")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state closed."""
        self.require_manager(policy)
        state.require_published(self)
        last = max(state.problem.shifts, key=lambda shift: shift.span.end_minute, default=None)
        if last is not None and minute_of(self.at) < last.span.end_minute:
            raise self.refusal(_NOT_OVER.filled(state.problem.shift_name(last)))
        return attrs.evolve(state, phase=Phase.CLOSED)
