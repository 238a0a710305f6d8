"""Preferred partners: people serve with somebody they like to serve with."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Violation, VolunteerRule, weight_or_hard
from civicvol.rostering.schedule import Duty, Schedule


@attrs.frozen(kw_only=True)
class PreferredPartners(VolunteerRule):
    """A volunteer who named partners has at least one of them beside them on each shift.

    The amount is 1 for each of their shifts that none of the partners is on. Who named none does not mind.

    Source: volunteers who want to be with friends and family (volunteer_planner#380), or with their partner of the
    shift (tapir#520).

    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", partners={"wu", "xu"})
    >>> try_rule(PreferredPartners(), "li 3 09-12, wu 3 09-12, li 4 09-12, xu 4 18-22", people=[li])
    ['li has none of the partners they like at post, Wed 4 Mar 2026 09:00–12:00']
    """

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label(
        "{volunteer} has none of the partners they like at {shift}", "{volunteer}在{shift}没有与想搭档的人同班"
    )
    reason: ClassVar = Label("without a partner they like there", "没有想搭档的人")
    family: ClassVar = Family.WISHES
    wide: ClassVar = True

    weight: float | None = attrs.field(default=2.0, validator=weight_or_hard)

    def ties(self, problem: RosterProblem) -> Iterator[Iterable[str]]:
        """Yield nobody: partners are never parted."""
        yield from ()

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the shifts of a volunteer that none of their partners is on."""
        for duty in duties if volunteer.partners else ():
            if duty.shift is not None:
                present = {each.volunteer for each in schedule.roster.of_shift(duty.shift.id)}
                if not present & volunteer.partners:
                    facts: Facts = {"volunteer": str(volunteer), "shift": schedule.duty_name(duty)}
                    yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=(duty.shift.id,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer with partners and each shift: they take it with a partner or not at all."""
        volunteers = columns.problem.volunteers
        number = {volunteer.id: place for place, volunteer in enumerate(volunteers)}
        pairs = [(number[each.id], number[partner]) for each in volunteers for partner in sorted(each.partners)]
        named, partner = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
        mine = np.flatnonzero((self.within(columns) & np.isin(columns.volunteer, named))[: columns.count])
        candidates = columns.volunteer[: columns.count]
        first, end = (np.searchsorted(candidates, partner, side=side) for side in ("left", "right"))
        pair, step = spread(end - first)
        theirs = first[pair] + step
        width = len(columns.problem.shifts)
        beside = named[pair] * width + columns.shift[theirs]
        keys, row = np.unique(columns.volunteer[mine] * width + columns.shift[mine], return_inverse=True)
        met = np.isin(beside, keys)
        program.at_most(
            np.concatenate([row, np.searchsorted(keys, beside[met])]),
            np.concatenate([mine, theirs[met]]),
            np.concatenate([np.ones(len(mine)), np.full(np.count_nonzero(met), -1.0)]),
            np.zeros(len(keys)),
            self.weight,
        )
