"""Replan: a published roster after something happened, with as few changes as can be."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from math import fsum
from time import perf_counter

import attrs

from civicvol import _fields
from civicvol.calendar._checks import moment
from civicvol.calendar.timespan import minute_of
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.errors import Fault, InputError
from civicvol.labels import Label, Language
from civicvol.rostering._settled import Settled
from civicvol.rostering.areas import areas, rejoin
from civicvol.rostering.check import CheckReport, check, check_schedule
from civicvol.rostering.disruption import Absence, Disruption, disrupted
from civicvol.rostering.engines import Status
from civicvol.rostering.notice import ChangeNotice, change_notices, notices_table
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.result import Result, TierResult
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Tier, Violation
from civicvol.rostering.rules import DesiredCover, FewestChanges, MinimumCover, rules_of
from civicvol.rostering.schedule import Schedule
from civicvol.rostering.solve import solve
from civicvol.table import Table

_TOLERANCE = 1e-6
_PROVEN = Label("no roster needs less", "已证明不能更少")
_UNPROVEN = Label("less may be possible", "或可更少")
_TITLE = Label(
    "{} to come, {} to go, {} cannot come; changes cost {:g} ({})", "新增{}，减少{}，不能来{}；变动代价{:g}（{}）"
)
_IMPOSSIBLE = Label("no roster keeps all hard rules", "没有班表能满足所有硬规则")
_OPEN = Label("still open: {} of {} on {}", "仍缺：{}（{}人），{}")


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
        proven: whether that is so of this one, and of its cover.
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
        if self.roster is None:
            return "\n".join(
                [_IMPOSSIBLE.text(language), *(f"- {each.message.text(language)}" for each in self.conflict)]
            )
        lines = [self._headline(language), *(each.name.text(language) for each in self.unfilled)]
        return "\n".join([*lines, *(notice.text(language) for notice in self.notices)])

    def table(self, language: Language = "en") -> Table:
        """Return a table with a row for each change that somebody is told of."""
        title = _IMPOSSIBLE.text(language) if self.roster is None else self._headline(language)
        return attrs.evolve(notices_table(self.notices, language), title=title)

    def _headline(self, language: Language) -> str:
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
    counted. Duties that are over stay as they are; to those that have begun only somebody for a place that is open may
    come.

    Args:
        problem: what was known when the roster was made.
        roster: the published roster.
        disruptions: what happened: absences, new people, new, changed and cancelled shifts.
        now: when that became known; with None nothing is past, and notice counts from the first day.
        fill: whether places that were open all along are to be filled too, at the price of further changes.
        time_limit: seconds for the search, as in `solve`.
        seed: for the search, as in `solve`.

    Raises:
        InputError: an argument is wrong, a disruption does not fit the problem, or an absence begins before a duty that
            the volunteer has served by now.
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
    after = disrupted(problem, given)
    kept = _kept(problem, roster, after, given, now)
    demand = after if fill else _as_published(problem, roster, after)
    absences = tuple(each for each in given if isinstance(each, Absence))
    fewest = FewestChanges(published=kept, known_at=problem.horizon.span.start if now is None else now)
    anew, repairs = kept, []
    for area in areas(demand):
        here = Roster(each for each in kept if each.volunteer in area.volunteer_by_id)
        if _needs_repair(area, here):
            repair = _Repair(area, here, absences, fewest, now, time_limit, seed)
            best = repair.best()
            if best.roster is None:
                return Replan(disruptions=given, problem=after, conflict=best.conflict, seconds=perf_counter() - began)
            repairs.append(repair)
            anew = rejoin(anew, area, best.roster)
    bounds = [repair.bound for repair in repairs if repair.bound is not None]
    return Replan(
        disruptions=given,
        problem=after,
        roster=anew,
        added=tuple(each for each in anew if each not in roster),
        removed=tuple(each for each in roster if each not in anew),
        lost=tuple(each for each in roster if each not in kept),
        cost=fsum(violation.penalty for violation in fewest.check(Schedule(after, anew))),
        bound=fsum(bounds) if len(bounds) == len(repairs) else None,
        proven=all(repair.proven for repair in repairs),
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
    lines = {(shift.id, line.role) for shift, line in after.lines}
    known = Roster(each for each in roster if (each.shift, each.role) in lines)
    absences = tuple(each for each in disruptions if isinstance(each, Absence))
    single = [rule for rule in after.rules if isinstance(rule, AssignmentRule) and rule.hard]
    report = check_schedule(Schedule(after, known), [Settled(published=known, absences=absences), *single])
    broken = {(*each.volunteers, *each.shifts) for each in report.hard}
    kept = Roster(each for each in known if (each.volunteer, each.shift) not in broken)
    done = (each for each in roster if each not in kept and _ended(problem.shift(each.shift), now))
    faults = [
        Fault("disruptions", "must leave what is over as it was", id=each.volunteer, value=each.shift) for each in done
    ]
    if faults:
        raise InputError(faults)
    return kept


def _as_published(problem: RosterProblem, roster: Roster, after: RosterProblem) -> RosterProblem:
    """Return a problem whose shifts, unless they are new or changed, ask for no more people than they had.

    Where a rule on cover is hard, they ask for what they do.
    """
    if any(isinstance(rule, MinimumCover | DesiredCover) and rule.hard for rule in after.rules):
        return after
    had = Counter((each.shift, each.role) for each in roster)

    def asked(shift: Shift) -> Shift:
        if problem.shift_by_id.get(shift.id) != shift:
            return shift
        lines = [
            attrs.evolve(line, minimum=min(line.minimum, count), desired=min(line.desired, count))
            for line in shift.cover
            for count in (had[shift.id, line.role],)
        ]
        return attrs.evolve(shift, cover=lines)

    return attrs.evolve(after, shifts=tuple(map(asked, after.shifts)))


def _needs_repair(area: RosterProblem, roster: Roster) -> bool:
    """Return whether a roster breaks a hard rule, or leaves something to be wished for in its cover."""
    rules = [rule for rule in rules_of(area) if rule.hard or rule.family.tier is Tier.COVER]
    return bool(check_schedule(Schedule(area, roster), rules).violations)


def _short(problem: RosterProblem, roster: Roster) -> Iterator[tuple[Shift, CoverRequirement, int]]:
    """Yield the role lines that have fewer people than they ask for, and how many fewer."""
    has = Counter((each.shift, each.role) for each in roster)
    for shift, line in problem.lines:
        missing = line.desired - has[shift.id, line.role]
        if missing > 0:
            yield shift, line, missing


def _unfilled(demand: RosterProblem, roster: Roster) -> Iterator[OpenPlace]:
    for shift, line, missing in _short(demand, roster):
        name = _OPEN.filled(line.label, missing, demand.shift_name(shift))
        yield OpenPlace(shift=shift.id, role=line.role, missing=missing, name=name)


def _begun(shift: Shift, now: datetime | None) -> bool:
    return now is not None and shift.span.start_minute <= minute_of(now)


def _ended(shift: Shift, now: datetime | None) -> bool:
    return now is not None and shift.span.end_minute <= minute_of(now)


class _Repair:
    """The repair of one area: first without moving anybody, and only if that is not proven best, with all there is.

    Whoever fills a place that is short comes to it, so a roster that does nothing else, and fills all of them, has the
    fewest changes there can be. To find the best of these, all others can be held where they are.

    Args:
        area: the area, asking for what it should have.
        kept: what of the published roster can stay.
        absences: who is absent when.
        fewest: the price of changes.
        now: when the repair begins.
        time_limit: seconds for each of the two searches.
        seed: for the search.
    """

    def __init__(
        self,
        area: RosterProblem,
        kept: Roster,
        absences: tuple[Absence, ...],
        fewest: FewestChanges,
        now: datetime | None,
        time_limit: float,
        seed: int,
    ) -> None:
        self._area = area
        self._kept = kept
        self._absences = absences
        self._fewest = attrs.evolve(fewest, published=kept)
        self._now = now
        self._time_limit = time_limit
        self._seed = seed
        self.proven = True
        self.bound: float | None = None

    def best(self) -> Result:
        """Return the best roster found; `proven` and `bound` then say what is known of its changes."""
        short = {(shift.id, line.role) for shift, line, _ in _short(self._area, self._kept)}
        not_over = {shift.id for shift in self._area.shifts if not _ended(shift, self._now)}
        reachable = frozenset(line for line in short if line[0] in not_over)
        first = self._solve(self._kept, reachable, None)
        if self._settles(first):
            return first
        locked = Roster(each for each in self._kept if _begun(self._area.shift(each.shift), self._now))
        ahead = {(shift.id, line.role) for shift, line in self._area.lines if not _begun(shift, self._now)}
        second = self._solve(locked, reachable | ahead, first.roster)
        self.proven = second.status is Status.INFEASIBLE or all(
            tier.bound is not None and tier.value - tier.bound <= _TOLERANCE * max(1.0, tier.value)
            for tier in map(partial(_tier, second), (Tier.COVER, Tier.STABILITY))
        )
        self.bound = _tier(second, Tier.STABILITY).bound
        return second

    def _settles(self, first: Result) -> bool:
        """Return whether a repair that moves nobody is proven best: it is, and it leaves no place open."""
        self.bound = _tier(first, Tier.STABILITY).value
        return first.status is Status.OPTIMAL and _tier(first, Tier.COVER).value <= _TOLERANCE

    def _solve(self, held: Roster, open_lines: frozenset[tuple[str, str]], start: Roster | None) -> Result:
        """Return the best roster in which some assignments are held, and people come to some lines only."""
        area = self._area
        settled = Settled(published=self._kept, open_lines=open_lines, absences=self._absences)
        taken = {(each.volunteer, each.shift) for each in held}
        pins = [each for each in area.pinned if (each.volunteer, each.shift) not in taken]
        restricted = attrs.evolve(area, rules=(settled, *area.rules, self._fewest), pinned=(*held, *pins))
        return solve(
            restricted,
            objective="lexicographic",
            start=start,
            time_limit=self._time_limit,
            seed=self._seed,
        )


def _tier(result: Result, tier: Tier) -> TierResult:
    """Return what a tier costs; nothing where no rule is in it."""
    return next((each for each in result.tiers if each.tier is tier), TierResult(tier=tier, value=0.0, bound=0.0))
