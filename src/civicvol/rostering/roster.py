"""A roster: who takes which role of which shift."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from civicvol import _fields
from civicvol.errors import Fault, InputError
from civicvol.table import Table


@attrs.frozen(kw_only=True, order=True)
class Assignment:
    """One volunteer on one role line of one shift.

    Args:
        volunteer: id of the volunteer.
        shift: id of the shift.
        role: the role line they fill, by which a person with two skills counts once.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    shift: str = attrs.field(validator=_fields.identifier)
    role: str = attrs.field(default="helper", validator=_fields.identifier)

    def __str__(self) -> str:
        return f"{self.volunteer} on {self.shift} as {self.role}"


def _in_order(given: Iterable[Assignment]) -> Any:
    members = _fields.as_tuple(given)
    if isinstance(members, tuple) and all(isinstance(member, Assignment) for member in members):
        return tuple(sorted(members, key=lambda member: (member.volunteer, member.shift, member.role)))
    return members


@attrs.frozen
class Roster:
    """A set of assignments, kept in order; nobody is on one shift twice.

    Raises:
        InputError: a member is no assignment, or a volunteer is on a shift twice.

    >>> roster = Roster([Assignment(volunteer="li", shift="gate@2026-03-01")])
    >>> len(roster), len(roster.without(roster.assignments[0]))
    (1, 0)
    """

    assignments: tuple[Assignment, ...] = attrs.field(
        default=(),
        converter=_in_order,
        validator=_fields.tuple_of(_fields.is_a(Assignment, "an Assignment")),
    )

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault("Roster.assignments", "has the volunteer on one shift twice", id=after.volunteer, value=after.shift)
            for before, after in zip(self.assignments, self.assignments[1:], strict=False)
            if (before.volunteer, before.shift) == (after.volunteer, after.shift)
        ]
        if faults:
            raise InputError(faults)

    def __len__(self) -> int:
        return len(self.assignments)

    def __iter__(self) -> Iterator[Assignment]:
        return iter(self.assignments)

    def __contains__(self, assignment: object) -> bool:
        return assignment in self._members

    def __str__(self) -> str:
        return f"Roster of {len(self):,} assignments"

    def _repr_html_(self) -> str:
        rows = ((each.shift, each.role, each.volunteer) for each in self.assignments)
        return Table(title=str(self), columns=("shift", "role", "volunteer"), rows=rows).to_html()

    def with_(self, *assignments: Assignment) -> "Roster":
        """Return the roster with these assignments added; those it has already stay as they are.

        Raises:
            InputError: one is no Assignment, or would put a volunteer on a shift twice.
        """
        _require_assignments(assignments)
        return Roster(self._members.union(assignments))

    def without(self, *assignments: Assignment) -> "Roster":
        """Return the roster with these assignments taken away.

        Raises:
            InputError: one is no Assignment.
        """
        _require_assignments(assignments)
        return Roster(self._members.difference(assignments))

    def of_volunteer(self, volunteer: str) -> tuple[Assignment, ...]:
        """Return what a volunteer, given by id, is assigned to."""
        _fields.expect("volunteer", volunteer, str, "an id")
        return self._by_volunteer.get(volunteer, ())

    def of_shift(self, shift: str) -> tuple[Assignment, ...]:
        """Return who is assigned to a shift, given by id."""
        _fields.expect("shift", shift, str, "an id")
        return self._by_shift.get(shift, ())

    @cached_property
    def _members(self) -> frozenset[Assignment]:
        return frozenset(self.assignments)

    @cached_property
    def _by_volunteer(self) -> Mapping[str, tuple[Assignment, ...]]:
        return _grouped(self.assignments, "volunteer")

    @cached_property
    def _by_shift(self) -> Mapping[str, tuple[Assignment, ...]]:
        return _grouped(self.assignments, "shift")


def _require_assignments(given: tuple[Assignment, ...]) -> None:
    for each in given:
        _fields.expect("assignments", each, Assignment, "an Assignment")


def _grouped(assignments: Iterable[Assignment], key: str) -> Mapping[str, tuple[Assignment, ...]]:
    groups: defaultdict[str, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        groups[getattr(assignment, key)].append(assignment)
    return {name: tuple(members) for name, members in groups.items()}
