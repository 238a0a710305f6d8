"""Why no roster keeps all hard rules: pins and rules that stand against each other, none needless, in words."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

import attrs
import numpy as np
from numpy.typing import NDArray

from civicvol import _fields
from civicvol.errors import EngineError
from civicvol.labels import Label, Language
from civicvol.rostering.arrays import Indices
from civicvol.rostering.check import check
from civicvol.rostering.columns import Columns, find_candidates
from civicvol.rostering.compile import compile_problem
from civicvol.rostering.conflict import find_nearest
from civicvol.rostering.engines import Engine, Status, engine_named
from civicvol.rostering.parts import solve_parts, split
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import LinearProgram, Program
from civicvol.rostering.roster import Assignment
from civicvol.rostering.rule import Family, Rule, Violation
from civicvol.rostering.rules import Pinned, rules_of
from civicvol.table import Table

T = TypeVar("T")
_Element = Assignment | Rule

_TITLE = Label("These cannot all hold", "以下各项无法同时满足")
_MAY_BE_FEWER = Label(
    "These cannot all hold; perhaps fewer of them cannot", "以下各项无法同时满足（或许其中更少几项即已冲突）"
)
_PIN = Label("pinned: {}", "固定：{}")
_FOR = Label("{} for {}", "{}：{}")
_EXAMPLE = Label("If all others hold: {}", "若其他各项均满足：{}")
_COLUMNS = Label("what", "项目"), Label("for", "对象")
_PINNED, _AND = Label("pinned", "固定"), Label("; ", "；")


@attrs.frozen(kw_only=True)
class Demand:
    """A hard rule, as far as a conflict needs it.

    Args:
        rule: the rule's name.
        volunteers: ids of the volunteers for whom it is needed.
        shifts: ids of the shifts for which it is needed.
        name: what people call these; empty where it is needed as a whole.
    """

    rule: str
    volunteers: tuple[str, ...]
    shifts: tuple[str, ...]
    name: Label

    def text(self, language: Language = "en") -> str:
        """Return the demand in words."""
        name = self.name.text(language)
        return _FOR.text(language).format(self.rule, name) if name else self.rule


@attrs.frozen(kw_only=True)
class Conflict:
    """Pins and hard rules that cannot all hold, none of which can be left out of the conflict.

    Args:
        pins: pinned assignments.
        demands: hard rules, and for whom or what they are needed.
        names: what people call the pins.
        examples: what is broken where everything else of the conflict holds.
        irreducible: whether without any one of these the others could hold; not known where time was up.
    """

    pins: tuple[Assignment, ...]
    demands: tuple[Demand, ...]
    names: tuple[Label, ...]
    examples: tuple[Violation, ...]
    irreducible: bool

    def text(self, language: Language = "en") -> str:
        """Return the conflict in words: a line for each pin and demand, and what must give."""
        title = (_TITLE if self.irreducible else _MAY_BE_FEWER).text(language)
        pins = (_PIN.text(language).format(name.text(language)) for name in self.names)
        demands = (demand.text(language) for demand in self.demands)
        examples = (_EXAMPLE.text(language).format(each.message.text(language)) for each in self.examples)
        return "\n".join([title, *(f"- {line}" for line in (*pins, *demands)), *examples])

    def table(self, language: Language = "en") -> Table:
        """Return the conflict as a table with a row for each pin and demand."""
        pins = ((_PINNED.text(language), name.text(language)) for name in self.names)
        demands = ((demand.rule, demand.name.text(language)) for demand in self.demands)
        title = (_TITLE if self.irreducible else _MAY_BE_FEWER).text(language)
        note = " ".join(_EXAMPLE.text(language).format(each.message.text(language)) for each in self.examples)
        columns = tuple(label.text(language) for label in _COLUMNS)
        return Table(title=title, columns=columns, rows=(*pins, *demands), note=note)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def explain_conflict(problem: RosterProblem, *, time_limit: float = 30.0, engine: str = "highs") -> Conflict | None:
    """Return pins and hard rules that cannot all hold, none of them needless; None where all of them can.

    First as many pins and rules as possible are left out while what is left still contradicts itself; then the same
    with the volunteers and shifts that each rule is asked of. What is left is irreducible: without any one of it, the
    rest could hold.

    Args:
        problem: the problem.
        time_limit: seconds; when they are up, what has been left out by then stays out.
        engine: name of the engine that decides whether something can hold.

    Raises:
        InputError: an argument is wrong.
        EngineError: the time was too short to find out whether there is a conflict at all.
    """
    _fields.require(
        problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")),
        time_limit=(time_limit, _fields.number(0.0, 1e7)),
        engine=(engine, _fields.identifier),
    )
    search = _Search(engine_named(engine), monotonic() + time_limit)
    hard = (rule for rule in rules_of(problem) if rule.hard and not isinstance(rule, Pinned))
    members: tuple[_Element, ...] = (*problem.pinned, *hard)

    def compiled(some: Sequence[_Element]) -> LinearProgram:
        return compile_problem(_reduced(problem, some)).program

    conflicting = search.contradicts(compiled(members))
    if conflicting is None:
        raise EngineError(engine, f"could not tell within {time_limit:g} seconds whether all hard rules can hold")
    if not conflicting:
        return None
    core = search.smallest(members, compiled)
    reduced = _reduced(problem, core)
    columns = find_candidates(reduced)
    asked = _Asked(columns)
    needed = search.smallest(asked.members, asked.program)
    nearest = find_nearest(columns, engine)
    examples = () if nearest is None else check(reduced, nearest).hard
    pins = tuple(each for each in core if isinstance(each, Assignment))
    demands = tuple(_demand(problem, rule.name, needed, examples) for rule in core if isinstance(rule, Rule))
    return Conflict(
        pins=pins,
        demands=demands,
        names=tuple(_pin_name(problem, pin) for pin in pins),
        examples=tuple(each for each in examples if any(_concerns(demand, each) for demand in demands)) or examples,
        irreducible=not search.late,
    )


class _Search:
    """Leaves out of a contradiction what it does not need, as long as there is time."""

    def __init__(self, engine: Engine, until: float) -> None:
        self._engine = engine
        self._until = until
        self.late = False

    def contradicts(self, program: LinearProgram) -> bool | None:
        """Return whether a program has no solution; None where there was no time to find out."""
        free = attrs.evolve(program, cost=np.zeros(len(program.cost)), offset=0.0, tiers={})
        left = self._until - monotonic()
        status = Status.UNKNOWN
        if left > 0:
            status = solve_parts(split(free), engine=self._engine, time_limit=left, seed=0).status
        if status is Status.UNKNOWN:
            self.late = True
            return None
        return status is Status.INFEASIBLE

    def smallest(self, members: Sequence[T], make: Callable[[Sequence[T]], LinearProgram]) -> list[T]:
        """Return a smallest part of some members whose program still contradicts itself.

        U. Junker, QuickXplain: preferred explanations and relaxations for over-constrained problems, AAAI 2004.
        """

        def needed(kept: list[T], *, more: bool, candidates: Sequence[T]) -> list[T]:
            if more and self.contradicts(make(kept)):
                return []
            if len(candidates) <= 1:
                return list(candidates)
            half = len(candidates) // 2
            first, second = candidates[:half], candidates[half:]
            of_second = needed([*kept, *first], more=True, candidates=second)
            of_first = needed([*kept, *of_second], more=bool(of_second), candidates=first)
            return [*of_first, *of_second]

        return needed([], more=True, candidates=members)


_Member = tuple[str, str, str | None]
"""The name of a rule, "volunteer" or "shift", and the id of whom or what its rows are about, None for several."""


class _Asked:
    """The rows of a problem's rules, by rule and by the volunteer or shift that they are about."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        program = Program(columns.past)
        number: list[int] = []
        rules = rules_of(columns.problem)
        for place, rule in enumerate(rules):
            rule.rows(columns, program)
            number += [place] * (program.height - len(number))
        self._whole = program.finish()
        self._rows: dict[_Member, list[int]] = {}
        for row, (place, (volunteer, shift)) in enumerate(zip(number, self._about(), strict=True)):
            rule = rules[place]
            of_shift = shift is not None and (volunteer is None or rule.family is Family.COVER)
            kind, id = ("shift", shift) if of_shift else ("volunteer", volunteer)
            self._rows.setdefault((rule.name, kind, id), []).append(row)
        self.members = tuple(self._rows)

    def program(self, members: Sequence[_Member]) -> LinearProgram:
        """Return the program of some of the rows."""
        rows = np.array(sorted(row for member in members for row in self._rows[member]), dtype=np.intp)
        whole = self._whole
        return attrs.evolve(
            whole,
            rows=whole.rows[rows],
            row_lower=whole.row_lower[rows],
            row_upper=whole.row_upper[rows],
            lazy=whole.lazy[rows],
        )

    def _about(self) -> Iterator[tuple[str | None, str | None]]:
        """Yield for each row the one volunteer and the one shift of all of its decisions, None where there are more."""
        columns, problem = self._columns, self._columns.problem
        entries = self._whole.rows.tocoo()
        decided = entries.col < len(columns)
        row, column = entries.row[decided], entries.col[decided]
        count = self._whole.rows.shape[0]
        volunteer, shift = (_only(of[column], row, count) for of in (columns.volunteer, columns.shift))
        for one, other in zip(volunteer.tolist(), shift.tolist(), strict=True):
            yield (
                problem.volunteers[one].id if one >= 0 else None,
                problem.shifts[other].id if other >= 0 else None,
            )


