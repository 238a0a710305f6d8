"""Stand-ins: who could take a place on a shift, the best first, with reasons, and what keeps the others from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from math import fsum, inf
from typing import Any

import attrs
import numpy as np

from civicvol import _fields
from civicvol._fields import Check
from civicvol.calendar._checks import instant
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.errors import InputError
from civicvol.labels import Label, Language
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.change import Changes
from civicvol.rostering.check import check_schedule
from civicvol.rostering.effect import Effect, effects_of
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule, Stage, Violation
from civicvol.rostering.rules import rules_of
from civicvol.rostering.schedule import Schedule
from civicvol.rostering.stand_in import RuledOut, StandIn
from civicvol.rostering.why_not import causes_of
from civicvol.table import Table

_DECIMALS = 6
_MOST_SHOWN = 10
_STAGES = tuple(Stage)

_AS, _PART = Label("{} as {}", "{}（{}）"), Label("{}, {}", "{}，{}")
_INSTEAD = Label("{}, instead of {}", "{}，替代{}")
_TITLE = Label("{}: {} could, {} could not", "{}：{}人可以，{}人不行")
_FULL = Label("it is full, so there is a place only if somebody drops out", "已满员，有人退出才有空位")
_MORE, _NOT = Label("and {} more", "另有{}人"), Label("could not: {}", "不行：{}")
_ON_IT = Label("on it already: {}", "已在该班：{}")
_COUNTED = Label("{} {}", "{}人{}")
_COMMA = Label(", ", "，")
_COLUMNS = (
    Label("who", "人员"),
    Label("penalty", "代价"),
    Label("why", "原因"),
    Label("duties", "班次"),
    Label("hours", "小时"),
    Label("hours before", "此前小时"),
    Label("last asked", "上次询问"),
)
_REASON, _PEOPLE = Label("reason", "原因"), Label("people", "人数")


@attrs.frozen(kw_only=True)
class StandIns:
    """Who could take a place on a shift, and who could not.

    Args:
        shift: id of the shift.
        role: the role line that was looked at; None where each was looked at in the role that fits best.
        name: what people call the place.
        candidates: those who could, the best first.
        others: those who could not, in the order of the problem's volunteers.
        assigned: the names of those who are on the shift already, by id.
        full: whether there are as many people as the roles take at the most.
    """

    shift: str
    role: str | None
    name: Label
    candidates: tuple[StandIn, ...]
    others: tuple[RuledOut, ...]
    assigned: Mapping[str, str] = attrs.field(hash=False)
    full: bool

    @property
    def counts(self) -> tuple[tuple[Label, int], ...]:
        """How many people each reason keeps away, the most frequent first; each person counts once."""
        return tuple(Counter(each.reason for each in self.others).most_common())

    def title(self, language: Language = "en") -> str:
        """Return how many could and could not, in words."""
        title = _TITLE.filled(self.name, len(self.candidates), len(self.others))
        return (_PART.filled(title, _FULL) if self.full else title).text(language)

    def text(self, language: Language = "en") -> str:
        """Return the answer: a headline, the ten best with their reasons, and what keeps the others away."""
        best = self.candidates[:_MOST_SHOWN]
        lines = [f"{place}. {each.text(language)}" for place, each in enumerate(best, start=1)]
        if len(self.candidates) > len(best):
            lines.append(_MORE.filled(len(self.candidates) - len(best)).text(language))
        if self.others:
            counted = (_COUNTED.filled(count, reason).text(language) for reason, count in self.counts)
            lines.append(_NOT.text(language).format(_COMMA.text(language).join(counted)))
        if self.assigned:
            lines.append(_ON_IT.text(language).format(_COMMA.text(language).join(self.assigned.values())))
        return "\n".join([self.title(language), *lines])

    def table(self, language: Language = "en") -> Table:
        """Return those who could as a table, the best first."""
        rows = (
            (
                each.name.text(language),
                each.cost,
                each.why(language),
                each.duties,
                each.minutes / 60,
                each.before / 60,
                None if each.asked is None else str(each.asked.date()),
            )
            for each in self.candidates
        )
        return Table(title=self.title(language), columns=_texts(_COLUMNS, language), rows=rows)

    def by_reason(self, language: Language = "en") -> Table:
        """Return a table of what keeps how many of the others away."""
        rows = ((reason.text(language), count) for reason, count in self.counts)
        return Table(title=self.title(language), columns=_texts((_REASON, _PEOPLE), language), rows=rows)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html() + self.by_reason().to_html()


def _wrong_asked(value: Any) -> str | None:
    if not isinstance(value, Mapping):
        return "must be a mapping from ids of volunteers to datetimes"
    found = ((id, instant.wrong(when)) for id, when in value.items())
    return next((f"has a time, that of {id!r}, that {message}" for id, message in found if message), None)


_asked = Check(_wrong_asked)


def stand_ins(
    problem: RosterProblem,
    roster: Roster,
    shift: str,
    *,
    role: str | None = None,
    instead_of: str | None = None,
    asked: Mapping[str, datetime] | None = None,
) -> StandIns:
    """Return who could take a place on a shift on top of what they have on the roster, the best first.

    The best is who costs least, by all soft rules; of those who cost the same, who has the fewest minutes on this
    roster and before; then who was never asked, or longest ago; then the first by id. Whoever is on the shift already
    is not looked at, in whatever role.

    Args:
        problem: the problem.
        roster: a roster of it; it may break hard rules, and only what would be broken by more stands against anybody.
        shift: id of the shift.
        role: the role line; where None, that of whoever drops out, else for everybody the one that fits best.
        instead_of: id of a volunteer on the shift who drops out; costs are told from the roster without them, and they
            are not looked at.
        asked: when people were last asked, by id; ids that the problem does not know are fine. Where None, nobody was.

    Raises:
        InputError: an id or role is not known, nobody of that id is on the shift to drop out, or a time is no datetime
            with a time zone.

    Source: stand-ins and shift partners of a shop run by its members (SuperCoopBerlin/tapir#269 and #520), and a list
    of all who can and cannot take a shift, each with why (dvorka/shifts-solver#28).

    >>> from civicvol import datasets, solve
    >>> month = datasets.sanhua(days=7)
    >>> roster = solve(month).roster
    >>> duty = roster.assignments[0]
    >>> found = stand_ins(month, roster, duty.shift, instead_of=duty.volunteer)
    >>> best = found.candidates[0]
    >>> best.why()
    'DesiredCover -1,000.00, PositionPreference +2.00, FairShare +1.00'
    """
    require_known(problem, roster)
    work = problem.shift(shift)
    times: Mapping[str, datetime] = {} if asked is None else asked
    _fields.require(asked=(times, _asked))
    dropped = [each for each in roster.of_shift(shift) if each.volunteer == instead_of]
    if instead_of is not None and not dropped:
        raise InputError.of("instead_of", "must be the id of a volunteer on this shift", value=instead_of)
    wanted = dropped[0].role if dropped and role is None else role
    lines = work.cover if wanted is None else (work.line(wanted),)
    name = problem.shift_name(work)
    if wanted is not None:
        name = _PART.filled(name, lines[0].label)
    if instead_of is not None:
        name = _INSTEAD.filled(name, str(problem.volunteer(instead_of)))
    rest = roster.without(*dropped)
    on_it = {each.volunteer: each.role for each in rest.of_shift(shift)}
    people = tuple(each for each in problem.volunteers if each.id not in on_it and each.id != instead_of)
    place = _Place(problem, rest, work, lines)
    looks = place.looks(people)
    roles = Counter(on_it.values())
    return StandIns(
        shift=shift,
        role=wanted,
        name=name,
        candidates=tuple(sorted((place.stand_in(each, times) for each in looks if not each.against), key=_rank)),
        others=tuple(place.ruled_out(each) for each in looks if each.against),
        assigned={id: str(problem.volunteer(id)) for id in on_it},
        full=all(roles[line.role] >= line.maximum for line in lines),
    )


def _rank(candidate: StandIn) -> tuple[float, int, float, str]:
    asked = -inf if candidate.asked is None else candidate.asked.timestamp()
    minutes = candidate.minutes + candidate.before
    return round(candidate.cost, _DECIMALS), minutes, asked, candidate.assignment.volunteer


@attrs.frozen(kw_only=True)
class _Look:
    """What was found when somebody was looked at in a role; cost and effects only where nothing stands against it."""

    assignment: Assignment
    against: tuple[Violation, ...]
    agreed: tuple[Violation, ...] = ()
    cost: float = 0.0
    effects: tuple[Effect, ...] = ()


class _Place:
    """A place on some role lines of a shift, and what becomes of people on the way to it.

    Hard rules on single assignments are measured for everybody at once, and only who passes them is looked at closely.
    """

    def __init__(
        self, problem: RosterProblem, roster: Roster, shift: Shift, lines: tuple[CoverRequirement, ...]
    ) -> None:
        self._problem = problem
        self._roster = roster
        self._shift = shift
        self._lines = lines
        self._rules = {rule.name: rule for rule in rules_of(problem)}
        single = [rule for rule in rules_of(problem) if isinstance(rule, AssignmentRule)]
        self._hard = [rule for rule in single if rule.hard]
        self._soft = [rule for rule in single if not rule.hard]
        self._changes = Changes(problem, roster, [rule for rule in rules_of(problem) if rule not in single])
        self._agreed = {each.volunteer for each in problem.overrides if each.shift == shift.id}

    def looks(self, people: tuple[Volunteer, ...]) -> list[_Look]:
        """Return for each of some people what is found in the role that fits them best."""
        struck: list[tuple[Assignment, Bools]] = []
        left: defaultdict[str, list[Assignment]] = defaultdict(list)
        for volunteer, broken in zip(people, self._broken(people), strict=True):
            given = [Assignment(volunteer=volunteer.id, shift=self._shift.id, role=line.role) for line in self._lines]
            least = int(broken.sum(axis=1).argmin())
            if broken[least].any():
                struck.append((given[least], broken[least]))
            else:
                left[volunteer.id] = [each for each, rules in zip(given, broken, strict=True) if not rules.any()]
        found = self._struck(struck)
        alone = self._found_alone([each for options in left.values() for each in options])
        for id, options in left.items():
            looks = (self._closely(each, alone[id, each.role]) for each in options)
            found[id] = min(looks, key=lambda look: (len(look.against), look.cost))
        return [found[volunteer.id] for volunteer in people]

    def _broken(self, people: tuple[Volunteer, ...]) -> Bools:
        """Return which hard rules on single assignments each of some people would break: people by lines by rules."""
        number = {volunteer.id: index for index, volunteer in enumerate(self._problem.volunteers)}
        volunteers = np.array([number[each.id] for each in people], dtype=np.intp)
        places = [self._problem.lines.index((self._shift, line)) for line in self._lines]
        broken = np.zeros((len(people), len(places), len(self._hard)), dtype=bool)
        for column, rule in enumerate(self._hard):
            measure = self._problem.remembered(("counted", rule), partial(rule.counted, self._problem))
            for row, place in enumerate(places):
                broken[:, row, column] = measure(volunteers, np.full(len(volunteers), place)) > 0
        return broken

    def _struck(self, struck: list[tuple[Assignment, Bools]]) -> dict[str, _Look]:
        """Return what stands against assignments of different people, each of which breaks some of the single rules."""
        found: defaultdict[str, list[Violation]] = defaultdict(list)
        for column, rule in enumerate(self._hard):
            for each in self._alone([assignment for assignment, broken in struck if broken[column]], rule):
                found[each.volunteers[0]].append(each)
        looks = (_Look(assignment=each, against=tuple(found[each.volunteer])) for each, _ in struck)
        return {look.assignment.volunteer: look for look in looks}

    def _found_alone(self, assignments: list[Assignment]) -> Mapping[tuple[str, str], list[Violation]]:
        """Return by volunteer and role what rules on single assignments find where no hard one stands against it.

        What is broken of hard ones there is agreed.
        """
        found: defaultdict[tuple[str, str], list[Violation]] = defaultdict(list)
        for line in self._lines:
            of_line = [each for each in assignments if each.role == line.role]
            agreed = [each for each in of_line if each.volunteer in self._agreed]
            for each in (*self._alone(agreed, *self._hard), *self._alone(of_line, *self._soft)):
                found[each.volunteers[0], line.role].append(each)
        return found

    def _alone(self, assignments: list[Assignment], *rules: Rule) -> tuple[Violation, ...]:
        """Return what some rules on single assignments find in assignments of different people."""
        people = tuple(self._problem.volunteer(each.volunteer) for each in assignments)
        return check_schedule(Schedule(self._problem, Roster(assignments), people, ()), rules).violations

    def _closely(self, assignment: Assignment, alone: Sequence[Violation]) -> _Look:
        """Return what is found of an assignment, given what rules on single assignments find of it."""
        change = self._changes.of(added=[assignment])
        effects = effects_of(change.before.violations, (*change.after.violations, *alone))
        return _Look(
            assignment=assignment,
            against=change.against,
            agreed=(*(each for each in alone if each.override), *change.agreed),
            cost=change.cost + fsum(each.penalty for each in alone),
            effects=tuple(sorted(effects, key=lambda effect: (not effect.hard, -abs(effect.cost)))),
        )

    def stand_in(self, look: _Look, asked: Mapping[str, datetime]) -> StandIn:
        """Return the stand-in that somebody is whom nothing stands against."""
        problem, id = self._problem, look.assignment.volunteer
        held = self._roster.of_volunteer(id)
        return StandIn(
            assignment=look.assignment,
            name=self._name(look),
            cost=look.cost,
            effects=look.effects,
            agreed=look.agreed,
            duties=len(held),
            minutes=sum(problem.shift(each.shift).minutes for each in held),
            before=sum(duty.span.minutes for duty in problem.previous_of.get(id, ())),
            asked=asked[id].astimezone(problem.horizon.zone) if id in asked else None,
        )

    def ruled_out(self, look: _Look) -> RuledOut:
        """Return why somebody is not, what is to be mentioned first before the rest.

        Rules come by their stage, but before them what nothing of somebody's own on the roster brings about; of what
        that does, what they are at elsewhere comes first, though they would lack rest as well.
        """

        def precedence(violation: Violation) -> tuple[bool, bool, int]:
            stage = self._rules[violation.rule].stage
            own = any(each.volunteer == look.assignment.volunteer for each in causes_of(violation, self._roster))
            return own, own and stage is not Stage.ELSEWHERE, _STAGES.index(stage)

        against = tuple(sorted(look.against, key=precedence))
        reason = self._rules[against[0].rule].reason
        return RuledOut(assignment=look.assignment, name=self._name(look), reason=reason, against=against)

    def _name(self, look: _Look) -> Label:
        volunteer = self._problem.volunteer(look.assignment.volunteer)
        return _AS.filled(str(volunteer), self._shift.line(look.assignment.role).label)


def _texts(labels: Iterable[Label], language: Language) -> tuple[str, ...]:
    return tuple(label.text(language) for label in labels)
