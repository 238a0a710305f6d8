"""Explain a roster in words: why somebody is not on a shift, and why a place is open."""

from collections import Counter
from collections.abc import Sequence

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label, Language
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.change import Change, change_by
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule, Violation
from civicvol.rostering.rules import rules_of
from civicvol.rostering.solve import Result

_NO = Label("{}: no, because", "{}：不行，因为")
_ASSIGNED = Label("{}: is on the roster", "{}：已在班表上")
_COULD = Label("{}: could be, and would change the penalty by {:+,.2f}", "{}：可以，总代价变化{:+,.2f}")


@attrs.frozen(kw_only=True)
class WhyNot:
    """What stands against a volunteer's taking a shift.

    Args:
        assignment: what is asked about, in the role that fits best.
        name: what people call it: somebody on a shift in a role.
        against: the hard rules it would break, with their sentences; none where it could be done.
        cost: what it would add to the penalty; less than 0 where it would help.
        assigned: whether the roster has it already.
    """

    assignment: Assignment
    name: Label
    against: tuple[Violation, ...]
    cost: float
    assigned: bool

    @property
    def possible(self) -> bool:
        """Whether no hard rule stands against it."""
        return not self.against

    def text(self, language: Language = "en") -> str:
        """Return the answer in words: a line, and one more for each rule that stands against it."""
        if self.against:
            sentences = (f"- {violation.message.text(language)}" for violation in self.against)
            return "\n".join([_NO.text(language).format(self.name.text(language)), *sentences])
        answer = _ASSIGNED if self.assigned else _COULD
        return answer.text(language).format(self.name.text(language), self.cost)

    def __str__(self) -> str:
        return self.text()


def why_not(problem: RosterProblem, roster: Roster, volunteer: str, shift: str) -> WhyNot:
    """Return what stands against a volunteer's taking a shift, on top of what they have on the roster.

    Args:
        problem: the problem.
        roster: a roster of it.
        volunteer: id of the volunteer.
        shift: id of the shift; the role that breaks least, and costs least, is looked at.

    Raises:
        InputError: an id is not known.
    """
    require_known(problem, roster)
    person, work = problem.volunteer(volunteer), problem.shift(shift)
    held = [each for each in roster.of_volunteer(volunteer) if each.shift == shift]
    if held:
        name = _assigned(problem, person, work, work.line(held[0].role))
        return WhyNot(assignment=held[0], name=name, against=(), cost=0.0, assigned=True)
    answers = (_why_not(problem, roster, person, work, line) for line in work.cover)
    return min(answers, key=lambda answer: (len(answer.against), answer.cost))


def _why_not(
    problem: RosterProblem, roster: Roster, volunteer: Volunteer, shift: Shift, line: CoverRequirement
) -> WhyNot:
    near = (*roster.of_volunteer(volunteer.id), *roster.of_shift(shift.id))
    change = change_by(problem, near, volunteer, shift, line.role, rules_of(problem))
    return WhyNot(
        assignment=Assignment(volunteer=volunteer.id, shift=shift.id, role=line.role),
        name=_assigned(problem, volunteer, shift, line),
        against=change.against,
        cost=change.cost,
        assigned=False,
    )


def _assigned(problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement) -> Label:
    name = problem.shift_name(shift)
    english = f"{volunteer} as {line.label} on {name}"
    return Label(english, f"{volunteer}（{line.label.text('zh')}），{name.text('zh')}")


