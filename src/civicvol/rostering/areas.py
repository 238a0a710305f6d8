"""Take a problem apart into areas that share nobody, and put their rosters together."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import attrs
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from civicvol import _fields
from civicvol.rostering.arrays import Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Rule
from civicvol.rostering.rules import ServedUnits
from civicvol.rostering.rules.served_units import Reach, reach_of

T = TypeVar("T")

_SMALL = 20_000


def areas(problem: RosterProblem) -> tuple[RosterProblem, ...]:
    """Return the problems of the areas that a problem consists of: no two have a volunteer or a shift in common.

    Who serves where decides, by a hard `ServedUnits`: an area is a set of units whose people serve nowhere else, and
    where nobody else serves. Partners are in one area, as are all whom a rule looks at together. What a roster costs,
    and which rules it breaks, is then the sum of what it costs in each area. Very small areas are kept together.

    Returns:
        The areas in the order of their first shifts; the problem itself where it is one area.

    Raises:
        InputError: `problem` is no RosterProblem.
    """
    _fields.require(problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")))
    if not problem.volunteers or not problem.shifts or not any(map(_keeps_at_home, problem.rules)):
        return (problem,)
    reach = reach_of(problem)
    of_volunteer, of_shift = _labels(problem, reach)
    count = int(of_shift.max()) + 1
    if count == 1:
        return (problem,)
    members = _shares(problem.volunteers, of_volunteer, count)
    shifts = _shares(problem.shifts, of_shift, count)
    number = {volunteer.id: label for volunteer, label in zip(problem.volunteers, of_volunteer.tolist(), strict=True)}
    others = [
        _shares(values, [number[each.volunteer] for each in values], count)
        for values in (problem.pinned, problem.previous, problem.requests, problem.overrides)
    ]
    found = []
    for label in range(count):
        known = {volunteer.id for volunteer in members[label]}
        pinned, previous, requests, overrides = (each[label] for each in others)
        found.append(
            attrs.evolve(
                problem,
                volunteers=members[label],
                shifts=shifts[label],
                rules=[part for rule in problem.rules if (part := rule.part(known)) is not None],
                pinned=pinned,
                previous=previous,
                requests=requests,
                overrides=overrides,
            )
        )
    return tuple(found)


def _keeps_at_home(rule: Rule) -> bool:
    """Return whether a rule keeps everybody to the units that they serve."""
    return isinstance(rule, ServedUnits) and rule.hard and rule.group is None and not rule.positions


def _labels(problem: RosterProblem, reach: Reach) -> tuple[Indices, Indices]:
    """Return the number of each volunteer's area, and of each shift's."""
    kinds, places = reach.served.shape
    kind, place = np.nonzero(reach.served)
    links = np.array(list(_ties(problem, reach)), dtype=np.intp).reshape(-1, 2)
    ends = np.concatenate([kind, links[:, 0]]), np.concatenate([place + kinds, links[:, 1]])
    graph = coo_array((np.ones(len(ends[0])), ends), shape=(kinds + places,) * 2)
    count, component = connected_components(graph, directed=False)
    of_volunteer, of_shift = component[reach.kind], component[kinds + reach.place]
    first = np.full(count, len(problem.shifts))
    np.minimum.at(first, of_shift, np.arange(len(problem.shifts)))
    sizes = np.bincount(of_volunteer, minlength=count) * np.bincount(of_shift, minlength=count)
    order = np.argsort(first, kind="stable")
    before = np.cumsum(sizes[order]) - sizes[order]
    _, joined = np.unique(before // _SMALL, return_inverse=True)
    label = np.empty(count, dtype=np.intp)
    label[order] = joined
    return label[of_volunteer], label[of_shift]


def _ties(problem: RosterProblem, reach: Reach) -> Iterator[tuple[int, int]]:
    """Yield what else belongs together: the numbers of two kinds of people, or of a kind and a place."""
    kinds = len(reach.served)
    kind = {each.id: number for each, number in zip(problem.volunteers, reach.kind.tolist(), strict=True)}
    place = {each.id: kinds + number for each, number in zip(problem.shifts, reach.place.tolist(), strict=True)}
    groups = [(volunteer.id, *volunteer.partners) for volunteer in problem.volunteers if volunteer.partners]
    groups += [tuple(group) for rule in problem.rules for group in rule.ties(problem)]
    for group in groups:
        yield from ((kind[group[0]], kind[other]) for other in group[1:])
    for settled in (*problem.pinned, *problem.overrides):
        yield kind[settled.volunteer], place[settled.shift]


def _shares(values: tuple[T, ...], labels: Iterable[int], count: int) -> list[list[T]]:
    """Return the values of each label, in their order."""
    found: list[list[T]] = [[] for _ in range(count)]
    for value, label in zip(values, labels, strict=True):
        found[label].append(value)
    return found
