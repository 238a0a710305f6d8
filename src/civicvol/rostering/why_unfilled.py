"""Why a place is open: what becomes of everybody on the way to it, and who could be moved there at what cost."""

from collections import Counter, defaultdict

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label, Language
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.change import Changes
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.result import Result
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule, Stage
from civicvol.rostering.rules import rules_of
from civicvol.rostering.why_not import causes_of
from civicvol.table import Table

_SHORT = Label("{} short", "还缺{}人")
_FEWER = Label("{} fewer than wanted", "比希望少{}人")
_COUNTED = Label("{} {}", "{}人{}")
_HELPFUL = Label("{} could, and it would help", "{}人可以来，且有帮助")
_POSSIBLE = Label("{} could, but would cost more than it gains", "{}人可以来，但得不偿失")
_NOBODY = Label("there is nobody else", "没有其他人")
_COMMA, _COLON = Label(", ", "，"), Label(": ", "：")
_ON_IT = Label("on it in another role", "已在该班担任其他角色")
_EVERYBODY = Label("volunteers", "在册")
_OTHERS = Label("not on it yet", "未在此岗")
_LEAVES = Label("{} could leave {} for it; the penalty would change by {:+,.2f}", "{}可从{}调来；总代价变化{:+,.2f}")
_STAGE, _LEFT, _LOST = Label("stage", "环节"), Label("left", "剩余"), Label("who drops out", "退出原因")


@attrs.frozen(kw_only=True)
class Move:
    """Somebody who could take a place if they gave up what stands against it on the roster.

    Args:
        volunteer: id of the volunteer.
        leaves: ids of the shifts they would give up.
        cost: what the move would add to the penalty; less than 0 where it would help.
        name: who it is, and what people call the shifts.
    """

    volunteer: str
    leaves: tuple[str, ...]
    cost: float
    name: tuple[str, Label]

    def text(self, language: Language = "en") -> str:
        """Return the move as a sentence."""
        person, shifts = self.name
        return _LEAVES.text(language).format(person, shifts.text(language), self.cost)

    def __str__(self) -> str:
        return self.text()


