"""What the rules share that look at the people who are on one shift together."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.people.skill import HIGHEST_LEVEL, SkillNeed, valid_days
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, Floats, Indices, groups, sums
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Rule, Violation, ids_of
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class MixRule(Rule):
    """A rule on the people on one shift, some of whom fit what it asks for.

    Args:
        positions: ids of the positions whose shifts the rule looks at; of all where empty.
    """

    family: ClassVar = Family.COVER

    positions: frozenset[str] = attrs.field(
        default=frozenset(),
        converter=_fields.as_frozenset,
        validator=_fields.set_of(_fields.identifier),
        metadata=ids_of("position"),
    )

    @abstractmethod
    def fits(self, problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> bool:
        """Return whether a volunteer fits what the rule asks for on a shift."""

    @abstractmethod
    def fitting(self, columns: Columns) -> Bools:
        """Return the same for each candidate."""

    @abstractmethod
    def amount(self, problem: RosterProblem, shift: Shift, fit: int, others: int) -> int:
        """Return by how much a shift with so many who fit, and so many others, falls short."""

    @abstractmethod
    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return what the sentence says beside the shift and the numbers of people."""

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the shifts on which the wrong people are together."""
        problem = schedule.problem
        for shift in schedule.shifts:
            if self.positions and shift.position not in self.positions:
                continue
            people = [each.volunteer for each in schedule.roster.of_shift(shift.id)]
            fit = sum(self.fits(problem, problem.volunteer(id), shift) for id in people)
            amount = self.amount(problem, shift, fit, len(people) - fit)
            if amount > 0:
                facts: Facts = {
                    "shift": problem.shift_name(shift),
                    "fit": fit,
                    "others": len(people) - fit,
                    **self.facts(problem, shift),
                }
                yield self.violation(amount, facts, volunteers=tuple(people), shifts=(shift.id,))

    def shifts(self, columns: Columns) -> Bools:
        """Return which of the problem's shifts the rule looks at."""
        shifts = columns.problem.shifts
        return np.array([not self.positions or shift.position in self.positions for shift in shifts], dtype=bool)

    def entries(self, columns: Columns) -> Indices:
        """Return the candidates of the shifts that the rule looks at."""
        return np.flatnonzero(self.shifts(columns)[columns.shift[: columns.count]])


@attrs.frozen(kw_only=True)
class PresentRule(MixRule):
    """A rule by which at least so many who fit are on each shift on which anybody is.

    Args:
        least: how many who fit there are at least.
        always: whether shifts with nobody on them count as well.
    """

    called_by_others: ClassVar[bool] = False
    """Whether only those who do not fit ask for some who do."""

    least: int = attrs.field(default=1, validator=_fields.whole(1, 1_000))
    always: bool = attrs.field(default=False, validator=_fields.flag)

    def amount(self, problem: RosterProblem, shift: Shift, fit: int, others: int) -> int:
        """Return how many who fit are missing."""
        asked = self.always or others > 0 or (fit > 0 and not self.called_by_others)
        return self.least - fit if asked else 0

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return how many who fit there are to be."""
        return {"least": self.least}

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each shift: so many who fit as there are at least, where somebody asks for them."""
        entries, shifts = self.entries(columns), len(columns.problem.shifts)
        fits = self.fitting(columns)[entries]
        chosen = entries[fits]
        if self.always:
            needs = np.where(self.shifts(columns), self.least, 0)
            program.at_least(columns.shift[chosen], chosen, 1.0, needs, self.weight)
        elif self.hard and self.least == 1:
            write_only_with(columns, program, entries, fits)
        else:
            called = write_called(columns, program, entries[~fits] if self.called_by_others else entries)
            program.at_most(
                np.concatenate([columns.shift[chosen], np.arange(shifts)]),
                np.concatenate([chosen, called]),
                np.concatenate([np.full(len(chosen), -1.0), np.full(shifts, float(self.least))]),
                np.zeros(shifts),
                self.weight,
            )


@attrs.frozen(kw_only=True)
class RatioRule(MixRule):
    """A rule by which for each one who fits there are at most so many others on a shift.

    Args:
        most: how many others there are for each one who fits at most.
    """

    most: int = attrs.field(validator=_fields.whole(1, 1_000))

    def amount(self, problem: RosterProblem, shift: Shift, fit: int, others: int) -> int:
        """Return how many others are too many."""
        return others - self.most * fit

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return how many others there may be for each one who fits."""
        return {"most": self.most}

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each shift; where the rule is hard, nobody comes where nobody who fits is."""
        entries = self.entries(columns)
        fits = self.fitting(columns)[entries]
        limits = np.zeros(len(columns.problem.shifts))
        program.at_most(columns.shift[entries], entries, np.where(fits, -self.most, 1.0), limits, self.weight)
        if self.hard and self.most > 1:
            # Implied by the rows above, but far tighter while decisions are fractions.
            write_only_with(columns, program, entries, fits)


