"""Take a problem apart into areas that share nobody, and put their rosters together."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import attrs
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from civicvol import _fields
from civicvol.rostering.arrays import Indices
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.reach import Reach
from civicvol.rostering.roster import Roster

T = TypeVar("T")


def areas(problem: RosterProblem, *, least: int = 1) -> tuple[RosterProblem, ...]:
    """Return the problems of the areas that a problem consists of: no two have a volunteer or a shift in common.

    Who serves where decides, by a hard `ServedUnits`: an area is a set of units whose people serve nowhere else, and
    where nobody else serves. Partners are in one area, as are all whom a rule looks at together. What a roster costs,
    and which rules it breaks, is then the sum of what it costs in each area.

    Args:
        problem: the problem.
        least: how many pairs of a volunteer and a role line an area has at least; smaller ones are kept together.

    Returns:
        The areas in the order of their first shifts; the problem itself where it is one area.

    Raises:
        InputError: an argument is of the wrong kind, or out of its range.
    """
    _fields.require(
        problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")),
        least=(least, _fields.whole(1, 2**53)),
    )
    reach = problem.reach
    if reach is None or not problem.volunteers or not problem.shifts:
        return (problem,)
    of_volunteer, of_shift = _labels(problem, reach, least)
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
        rules = [part for rule in problem.rules if (part := rule.part(known)) is not None]
        # Rules that differ may be the same for an area, and no problem takes one twice.
        if len(set(rules)) < len(rules):
            return (problem,)
        pinned, previous, requests, overrides = (each[label] for each in others)
        found.append(
            attrs.evolve(
                problem,
                volunteers=members[label],
                shifts=shifts[label],
                rules=rules,
                pinned=pinned,
                previous=previous,
                requests=requests,
                overrides=overrides,
            )
        )
    return tuple(found)


def rejoin(roster: Roster, area: RosterProblem, anew: Roster) -> Roster:
    """Return a roster in which the people of an area are rostered anew; nobody else's assignments change.

    Args:
        roster: the roster of all.
        area: one of the areas, or any part of the problem.
        anew: the roster of that part.

    Raises:
        InputError: an argument is of the wrong kind, or `anew` names what the area does not know.

    >>> from civicvol import datasets, solve
    >>> month = datasets.district(areas=2, volunteers=60, days=2)
    >>> roster = solve(month).roster
    >>> first, second = areas(month)
    >>> again = rejoin(roster, first, solve(first, seed=1).roster)
    >>> all(each in roster for each in again if each.volunteer in second.volunteer_by_id)
    True
    """
    _fields.require(roster=(roster, _fields.is_a(Roster, "a Roster")))
    require_known(area, anew)
    others = (each for each in roster if each.volunteer not in area.volunteer_by_id)
    return Roster([*others, *anew])


def _labels(problem: RosterProblem, reach: Reach, least: int) -> tuple[Indices, Indices]:
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
    lines = np.array([len(shift.cover) for shift in problem.shifts])
    sizes = np.bincount(of_volunteer, minlength=count) * np.bincount(of_shift, lines, minlength=count).astype(np.int64)
    order = np.argsort(first, kind="stable")
    label = np.empty(count, dtype=np.intp)
    label[order] = _bundled(sizes[order].tolist(), least)
    return label[of_volunteer], label[of_shift]


def _bundled(sizes: Iterable[int], least: int) -> Indices:
    """Number some sizes, each like the one before or one higher, so that those of a number come to so much together."""
    numbers, number, together = [], 0, 0
    for size in sizes:
        if together >= least:
            number, together = number + 1, 0
        together += size
        numbers.append(number)
    # What is left over at the end goes with what comes before it.
    last = number if together >= least else max(number - 1, 0)
    return np.minimum(np.array(numbers, dtype=np.intp), last)


def _ties(problem: RosterProblem, reach: Reach) -> Iterator[tuple[int, int]]:
    """Yield what else belongs together: the numbers of two kinds of people, or of a kind and a place."""
    kinds = len(reach.served)
    kind = {each.id: number for each, number in zip(problem.volunteers, reach.kind.tolist(), strict=True)}
    place = {each.id: kinds + number for each, number in zip(problem.shifts, reach.place.tolist(), strict=True)}
    groups = [(volunteer.id, *volunteer.partners) for volunteer in problem.volunteers if volunteer.partners]
    groups += [tuple(group) for rule in problem.rules for group in rule.ties(problem)]
    for group in groups:
        yield from ((kind[group[0]], kind[other]) for other in group[1:])
    settled = [(each.volunteer, each.shift) for each in problem.pinned]
    agreed = [(each.volunteer, each.shift) for each in problem.overrides]
    yield from ((kind[volunteer], place[shift]) for volunteer, shift in (*settled, *agreed))


def _shares(values: tuple[T, ...], labels: Iterable[int], count: int) -> list[list[T]]:
    """Return the values of each label, in their order."""
    found: list[list[T]] = [[] for _ in range(count)]
    for value, label in zip(values, labels, strict=True):
        found[label].append(value)
    return found