_SHORT = Label("{} short", "还缺{}人")
_FEWER = Label("{} fewer than wanted", "比希望少{}人")
_COUNTED = Label("{} {}", "{}人{}")
_HELPFUL = Label("{} could, and it would help", "{}人可以来，且有帮助")
_POSSIBLE = Label("{} could, but would cost more than it gains", "{}人可以来，但得不偿失")
_NOBODY = Label("there is nobody else", "没有其他人")
_COMMA, _COLON = Label(", ", "，"), Label(": ", "：")
_ON_IT = Label("on it in another role", "已在该班担任其他角色")


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
    """

    shift: str
    role: str
    name: Label
    missing: int
    wanted: int
    reasons: tuple[tuple[Label, int], ...]
    possible: tuple[str, ...]
    helpful: tuple[str, ...] = ()

    def text(self, language: Language = "en") -> str:
        """Return the gap and its reasons as a sentence."""
        short = (
            _SHORT.text(language).format(self.missing) if self.missing else _FEWER.text(language).format(self.wanted)
        )
        return f"{self.name.text(language)}{_COLON.text(language)}{short}{_COLON.text(language)}{self.why(language)}"

    def why(self, language: Language = "en") -> str:
        """Return what keeps everybody from the place, the most frequent reason first."""
        counted = [_COUNTED.text(language).format(count, reason.text(language)) for reason, count in self.reasons]
        if self.helpful:
            counted.append(_HELPFUL.text(language).format(len(self.helpful)))
        if self.possible:
            counted.append(_POSSIBLE.text(language).format(len(self.possible)))
        return _COMMA.text(language).join(counted) or _NOBODY.text(language)

    def __str__(self) -> str:
        return self.text()


def why_unfilled(problem: RosterProblem, found: Roster | Result) -> tuple[Gap, ...]:
    """Return a gap for each role line with fewer people than it desires, in the order of the shifts.

    Everybody who is not on the line is counted once: as somebody who could take the place, or under the first hard
    rule that keeps them from taking it on top of what they have. Rules on single assignments come first, then the
    others, each in the order of the problem's rules.

    Args:
        problem: the problem.
        found: a roster of it, or a result; of a result without a roster, the one nearest to keeping the hard rules.

    Raises:
        InputError: there is no roster, or it names something the problem does not know.
    """
    given = found if not isinstance(found, Result) else found.nearest if found.roster is None else found.roster
    roster = require_known(problem, given)
    funnel = _Funnel(problem, roster)
    return tuple(
        funnel.gap(place, filled)
        for place, (shift, line) in enumerate(problem.lines)
        if (filled := sum(each.role == line.role for each in roster.of_shift(shift.id))) < line.desired
    )


class _Funnel:
    """Sorts everybody by what keeps them from a role line; rules on single assignments are measured all at once."""

    def __init__(self, problem: RosterProblem, roster: Roster) -> None:
        self._problem = problem
        self._roster = roster
        self._all = rules_of(problem)
        hard = [rule for rule in self._all if rule.hard]
        self._measures = {rule: rule.counted(problem) for rule in hard if isinstance(rule, AssignmentRule)}
        self._others = [rule for rule in hard if not isinstance(rule, AssignmentRule)]

    def gap(self, place: int, filled: int) -> Gap:
        """Return the gap of a role line, given by its index, on which so many people are."""
        problem = self._problem
        shift, line = problem.lines[place]
        everybody = np.arange(len(problem.volunteers))
        broken = {
            rule: measure(everybody, np.full(len(everybody), place)) > 0 for rule, measure in self._measures.items()
        }
        roles = {each.volunteer: each.role for each in self._roster.of_shift(shift.id)}
        reasons: Counter[Label] = Counter()
        able: dict[bool, list[str]] = {True: [], False: []}
        for number, volunteer in enumerate(problem.volunteers):
            role = roles.get(volunteer.id)
            if role == line.role:
                continue
            rule: Rule | None = next((rule for rule, wrong in broken.items() if wrong[number]), None)
            if rule is None and role is None:
                rule = self._first_against(volunteer, shift, line)
            if rule is not None:
                reasons[rule.reason] += 1
            elif role is not None:
                reasons[_ON_IT] += 1
            else:
                change = self._change(volunteer, shift, line, self._all)
                able[change.mends or change.cost < 0].append(volunteer.id)
        return Gap(
            shift=shift.id,
            role=line.role,
            name=_named(problem, shift, line),
            missing=max(line.minimum - filled, 0),
            wanted=line.desired - filled,
            reasons=tuple(reasons.most_common()),
            possible=tuple(able[False]),
            helpful=tuple(able[True]),
        )

    def _first_against(self, volunteer: Volunteer, shift: Shift, line: CoverRequirement) -> Rule | None:
        names = {violation.rule for violation in self._change(volunteer, shift, line, self._others).against}
        return next((rule for rule in self._others if rule.name in names), None)

    def _change(self, volunteer: Volunteer, shift: Shift, line: CoverRequirement, rules: Sequence[Rule]) -> Change:
        near = (*self._roster.of_volunteer(volunteer.id), *self._roster.of_shift(shift.id))
        return change_by(self._problem, near, volunteer, shift, line.role, rules)


def _named(problem: RosterProblem, shift: Shift, line: CoverRequirement) -> Label:
    name = problem.shift_name(shift)
    return Label(f"{name}, {line.label}", f"{name.text('zh')}，{line.label.text('zh')}")
