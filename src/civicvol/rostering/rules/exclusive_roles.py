"""Exclusive roles: one person does not hold two of some roles at once."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, groups
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Violation, VolunteerRule
from civicvol.rostering.rules._cells import worked_cells
from civicvol.rostering.rules._sums import period_name
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class ExclusiveRoles(VolunteerRule):
    """Nobody holds more than one of some roles in a day, week, month or the whole horizon.

    Who counts the stock does not sign for it; who samples does not also keep the register. Past duties name no role
    and do not count. The amount is the number of the roles beyond one, for each person and period.

    Source: six roles for each building, held by different people (Xingjiaqiao 2020).

    Args:
        roles: the roles that exclude one another, at least two.
        per: the period in which they do: a day, an ISO week, a month or the horizon.
        group: an affiliation: the rule is for those who have it; for everybody where None.
        positions: ids of the positions whose duties the rule looks at; of all where empty.

    >>> from civicvol.testing import try_rule
    >>> rule = ExclusiveRoles(roles=["count", "sign"])
    >>> try_rule(rule, "li 3 09-12 shop/count, li 3 13-14 shop/sign, li 4 13-14 shop/sign")
    ['li is count and sign on 2026-03-03, which exclude each other']
    """

    unit: ClassVar = Label("roles", "个角色")
    sentence: ClassVar = Label(
        "{volunteer} is {roles} {period}, which exclude each other", "{volunteer}{period}兼任{roles}，二者互斥"
    )
    reason: ClassVar = Label("holding a role that excludes this one", "已担任互斥角色")
    family: ClassVar = Family.PEOPLE

    roles: tuple[str, ...] = attrs.field(
        converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.identifier, unique=str, least=2)
    )
    per: Period = attrs.field(default=Period.DAY, validator=_fields.is_a(Period, "a Period"))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the periods in which a volunteer holds several of the roles."""
        role_on = {each.shift: each.role for each in schedule.roster.of_volunteer(volunteer.id)}
        held: dict[int, dict[str, list[Duty]]] = {}
        for duty in duties:
            role = None if duty.shift is None else role_on[duty.shift.id]
            if role in self.roles:
                held.setdefault(self.per.key(duty.day), {}).setdefault(role, []).append(duty)
        for of_period in held.values():
            if len(of_period) > 1:
                some = tuple(duty for of_role in of_period.values() for duty in of_role)
                facts: Facts = {
                    "volunteer": str(volunteer),
                    "roles": Label(" and ".join(of_period), "和".join(of_period)),
                    "period": period_name(self.per, some[0].day),
                }
                yield self.violation(len(of_period) - 1, facts, volunteers=(volunteer.id,), shifts=shift_ids(some))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and period over the roles that they might hold in it."""
        within, period = self.within(columns) & ~columns.past, columns.period(self.per)
        held = [worked_cells(columns, program, within & self._in_role(columns, role), period) for role in self.roles]
        column = np.concatenate([cells.column for cells in held])
        row, first = groups(*(np.concatenate([getattr(cells, key) for cells in held]) for key in ("volunteer", "time")))
        program.at_most(row, column, 1.0, np.ones(len(first)), self.weight)

    def _in_role(self, columns: Columns, role: str) -> Bools:
        asked = np.array([line.role == role for _, line in columns.problem.lines], dtype=bool)[columns.line]
        return np.append(asked, np.zeros(len(columns) - columns.count, dtype=bool))