@attrs.frozen(kw_only=True, slots=False)
class SkillMixRule(MixRule):
    """A rule that asks for people with a skill; without slots, so that a rule may be a ratio and of a skill.

    Args:
        skill: id of the skill; those that imply it count too.
        level: the level from which it counts.
    """

    skill: str = attrs.field(validator=_fields.identifier, metadata=ids_of("skill"))
    level: int = attrs.field(default=1, validator=_fields.whole(1, HIGHEST_LEVEL))

    def fits(self, problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> bool:
        """Return whether a volunteer has the skill on every day of a shift."""
        first, last = problem.dates_of(shift)
        return volunteer.meets(self._need, problem.providers[self.skill], first, last)

    def fitting(self, columns: Columns) -> Bools:
        """Return the same for each candidate."""
        problem = columns.problem
        dates = [problem.dates_of(shift) for shift in problem.shifts]
        days = np.array([[day.toordinal() for day in each] for each in dates], dtype=np.int64).reshape(-1, 2)
        first, last = days[columns.shift[: columns.count]].T
        places = np.searchsorted(columns.volunteer[: columns.count], np.arange(len(problem.volunteers) + 1))
        found = np.zeros(columns.count, dtype=bool)
        for volunteer, begin, end in zip(problem.volunteers, places[:-1], places[1:], strict=True):
            held = volunteer.meeting(self._need, problem.providers[self.skill])
            for start, until in valid_days(held):
                found[begin:end] |= (start.toordinal() <= first[begin:end]) & (last[begin:end] <= until.toordinal())
        return found

    def skill_name(self, problem: RosterProblem) -> Label:
        """Return what people call the skill at its level."""
        label = problem.skill(self.skill).label
        if self.level == 1:
            return label
        return Label(f"{label} (level {self.level})", f"{label.text('zh')}（{self.level}级）")

    @property
    def _need(self) -> SkillNeed:
        return SkillNeed(skill=self.skill, level=self.level)


def past_minutes(problem: RosterProblem, volunteer: Volunteer, shift: Shift, *, at_position: bool) -> int:
    """Return for how many minutes a volunteer served before, at the shift's position only if so asked."""
    duties = problem.previous_of.get(volunteer.id, ())
    return sum(duty.span.minutes for duty in duties if not at_position or duty.position == shift.position)


def past_minutes_of(columns: Columns, *, at_position: bool) -> Floats:
    """Return the same for each candidate."""
    position = columns.position if at_position else np.zeros(len(columns), dtype=np.int64)
    counted = np.flatnonzero(columns.past & (position >= 0))
    width = int(position.max(initial=0)) + 1
    place = columns.volunteer * width + position
    minutes = sums(place[counted], columns.minutes[counted], len(columns.problem.volunteers) * width)
    found: Floats = minutes[place[: columns.count]]
    return found


def write_called(columns: Columns, program: Program, entries: Indices) -> Indices:
    """Return a column for each shift of the problem that is one where any of some candidates is on it."""

    def written() -> Indices:
        count = len(columns.problem.shifts)
        called = program.add_columns(np.zeros(count), np.ones(count))
        write_where_one(program, entries, called[columns.shift[entries]])
        _write_blocks(columns, program, entries[_limited(columns, program, entries)], called)
        return called

    return program.remembered(("called", entries.tobytes()), written)


def write_fit(columns: Columns, program: Program, entries: Indices) -> Indices:
    """Return a column for each shift of the problem that can be one only where one of some candidates is on it."""

    def written() -> Indices:
        count = len(columns.problem.shifts)
        fit = program.add_columns(np.zeros(count), np.ones(count))
        program.at_most(
            np.concatenate([columns.shift[entries], np.arange(count)]),
            np.concatenate([entries, fit]),
            np.concatenate([np.full(len(entries), -1.0), np.ones(count)]),
            np.zeros(count),
        )
        return fit

    return program.remembered(("fit", entries.tobytes()), written)


def write_only_with(columns: Columns, program: Program, entries: Indices, fits: Bools) -> None:
    """Write that of some candidates those who do not fit come only where one who fits does."""
    fit = write_fit(columns, program, entries[fits])
    _write_blocks(columns, program, entries[~fits | _limited(columns, program, entries)], fit)


def write_where_one(program: Program, entries: Indices, where: Indices) -> None:
    """Write that each of some candidates is taken only where its column, given for each, is one."""
    row = np.tile(np.arange(len(entries)), 2)
    program.at_most(row, np.concatenate([entries, where]), np.repeat([1.0, -1.0], len(entries)), np.zeros(len(entries)))


def _limited(columns: Columns, program: Program, entries: Indices) -> Bools:
    """Return which of some candidates are on role lines whose room is limited."""
    return np.isfinite(program.room_on(columns.line[entries]))


def _write_blocks(columns: Columns, program: Program, entries: Indices, where: Indices) -> None:
    """Write that no more of a block are taken than there is room for, times the column of its shift."""
    blocks = Blocks.of(columns, program, entries)
    program.at_most(
        np.concatenate([blocks.number, np.arange(len(blocks.room))]),
        np.concatenate([entries, where[blocks.shift]]),
        np.concatenate([np.ones(len(entries)), -blocks.room]),
        np.zeros(len(blocks.room)),
    )


@attrs.frozen(kw_only=True, eq=False)
class Blocks:
    """Candidates in blocks: those of a role line whose room is limited are one, each of the others is by itself.

    One row for a block says more, while decisions are fractions, than one for each of many candidates for few places.

    Args:
        number: for each candidate the number of its block.
        room: for each block how many of its candidates there is room for.
        shift: for each block the index of its shift.
    """

    number: Indices
    room: Floats
    shift: Indices

    @classmethod
    def of(cls, columns: Columns, program: Program, entries: Indices) -> "Blocks":
        """Return the blocks of some candidates."""
        line = columns.line[entries]
        room = program.room_on(line)
        number, first = groups(np.where(np.isfinite(room), line, -1 - entries))
        most = np.minimum(room[first], np.bincount(number, minlength=len(first)))
        return cls(number=number, room=most, shift=columns.shift[entries[first]])
