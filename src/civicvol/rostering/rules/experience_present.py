"""Experience present: somebody who has served before is among those on a shift."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Facts
from civicvol.rostering.rules._mix import PresentRule, past_minutes, past_minutes_of


@attrs.frozen(kw_only=True)
class ExperiencePresent(PresentRule):
    """On each shift on which anybody is, at least so many have served for so long before.

    What counts are the minutes of the problem's past duties. The amount is the number of experienced people who are
    missing.

    Source: not only first-timers on a shift, engelsystem#322.

    Args:
        minutes: how long they have served before at least.
        at_position: whether only duties at the shift's own position count.
        least: how many experienced people there are at least.
        always: whether shifts with nobody on them count as well.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol.testing import try_rule
    >>> try_rule(ExperiencePresent(minutes=240), "li 3 09-12, li 1 09-12")
    ['post, Tue 3 Mar 2026 09:00–12:00 has 0 of at least 1 with 240 minutes of service before: 1 missing']
    >>> try_rule(ExperiencePresent(minutes=180), "li 3 09-12, li 1 09-12")
    []
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {fit} of at least {least} with {minutes} minutes of service before: {amount} missing",
        "{shift}：至少需{least}人此前服务满{minutes}分钟，现有{fit}人，缺{amount}人",
    )
    reason: ClassVar = Label("without the experience that is missing on the shift", "缺少该班所需经验")

    minutes: int = attrs.field(validator=_fields.whole(1))
    at_position: bool = attrs.field(default=False, validator=_fields.flag)

    def fits(self, problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> bool:
        """Return whether a volunteer has served for long enough."""
        return past_minutes(problem, volunteer, shift, at_position=self.at_position) >= self.minutes

    def fitting(self, columns: Columns) -> Bools:
        """Return the same for each candidate."""
        found: Bools = past_minutes_of(columns, at_position=self.at_position) >= self.minutes
        return found

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return how many have served for how long at least."""
        return {"least": self.least, "minutes": self.minutes}
