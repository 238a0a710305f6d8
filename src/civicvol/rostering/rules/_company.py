"""What the rules share on people named together: couples, households, mentors and learners."""

from collections.abc import Container, Iterable, Iterator
from typing import Any, ClassVar, Self

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.arrays import Indices, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Family, Rule, ids_of


def _as_companies(value: Iterable[Any]) -> Any:
    members = _fields.as_tuple(value)
    return tuple(map(_fields.as_tuple, members)) if isinstance(members, tuple) else members


@attrs.frozen(kw_only=True)
class CompanyRule(Rule):
    """A rule on people named together.

    Args:
        companies: for each company the ids of its volunteers, at least two.
        positions: ids of the positions whose duties the rule looks at; of all where empty.
    """

    family: ClassVar = Family.PEOPLE

    companies: tuple[tuple[str, ...], ...] = attrs.field(
        default=(),
        converter=_as_companies,
        validator=_fields.tuple_of(
            _fields.tuple_of(_fields.identifier, unique=str, least=2), unique=lambda company: company
        ),
        metadata=ids_of("volunteer"),
    )
    positions: frozenset[str] = attrs.field(
        default=frozenset(),
        converter=_fields.as_frozenset,
        validator=_fields.set_of(_fields.identifier),
        metadata=ids_of("position"),
    )

    def ties(self, problem: RosterProblem) -> Iterator[Iterable[str]]:
        """Yield the companies."""
        yield from self.companies

    def part(self, volunteers: Container[str]) -> Self | None:
        """Return the rule with the companies of some of the volunteers."""
        companies = [company for company in self.companies if company[0] in volunteers]
        return attrs.evolve(self, companies=companies) if companies else None

    def looks_at(self, position: str | None) -> bool:
        """Return whether the rule looks at duties of a position, given by id; None is one that is not known."""
        return not self.positions or position in self.positions


@attrs.frozen(kw_only=True, eq=False)
class Members:
    """The candidates of the members of companies, in arrays of one length.

    Args:
        entry: index of the candidate's column.
        company: index of the company.
        place: place of the member in the company.
        group: the number of the company and the shift together.
        count: how many such groups there are.
    """

    entry: Indices
    company: Indices
    place: Indices
    group: Indices
    count: int


def members_of(rule: CompanyRule, columns: Columns) -> Members:
    """Return the candidates of the members of a rule's companies, on the shifts that it looks at."""
    problem = columns.problem
    number = {volunteer.id: index for index, volunteer in enumerate(problem.volunteers)}
    named = [(number[id], company, place) for company, ids in enumerate(rule.companies) for place, id in enumerate(ids)]
    volunteer, company, place = np.array(named, dtype=np.intp).reshape(-1, 3).T
    candidates = columns.volunteer[: columns.count]
    first = np.searchsorted(candidates, volunteer)
    member, step = spread(np.searchsorted(candidates, volunteer, side="right") - first)
    entry = first[member] + step
    looked_at = np.array([rule.looks_at(shift.position) for shift in problem.shifts], dtype=bool)
    kept = looked_at[columns.shift[entry]]
    entry, member = entry[kept], member[kept]
    group, found = groups(company[member], columns.shift[entry])
    return Members(entry=entry, company=company[member], place=place[member], group=group, count=len(found))


def named(problem: RosterProblem, ids: Iterable[str], joint: Label = Label(" and ", "和")) -> Label:  # noqa: B008
    """Return the names of some volunteers, given by id."""
    names = [str(problem.volunteer(id)) for id in ids]
    return Label(joint.en.join(names), joint.zh.join(names))


@attrs.frozen(kw_only=True, eq=False)
class Duties:
    """Columns by duty: those of one volunteer's roles on one shift are together, each past duty is by itself.

    Args:
        first: for each duty one of its columns, in order of shift and volunteer.
    """

    first: Indices
    _entries: Indices
    _ends: Indices

    @classmethod
    def of(cls, entries: Indices, columns: Columns) -> "Duties":
        """Return the duties of some columns."""
        shift = np.where(columns.past[entries], -1 - entries, columns.shift[entries])
        duty, first = groups(columns.volunteer[entries], shift)
        ordered = entries[np.argsort(duty, kind="stable")]
        return cls(first=entries[first], entries=ordered, ends=np.cumsum(np.bincount(duty, minlength=len(first))))

    def columns(self, duties: Indices) -> tuple[Indices, Indices]:
        """Return the columns of some duties, and for each column its duty's place among them."""
        begins = np.append(0, self._ends)[duties]
        place, step = spread(self._ends[duties] - begins)
        return place, self._entries[begins[place] + step]
