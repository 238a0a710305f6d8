"""Replan: a published roster after something happened, with as few changes as can be."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from math import fsum
from time import monotonic, perf_counter

import attrs

from civicvol import _fields
from civicvol.calendar._checks import moment
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.errors import Fault, InputError
from civicvol.labels import Label, Language
from civicvol.rostering._settled import Settled
from civicvol.rostering.areas import areas, rejoin
from civicvol.rostering.check import CheckReport, check, check_schedule
from civicvol.rostering.disruption import Absence, Disruption, disrupted
from civicvol.rostering.notice import ChangeNotice, change_notices, notices_table
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.repair import Repair, ended, short_lines
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Violation
from civicvol.rostering.rules import DesiredCover, FewestChanges, MinimumCover
from civicvol.rostering.schedule import Schedule
from civicvol.table import Table

_PROVEN = Label("no roster needs less", "已证明不能更少")
_UNPROVEN = Label("less may be possible", "或可更少")
_TITLE = Label(
    "{} to come, {} to go, {} cannot stay; changes cost {:g} ({})", "新增{}，减少{}，无法保留{}；变动代价{:g}（{}）"
)
_IMPOSSIBLE = Label("no roster keeps all hard rules", "没有班表能满足所有硬规则")
_NOT_FOUND = Label("no roster that keeps all hard rules was found in time", "限时内未找到满足所有硬规则的班表")
_OPEN = Label("still open: {} on {}: {} missing", "仍缺：{}，{}，{}人")


@attrs.frozen(kw_only=True)
class OpenPlace:
    """A role line that cannot be filled again as it was.

    Args:
        shift: id of the shift.
        role: the role line.
        missing: how many people are missing of those who were there, or of those a new line asks for.
        name: what people call it.
    """

    shift: str
    role: str
    missing: int
    name: Label


@attrs.frozen(kw_only=True)
class Replan:
    """A roster after something happened.

    Args:
        disruptions: what happened.
        problem: what is known from now on.
        roster: the new roster; None where no roster keeps the hard rules.
        added: the assignments that it has and the published one does not.
        removed: those of the published one that it does not have.
        lost: those of them that could not stay, whatever the roster.
        cost: what the changes count, by notice; what could not stay counts nothing.
        bound: no roster that fills as much counts less; None where nothing is known.
        proven: whether that is so of this one, and of its cover; where there is no roster, whether none keeps the hard
            rules.
        unfilled: the role lines that are not filled again.
        notices: what each person is told.
        report: the check of the new roster; None where there is none.
        conflict: where there is none, what even the nearest to one breaks.
        seconds: how long it took.
    """

    disruptions: tuple[Disruption, ...]
    problem: RosterProblem
    roster: Roster | None = None
    added: tuple[Assignment, ...] = ()
    removed: tuple[Assignment, ...] = ()
    lost: tuple[Assignment, ...] = ()
    cost: float = 0.0
    bound: float | None = None
    proven: bool = False
    unfilled: tuple[OpenPlace, ...] = ()
    notices: tuple[ChangeNotice, ...] = ()
    report: CheckReport | None = None
    conflict: tuple[Violation, ...] = ()
    seconds: float = 0.0

    def text(self, language: Language = "en") -> str:
        """Return what changes in words: a headline, what stays open, then what each person is told."""
        conflict = (f"- {each.message.text(language)}" for each in self.conflict)
        unfilled = (each.name.text(language) for each in self.unfilled)
        notices = (notice.text(language) for notice in self.notices)
        return "\n".join([self._headline(language), *conflict, *unfilled, *notices])

    def table(self, language: Language = "en") -> Table:
        """Return a table with a row for each change that somebody is told of."""
        return attrs.evolve(notices_table(self.notices, language), title=self._headline(language))

    def _headline(self, language: Language) -> str:
        if self.roster is None:
            return (_IMPOSSIBLE if self.proven else _NOT_FOUND).text(language)
        stayed = len(self.removed) - len(self.lost)
        proof = _PROVEN if self.proven else _UNPROVEN
        return _TITLE.filled(len(self.added), stayed, len(self.lost), self.cost, proof).text(language)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def replan(
    problem: RosterProblem,
    roster: Roster,
    disruptions: Iterable[Disruption] = (),
    *,
    now: datetime | None = None,
    fill: bool = False,
    time_limit: float = 60.0,
    seed: int = 0,
) -> Replan:
    """Return a published roster after something happened, with the fewest changes to what is published.

    What matters comes in this order: the hard rules; that every line has again the people it had, and those that a new
    or changed shift asks for; then as few changes as can be, each counted by how little notice people have of it (see
    `FewestChanges`); then all other rules. What a disruption makes impossible is no change by choice, and is not
    counted, and a `FewestChanges` among the problem's rules is left aside: it is about an earlier roster. Duties that
    are over stay as they are; to those that have begun only somebody for a place that is open may come.

    Args:
        problem: what was known when the roster was made.
        roster: the published roster.
        disruptions: what happened: absences, new people, new, changed and cancelled shifts.
        now: when that became known; with None nothing is past, and notice counts from the first day.
        fill: whether places that were open all along are to be filled too, at the price of further changes.
        time_limit: seconds for all searches together; compiling and checking come on top.
        seed: for the search, as in `solve`.

    Raises:
        InputError: an argument is wrong, or a disruption does not fit the problem, or would change a duty that is over.
        EngineError: the engine failed.

    >>> from civicvol import datasets, solve
    >>> month = datasets.sanhua(days=7)
    >>> roster = solve(month).roster
    >>> duty = roster.assignments[0]
    >>> ill = Absence(volunteer=duty.volunteer, span=month.shift(duty.shift).span, why="ill")
    >>> plan = replan(month, roster, [ill])
    >>> plan.proven, duty in plan.removed
    (True, True)
    """
    require_known(problem, roster)
    given = _fields.as_tuple(disruptions)
    _fields.require(
        now=(now, _fields.optional(moment)),
        fill=(fill, _fields.flag),
        time_limit=(time_limit, _fields.number(0.0, 1e7)),
        seed=(seed, _fields.whole(0, 2**31 - 1)),
    )
    began = perf_counter()
    until = monotonic() + time_limit
    after = disrupted(problem, given)
    kept = _kept(problem, roster, after, given, now)
    demand = _demand(problem, roster, after, now, fill=fill)
    absences = tuple(each for each in given if isinstance(each, Absence))
    fewest = FewestChanges(published=kept, known_at=problem.horizon.span.start if now is None else now)
    anew, proven = kept, True
    bound: float | None = 0.0
    for area in areas(demand):
        here = Roster(each for each in kept if each.volunteer in area.volunteer_by_id)
        repair = Repair(area=area, kept=here, absences=absences, fewest=fewest, now=now, until=until, seed=seed)
        if repair.needed:
            best, least, certain = repair.best()
            if best.roster is None:
                return Replan(
                    disruptions=given,
                    problem=after,
                    proven=certain,
                    conflict=best.conflict,
                    seconds=perf_counter() - began,
                )
            anew = rejoin(anew, area, best.roster)
            bound = None if bound is None or least is None else bound + least
            proven &= certain
    return Replan(
        disruptions=given,
        problem=after,
        roster=anew,
        added=tuple(each for each in anew if each not in roster),
        removed=tuple(each for each in roster if each not in anew),
        lost=tuple(each for each in roster if each not in kept),
        cost=fsum(violation.penalty for violation in fewest.check(Schedule(after, anew))),
        bound=bound,
        proven=proven,
        unfilled=tuple(_unfilled(demand, anew)),
        notices=change_notices(problem, roster, after, anew),
        report=check(after, anew),
        seconds=perf_counter() - began,
    )


def _kept(
    problem: RosterProblem,
    roster: Roster,
    after: RosterProblem,
    disruptions: tuple[Disruption, ...],
    now: datetime | None,
) -> Roster:
    """Return what of a published roster can stay.

    Raises:
        InputError: something that is over cannot stay, and has happened all the same.
    """
    absences = tuple(each for each in disruptions if isinstance(each, Absence))
    over = Roster(each for each in roster if ended(problem.shift(each.shift), now))
    faults = [
        Fault("disruptions", "must leave what is over as it was", id=each.volunteer, value=each.shift)
        for each in over
        if after.shift_by_id.get(each.shift) != problem.shift(each.shift)
        or any(absence.concerns(each.volunteer, each.shift, after) for absence in absences)
    ]
    if faults:
        raise InputError(faults)
    lines = {(shift.id, line.role) for shift, line in after.lines}
    known = Roster(each for each in roster if (each.shift, each.role) in lines)
    single = [rule for rule in after.rules if isinstance(rule, AssignmentRule) and rule.hard]
    report = check_schedule(Schedule(after, known), [Settled(published=known, absences=absences), *single])
    broken = {(*each.volunteers, *each.shifts) for each in report.hard}
    return Roster(each for each in known if each in over or (each.volunteer, each.shift) not in broken)


def _demand(
    problem: RosterProblem, roster: Roster, after: RosterProblem, now: datetime | None, *, fill: bool
) -> RosterProblem:
    """Return a problem in which only shifts that are new or changed, and not over, ask for more people than they had.

    To fill all that can be, all that are not over do. Where a rule on cover is hard, they ask for what it does. How far
    a roster is from one that was published before counts no more.
    """
    firm = {type(rule) for rule in after.rules if rule.hard}
    had = Counter((each.shift, each.role) for each in roster)

    def asked(shift: Shift) -> Shift:
        if not ended(shift, now) and (fill or problem.shift_by_id.get(shift.id) != shift):
            return shift
        lines = tuple(wanted(line, had[shift.id, line.role]) for line in shift.cover)
        return shift if lines == shift.cover else attrs.evolve(shift, cover=lines)

    def wanted(line: CoverRequirement, count: int) -> CoverRequirement:
        if count >= line.desired:
            return line
        minimum = line.minimum if MinimumCover in firm else min(line.minimum, count)
        desired = line.desired if DesiredCover in firm else max(minimum, count)
        return attrs.evolve(line, minimum=minimum, desired=desired)

    rules = tuple(rule for rule in after.rules if not isinstance(rule, FewestChanges))
    return attrs.evolve(after, shifts=tuple(map(asked, after.shifts)), rules=rules)


def _unfilled(demand: RosterProblem, roster: Roster) -> Iterator[OpenPlace]:
    for shift, line, missing in short_lines(demand, roster):
        name = _OPEN.filled(line.label, demand.shift_name(shift), missing)
        yield OpenPlace(shift=shift.id, role=line.role, missing=missing, name=name)