def _only(values: Indices, row: NDArray[np.integer], count: int) -> Indices:
    """Return the value that all entries of each row have, -1 where they differ or there are none."""
    least, most = np.full(count, np.iinfo(np.intp).max), np.full(count, -1)
    np.minimum.at(least, row, values)
    np.maximum.at(most, row, values)
    return np.where(least == most, most, -1)


def _reduced(problem: RosterProblem, members: Sequence[_Element]) -> RosterProblem:
    """Return a problem with only some of its pins and hard rules."""
    rules = tuple(each for each in members if isinstance(each, Rule))
    names = {rule.name for rule in rules}
    left = (each for each in problem.overrides if not each.rules or each.rules & names)
    overrides = (attrs.evolve(each, rules=each.rules & names) for each in left)
    pinned = tuple(each for each in members if isinstance(each, Assignment))
    return attrs.evolve(problem, rules=rules, pinned=pinned, overrides=tuple(overrides))


def _demand(problem: RosterProblem, rule: str, needed: Sequence[_Member], examples: Sequence[Violation]) -> Demand:
    """Return a rule of the conflict with whom and what it is needed for, as its rows say, or else its violations."""
    found = {
        kind: tuple(dict.fromkeys(id for name, of, id in needed if name == rule and of == kind and id))
        for kind in ("volunteer", "shift")
    }
    broken = [each for each in examples if each.rule == rule]
    volunteers, shifts = found["volunteer"], found["shift"]
    if not volunteers and not shifts:
        volunteers = tuple(dict.fromkeys(id for each in broken for id in each.volunteers))
        shifts = tuple(dict.fromkeys(id for each in broken for id in each.shifts))
    people = [Label(str(problem.volunteer(id))) for id in volunteers]
    names = [*people, *(problem.shift_name(problem.shift(id)) for id in shifts)]
    english, chinese = (_AND.text(language).join(name.text(language) for name in names) for language in ("en", "zh"))
    return Demand(rule=rule, volunteers=volunteers, shifts=shifts, name=Label(english, chinese))


def _concerns(demand: Demand, violation: Violation) -> bool:
    """Return whether a violation is of a demand's rule, and of whom or what it is needed for."""
    named = set(violation.volunteers) & set(demand.volunteers) or set(violation.shifts) & set(demand.shifts)
    return demand.rule == violation.rule and bool(named)


def _pin_name(problem: RosterProblem, pin: Assignment) -> Label:
    shift = problem.shift_name(problem.shift(pin.shift))
    volunteer = problem.volunteer(pin.volunteer)
    return Label(f"{volunteer} on {shift}", f"{volunteer}，{shift.text('zh')}")
