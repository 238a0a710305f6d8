"""Communities side by side, who share nobody unless a rule, a pin or an override says so."""

import attrs
from hypothesis import strategies as st

from civicvol import Roster, Unit, UnitTree
from civicvol.rostering.rules import ServedUnits
from civicvol.testing import roster_problems, rosters

SIDES = ("east", "west")
MIXES = ((0, 0, 1, 1, 0, 1), (0, 1, 0, 1, 0, 1), (0, 1, 1, 1, 1, 0))
UNITS = UnitTree(
    unit
    for side in SIDES
    for unit in (
        Unit(id=side, kind="street", label=side),
        Unit(id=f"{side} grid", kind="grid", label=f"{side} grid", parent=side),
    )
)


@st.composite
def side_by_side(draw, rules=(), *, settled=True, most_volunteers=5, most_shifts=6):
    """Draw the problem of two communities.

    Args:
        draw: given by Hypothesis.
        rules: its rules; that everybody serves at home comes on top.
        settled: whether there are pinned assignments and overrides, each within a community.
        most_volunteers: how many there may be.
        most_shifts: likewise.
    """
    problem = draw(
        roster_problems(
            rules=(), most_volunteers=most_volunteers, most_shifts=most_shifts, pinned=settled, overridden=settled
        )
    )
    side = {
        each.id: SIDES[place]
        for members in (problem.volunteers, problem.shifts)
        for each, place in zip(members, draw(st.sampled_from(MIXES)), strict=False)
    }
    unit = {id: at + draw(st.sampled_from(("", " grid"))) for id, at in side.items()}
    people = []
    for each in problem.volunteers:
        partners = [partner for partner in each.partners if side[partner] == side[each.id]]
        people.append(attrs.evolve(each, home=unit[each.id], serves=(), partners=partners))
    pinned, overrides = (
        [each for each in members if side[each.volunteer] == side[each.shift]]
        for members in (problem.pinned, problem.overrides)
    )
    return attrs.evolve(
        problem,
        units=UNITS,
        volunteers=people,
        shifts=[attrs.evolve(each, unit=unit[each.id]) for each in problem.shifts],
        previous=[attrs.evolve(each, unit=draw(st.sampled_from((None, *SIDES)))) for each in problem.previous],
        pinned=pinned,
        overrides=overrides,
        rules=list(dict.fromkeys([ServedUnits(), *rules])),
    )


def rosters_at_home(problem):
    """Return a strategy for rosters in which everybody serves their own community."""

    def at_home(each):
        home, unit = problem.volunteer(each.volunteer).home, problem.shift(each.shift).unit
        return home.split()[0] == unit.split()[0]

    return rosters(problem).map(lambda roster: Roster(filter(at_home, roster)))
