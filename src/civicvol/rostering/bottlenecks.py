"""Bottlenecks: which skill, on which day and at what time, is so short that a few people more would help most."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from time import monotonic

import attrs
import numpy as np
from scipy.sparse import vstack

from civicvol import _fields
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Choice, Label, Language
from civicvol.people.availability import Availability
from civicvol.people.skill import Qualification, SkillNeed
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.columns import find_candidates
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.program import LinearProgram, Program
from civicvol.rostering.result import Result
from civicvol.rostering.roster import Roster
from civicvol.rostering.rules import DesiredCover, MinimumCover, rules_of
from civicvol.rostering.solve import solve
from civicvol.rostering.tighten import tighten
from civicvol.table import Table

_LOOKED_AT = 2
_LITTLE = 1e-4
_WEEKDAYS = tuple(
    map(
        Label,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    )
)
_ON, _IN = Label("on {} {}s", "{}{}"), Label("in the {}s", "{}")
_ONE = Label("one more volunteer{} {} would fill {}", "{}再有1名{}志愿者，可补{}")
_MORE = Label("{} more volunteers{} {} would fill {}", "{}再有{}名{}志愿者，可补{}")
_WITH, _AND, _LEVEL = Label(" with {}", "具备{}的"), Label(" and ", "、"), Label("{} (level {})", "{}（{}级）")
_COLUMNS = (
    Label("people more", "增加人数"),
    Label("places filled", "补上空缺"),
    Label("penalty saved", "代价减少"),
    Label("shadow price", "影子价格"),
    Label("shifts", "班次"),
)
_PLACE, _PLACES = Label("one place", "1个空缺"), Label("{} places", "{}个空缺")


class PartOfDay(Choice):
    """When a shift begins on the clock."""

    NIGHT = "night", "夜间"
    MORNING = "morning", "上午"
    AFTERNOON = "afternoon", "下午"
    EVENING = "evening", "晚上"

    @classmethod
    def of(cls, hour: int) -> "PartOfDay":
        """Return the part of the day that an hour of the clock lies in: a quarter of it."""
        return tuple(cls)[hour // 6]


@attrs.frozen(kw_only=True)
class Bottleneck:
    """A kind of people of whom a few more would fill open places, found out by solving with them.

    Args:
        needs: the skills they would have.
        weekday: the day of the week on which they would be free, 0 for Monday; None for every day.
        part: the part of the day in which the shifts begin that they would be free for.
        shifts: ids of these shifts.
        volunteers: the people themselves, as `helped` adds them: free for these shifts, and serving anywhere.
        shadow_price: what one person more on each of these shifts would be worth, by the linear relaxation.
        places: how many open places fewer there are with them.
        gain: by how much the penalty falls.
        name: who they are, in words.
    """

    needs: tuple[SkillNeed, ...]
    weekday: int | None
    part: PartOfDay
    shifts: tuple[str, ...]
    volunteers: tuple[Volunteer, ...]
    shadow_price: float
    places: int
    gain: float
    name: Label

    @property
    def people(self) -> int:
        """How many people they are."""
        return len(self.volunteers)

    def helped(self, problem: RosterProblem) -> RosterProblem:
        """Return a problem with these people added; several pieces of advice may be taken together.

        Raises:
            InputError: it is no problem, or has them already.
        """
        _fields.require(problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")))
        return attrs.evolve(problem, volunteers=(*problem.volunteers, *self.volunteers))

    def text(self, language: Language = "en") -> str:
        """Return the advice as a sentence."""
        part = self.part.label.text(language)
        weekday = None if self.weekday is None else _WEEKDAYS[self.weekday].text(language)
        when = _IN.text(language).format(part) if weekday is None else _ON.text(language).format(weekday, part)
        with_ = _WITH.text(language).format(self.name.text(language)) if self.needs else ""
        places = (_PLACE if self.places == 1 else _PLACES).text(language).format(self.places)
        words = [with_, when, places] if language == "en" else [when, with_, places]
        if self.people == 1:
            return _ONE.text(language).format(*words)
        words.insert(0 if language == "en" else 1, str(self.people))
        return _MORE.text(language).format(*words)

    def table(self, language: Language = "en") -> Table:
        """Return the advice with its figures as a table of one row."""
        row = (self.people, self.places, self.gain, self.shadow_price, len(self.shifts))
        columns = tuple(label.text(language) for label in _COLUMNS)
        return Table(title=self.text(language), columns=columns, rows=[row])

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


@attrs.frozen(kw_only=True)
class _Kind:
    """Role lines that ask for the same skills at the same time of the day."""

    needs: tuple[SkillNeed, ...]
    weekday: int | None
    part: PartOfDay
    lines: tuple[int, ...]
    price: float


def bottlenecks(
    problem: RosterProblem,
    result: Result,
    *,
    most: int = 5,
    people: int = 3,
    time_limit: float = 60.0,
    seed: int = 0,
) -> tuple[Bottleneck, ...]:
    """Return which few people more would fill the most open places, the most helpful first.

    The shadow prices of places, from the linear relaxation, say what one person more on each would be worth, also where
    they would only free somebody for another place. They are added up by skill, weekday and part of the day, and for
    the dearest of these kinds of people the problem is solved again with one more of them, with two, and so on, as long
    as more places are filled.

    Args:
        problem: the problem.
        result: a result of it with a roster.
        most: how many bottlenecks to return.
        people: how many people to add at the most.
        time_limit: seconds for all solving; kinds that are not come to by then are left out.
        seed: for the solving.

    Raises:
        InputError: an argument is wrong, or the result has no roster.
    """
    _fields.require(
        result=(result, _fields.is_a(Result, "a Result")),
        most=(most, _fields.whole(1, 1_000)),
        people=(people, _fields.whole(1, 1_000)),
        time_limit=(time_limit, _fields.number(0.0, 1e7)),
        seed=(seed, _fields.whole(0, 2**31 - 1)),
    )
    roster = require_known(problem, result.roster)
    until = monotonic() + time_limit
    missing = _missing(problem, roster)
    found: list[Bottleneck] = []
    for kind in _kinds(problem)[: _LOOKED_AT * most] if missing else ():
        best = None
        for count in range(1, people + 1):
            left = until - monotonic()
            if left <= 0:
                break
            tried = _tried(problem, kind, count)
            helped = solve(tried.helped(problem), time_limit=left, seed=seed, start=roster)
            if helped.roster is None or helped.objective is None or result.objective is None:
                break
            places = missing - _missing(problem, helped.roster)
            if places <= (0 if best is None else best.places):
                break
            best = attrs.evolve(tried, places=places, gain=result.objective - helped.objective)
        if best is not None:
            found.append(best)
    found = [each for each in found if not any(_outdoes(other, each) for other in found)]
    found.sort(key=lambda each: (-each.places / each.people, len(each.shifts), -each.gain))
    return tuple(found[:most])


def _outdoes(one: Bottleneck, other: Bottleneck) -> bool:
    """Return whether one asks for fewer skills at the same time, and fills as many places with as few people."""
    fewer = set(one.needs) < set(other.needs) and (one.weekday, one.part) == (other.weekday, other.part)
    return fewer and one.places >= other.places and one.people <= other.people


def _missing(problem: RosterProblem, roster: Roster) -> int:
    """Return how many people are missing to the desired numbers."""
    return sum(
        max(line.desired - sum(each.role == line.role for each in roster.of_shift(shift.id)), 0)
        for shift, line in problem.lines
    )


def _kinds(problem: RosterProblem) -> list[_Kind]:
    """Return the kinds of people who might be short, the dearest first."""
    prices = place_prices(problem)
    lines: defaultdict[tuple[tuple[SkillNeed, ...], int | None, PartOfDay], list[int]] = defaultdict(list)
    for place, (shift, line) in enumerate(problem.lines):
        if prices[place] > 0:
            start = shift.span.start.astimezone(problem.horizon.zone)
            needs, part = _needs(problem, shift, line), PartOfDay.of(start.hour)
            lines[needs, problem.day_of(shift.span).weekday(), part].append(place)
            lines[needs, None, part].append(place)
    kinds = [
        _Kind(needs=needs, weekday=weekday, part=part, lines=tuple(places), price=float(prices[places].sum()))
        for (needs, weekday, part), places in lines.items()
    ]
    # What is the same on one day of the week as on all is said of the one.
    days = {(kind.needs, kind.part, kind.lines) for kind in kinds if kind.weekday is not None}
    kinds = [kind for kind in kinds if kind.weekday is not None or (kind.needs, kind.part, kind.lines) not in days]
    return sorted(kinds, key=lambda kind: -kind.price)


def place_prices(problem: RosterProblem) -> Floats:
    """Return for each role line what one person more on it would be worth, by the linear relaxation.

    Only lines on which people are wanted for a price have one; where cover is hard it is 0.
    """
    columns = find_candidates(problem)
    program = Program(columns.past)
    missing: list[tuple[Indices, slice]] = []
    for rule in rules_of(problem):
        first = program.width
        rule.rows(columns, program)
        if isinstance(rule, MinimumCover | DesiredCover) and not rule.hard:
            lines = np.flatnonzero(np.nan_to_num(rule.limits(columns)))
            missing.append((lines, slice(first, first + len(lines))))
    worth = _worth_of_columns(tighten(program.finish(), columns.volunteer))
    prices = np.zeros(len(problem.lines))
    for wanting, slack in missing:
        # A missing person is a column of its own, and is worth what the place is.
        prices[wanting] += worth[slack]
    return np.where(prices > 1e-6, prices, 0.0)


def _worth_of_columns(program: LinearProgram) -> Floats:
    """Return what a little more of each column is worth to its rows, by their prices in the linear relaxation.

    Where a need is just met, its price is anything from what it costs to meet it to what it would cost to miss it.
    Somebody more is worth the first, which is what the needs cost where each is a little less.
    """
    from scipy.optimize import linprog  # it is slow to load, and hardly anybody needs it

    above, below = np.isfinite(program.row_upper), np.isfinite(program.row_lower)
    needs = program.row_lower[below] - _LITTLE
    solved = linprog(  # type: ignore[call-overload]  # its types know no sparse matrix
        program.cost,
        A_ub=vstack([program.rows[above], -program.rows[below]]),
        b_ub=np.concatenate([program.row_upper[above], -needs]),
        bounds=list(zip(program.lower.tolist(), program.upper.tolist(), strict=True)),
        method="highs",
    )
    if solved.status != 0:
        return np.zeros(len(program.cost))
    price = np.zeros(len(above))
    marginals = solved.ineqlin.marginals
    price[above] += marginals[: np.count_nonzero(above)]
    price[below] -= marginals[np.count_nonzero(above) :]
    worth: Floats = program.rows.T @ price
    return worth


def _needs(problem: RosterProblem, shift: Shift, line: CoverRequirement) -> tuple[SkillNeed, ...]:
    """Return the skills that somebody needs for a line, one of those of which any will do."""
    asked = [*problem.position(shift.position).needs, *line.all_of, *line.any_of[:1]]
    levels: dict[str, int] = {}
    for need in asked:
        levels[need.skill] = max(levels.get(need.skill, 0), need.level)
    return tuple(SkillNeed(skill=skill, level=level) for skill, level in sorted(levels.items()))


def _tried(problem: RosterProblem, kind: _Kind, count: int) -> Bottleneck:
    """Return a kind of people as a bottleneck of which nothing is known yet."""
    shifts = [problem.lines[place][0] for place in kind.lines]
    held = [Qualification(skill=need.skill, level=need.level) for need in kind.needs]
    free = Availability(offered=list(dict.fromkeys(shift.span for shift in shifts)))
    people = (Volunteer(id=id, qualifications=held, availability=free) for id in _new_ids(problem, kind, count))
    return Bottleneck(
        needs=kind.needs,
        weekday=kind.weekday,
        part=kind.part,
        shifts=tuple(dict.fromkeys(shift.id for shift in shifts)),
        volunteers=tuple(people),
        shadow_price=kind.price,
        places=0,
        gain=0.0,
        name=_skills(problem, kind.needs),
    )


def _new_ids(problem: RosterProblem, kind: _Kind, count: int) -> Iterator[str]:
    """Yield ids that nobody has, and that people of no other kind are given."""
    day = "any day" if kind.weekday is None else _WEEKDAYS[kind.weekday].en
    skills = "+".join(f"{need.skill}:{need.level}" for need in kind.needs) or "anybody"
    number = 0
    while count:
        number += 1
        id = f"new {skills} {day} {kind.part} {number}"
        if id not in problem.volunteer_by_id:
            yield id
            count -= 1


def _skills(problem: RosterProblem, needs: Sequence[SkillNeed]) -> Label:
    texts = []
    for language in ("en", "zh"):
        names = []
        for need in needs:
            name = problem.skill(need.skill).label.text(language)
            names.append(name if need.level == 1 else _LEVEL.text(language).format(name, need.level))
        texts.append(_AND.text(language).join(names))
    return Label(*texts)