@attrs.frozen(kw_only=True)
class Gap:
    """A role line with fewer people than it wants, and what became of everybody who might have filled it.

    Args:
        shift: id of the shift.
        role: the role line.
        name: what people call the shift and the role.
        missing: how many people are missing to the minimum.
        wanted: how many are missing to the desired number.
        reasons: how many volunteers each rule keeps away, by its reason, the first rule of each person counting.
        possible: ids of those whom no hard rule keeps away, but who would cost more than they gain.
        helpful: ids of those whom nothing keeps away and who would make the roster better; none in a proven best one.
        everybody: how many volunteers there are.
        funnel: for each stage, how many are left after it, and the reasons of those who are not, with their numbers.
        moves: who could be moved here from what they have on the roster, the cheapest first.
    """

    shift: str
    role: str
    name: Label
    missing: int
    wanted: int
    reasons: tuple[tuple[Label, int], ...]
    possible: tuple[str, ...]
    helpful: tuple[str, ...] = ()
    everybody: int = 0
    funnel: tuple[tuple[Stage, int, tuple[tuple[Label, int], ...]], ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def asked(self) -> int:
        """How many volunteers were looked at: all who are not on the line."""
        return sum(count for _, count in self.reasons) + len(self.possible) + len(self.helpful)

    def text(self, language: Language = "en") -> str:
        """Return the gap in words: what is missing and why, the funnel, and who could be moved."""
        short = (
            _SHORT.text(language).format(self.missing) if self.missing else _FEWER.text(language).format(self.wanted)
        )
        first = f"{self.name.text(language)}{_COLON.text(language)}{short}{_COLON.text(language)}{self.why(language)}"
        return "\n".join([first, f"  {self.steps(language)}", *(f"  {move.text(language)}" for move in self.moves)])

    def why(self, language: Language = "en") -> str:
        """Return what keeps everybody from the place, the most frequent reason first."""
        counted = _counted(self.reasons, language)
        if self.helpful:
            counted.append(_HELPFUL.text(language).format(len(self.helpful)))
        if self.possible:
            counted.append(_POSSIBLE.text(language).format(len(self.possible)))
        return _COMMA.text(language).join(counted) or _NOBODY.text(language)

    def steps(self, language: Language = "en") -> str:
        """Return the funnel in words: how many are left after each stage."""
        steps = [*self._beginning(), *((stage.label, left) for stage, left, _ in self.funnel)]
        return " → ".join(_COUNTED.text(language).format(left, label.text(language)) for label, left in steps)

    def table(self, language: Language = "en") -> Table:
        """Return the funnel as a table: a row for each stage, with those who drop out at it."""
        comma = _COMMA.text(language)
        rows = [
            *((label.text(language), left, "") for label, left in self._beginning()),
            *(
                (stage.label.text(language), left, comma.join(_counted(lost, language)))
                for stage, left, lost in self.funnel
            ),
        ]
        columns = tuple(label.text(language) for label in (_STAGE, _LEFT, _LOST))
        return Table(title=self.text(language).partition("\n")[0], columns=columns, rows=rows)

    def _beginning(self) -> list[tuple[Label, int]]:
        """Return all volunteers, and those of them who are not on the line where some are."""
        return [(_EVERYBODY, self.everybody), *([(_OTHERS, self.asked)] if self.asked < self.everybody else [])]

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def _counted(reasons: tuple[tuple[Label, int], ...], language: Language) -> list[str]:
    return [_COUNTED.text(language).format(count, reason.text(language)) for reason, count in reasons]


def why_unfilled(problem: RosterProblem, found: Roster | Result, *, moves: int = 3) -> tuple[Gap, ...]:
    """Return a gap for each role line with fewer people than it desires, in the order of the shifts.

    Everybody who is not on the line is counted once: as somebody who could take the place, or under the first hard
    rule that keeps them from taking it on top of what they have. Rules come by their stage: who is not qualified is
    not asked whether they are free; who is on duty elsewhere at that time is counted there, though they would lack rest
    as well. Of those who are only kept by what they have on the roster, the ones who would give up least are looked at,
    up to ten times `moves` of them, and the cheapest moves are named.

    Args:
        problem: the problem.
        found: a roster of it, or a result; of a result without a roster, the one nearest to keeping the hard rules.
        moves: how many moves to name for each gap, at most 100; 0 saves their time.

    Raises:
        InputError: there is no roster, or it names something the problem does not know.
    """
    _fields.require(moves=(moves, _fields.whole(0, 100)))
    given = found if not isinstance(found, Result) else found.nearest if found.roster is None else found.roster
    roster = require_known(problem, given)
    funnel = _Funnel(problem, roster, moves)
    return tuple(
        funnel.gap(place, filled)
        for place, (shift, line) in enumerate(problem.lines)
        if (filled := sum(each.role == line.role for each in roster.of_shift(shift.id))) < line.desired
    )


class _Funnel:
    """Sorts everybody by what keeps them from a role line; rules on single assignments are measured all at once."""

    def __init__(self, problem: RosterProblem, roster: Roster, moves: int) -> None:
        self._problem = problem
        self._roster = roster
        self._moves = moves
        every = rules_of(problem)
        hard = sorted((rule for rule in every if rule.hard), key=lambda rule: list(Stage).index(rule.stage))
        self._measures = {rule: rule.counted(problem) for rule in hard if isinstance(rule, AssignmentRule)}
        self._others = [rule for rule in hard if not isinstance(rule, AssignmentRule)]
        self._obstacles = Changes(problem, roster, self._others)
        self._all = Changes(problem, roster, every)

    def gap(self, place: int, filled: int) -> Gap:
        """Return the gap of a role line, given by its index, on which so many people are."""
        problem = self._problem
        shift, line = problem.lines[place]
        everybody = np.arange(len(problem.volunteers))
        broken = {
            rule: measure(everybody, np.full(len(everybody), place)) > 0 for rule, measure in self._measures.items()
        }
        roles = {each.volunteer: each.role for each in self._roster.of_shift(shift.id)}
        lost: defaultdict[Stage, Counter[Label]] = defaultdict(Counter)
        able: dict[bool, list[str]] = {True: [], False: []}
        blocked: list[tuple[tuple[Assignment, ...], Volunteer]] = []
        for number, volunteer in enumerate(problem.volunteers):
            role = roles.get(volunteer.id)
            if role == line.role:
                continue
            rule: Rule | None = next((rule for rule, wrong in broken.items() if wrong[number]), None)
            causes: tuple[Assignment, ...] = ()
            if rule is None and role is None:
                rule, causes = self._first_against(volunteer, shift, line)
            if rule is not None:
                lost[rule.stage][rule.reason] += 1
                if causes:
                    blocked.append((causes, volunteer))
            elif role is not None:
                lost[Stage.ELSEWHERE][_ON_IT] += 1
            else:
                change = self._all.of(added=[_assignment(volunteer, shift, line)])
                able[change.mends or change.cost < 0].append(volunteer.id)
        left = sum(counter.total() for counter in lost.values()) + len(able[True]) + len(able[False])
        funnel = []
        for stage in Stage:
            left -= lost[stage].total()
            funnel.append((stage, left, tuple(lost[stage].most_common())))
        return Gap(
            shift=shift.id,
            role=line.role,
            name=_named(problem, shift, line),
            missing=max(line.minimum - filled, 0),
            wanted=line.desired - filled,
            reasons=tuple(sum(lost.values(), Counter()).most_common()),
            possible=tuple(able[False]),
            helpful=tuple(able[True]),
            everybody=len(problem.volunteers),
            funnel=tuple(funnel),
            moves=self._cheapest(blocked, shift, line),
        )

    def _first_against(
        self, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[Rule | None, tuple[Assignment, ...]]:
        """Return the rule that stands against somebody, and what of their own on the roster would have to give.

        It is the first by stage of those that nothing of their own brings about; where there are none, what they are at
        elsewhere comes first.
        """
        against = self._obstacles.of(added=[_assignment(volunteer, shift, line)]).against
        own = {
            violation: [each for each in causes_of(violation, self._roster) if each.volunteer == volunteer.id]
            for violation in against
        }
        firm = {violation.rule for violation, causes in own.items() if not causes}
        if firm:
            return next(rule for rule in self._others if rule.name in firm), ()
        names = {violation.rule for violation in against}
        rules = [rule for rule in self._others if rule.name in names]
        rules.sort(key=lambda rule: rule.stage is not Stage.ELSEWHERE)
        return next(iter(rules), None), tuple(sorted({each for causes in own.values() for each in causes}))

    def _cheapest(
        self, blocked: list[tuple[tuple[Assignment, ...], Volunteer]], shift: Shift, line: CoverRequirement
    ) -> tuple[Move, ...]:
        problem = self._problem
        found = []
        for causes, volunteer in sorted(blocked, key=lambda each: len(each[0]))[: 10 * self._moves]:
            change = self._all.of(added=[_assignment(volunteer, shift, line)], removed=causes)
            if not change.against:
                names = [problem.shift_name(problem.shift(each.shift)) for each in causes]
                shifts = Label("; ".join(name.en for name in names), "；".join(name.text("zh") for name in names))
                leaves = tuple(each.shift for each in causes)
                found.append(
                    Move(volunteer=volunteer.id, leaves=leaves, cost=change.cost, name=(str(volunteer), shifts))
                )
        return tuple(sorted(found, key=lambda move: (move.cost, move.volunteer))[: self._moves])


def _assignment(volunteer: Volunteer, shift: Shift, line: CoverRequirement) -> Assignment:
    return Assignment(volunteer=volunteer.id, shift=shift.id, role=line.role)


def _named(problem: RosterProblem, shift: Shift, line: CoverRequirement) -> Label:
    name = problem.shift_name(shift)
    return Label(f"{name}, {line.label}", f"{name.text('zh')}，{line.label.text('zh')}")
