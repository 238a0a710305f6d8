"""Standing by: people who come, or stay, if nobody else does, and are called in only when needed."""

from typing import ClassVar

import attrs

from civicvol.desk.event import PlaceEvent
from civicvol.desk.pending import StandBy
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.labels import Label

_STANDS_BY = Label("{} stands by for it already", "{}已是此班次的后备")
_DOES_NOT = Label("{} does not stand by for it", "{}不是此班次的后备")
_ENOUGH = Label("{} has {} of {} people for {}: nobody else is needed", "{}：{}/{}人（{}），暂不需要后备")


@attrs.frozen(kw_only=True)
class StandByEvent(PlaceEvent):
    """Something about somebody who stands by for a role line of a shift."""

    @property
    def standing(self) -> StandBy:
        """What it is about."""
        return StandBy(volunteer=self.volunteer, shift=self.shift, role=self.role)

    def require_standing(self, state: DeskState) -> None:
        """Refuse the event where they do not stand by."""
        if self.standing not in state.stand_bys:
            raise self.refusal(_DOES_NOT.filled(str(state.problem.volunteer(self.volunteer))))


@attrs.frozen(kw_only=True)
class StoodBy(StandByEvent):
    """Somebody says: I come, or I stay, if nobody else does.

    Source: stand-by intentions, and the warning that the next slot is empty, in engelsystem#592 and
    FOSDEM/volunteers#78.
    """

    label: ClassVar = Label("stands by", "愿作后备")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with one more who stands by."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        state.require_off(self, self.volunteer, self.shift)
        if self.standing in state.stand_bys:
            raise self.refusal(_STANDS_BY.filled(str(state.problem.volunteer(self.volunteer))))
        against = state.unfit(self.place)
        if against:
            raise self.refusal(*against)
        state.require_not_over(self, self.shift)
        return attrs.evolve(state, stand_bys=(*state.stand_bys, self.standing))


@attrs.frozen(kw_only=True)
class StoodDown(StandByEvent):
    """Somebody stands by no more."""

    label: ClassVar = Label("stands by no more", "不再后备")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with one fewer who stands by."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        self.require_standing(state)
        rest = tuple(each for each in state.stand_bys if each != self.standing)
        return attrs.evolve(state, stand_bys=rest)


@attrs.frozen(kw_only=True)
class CalledIn(StandByEvent):
    """Somebody who stands by is called in, because there are fewer people than there should be.

    It may be before the shift, and also once it has begun and until it is over.
    """

    label: ClassVar = Label("called in", "召集后备")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with one more on the shift."""
        self.require_manager(policy)
        state.require_published(self)
        self.require_standing(state)
        shift = state.problem.shift(self.shift)
        line, filled = shift.line(self.role), state.filled(self.shift, self.role)
        if filled >= line.desired:
            name = state.problem.shift_name(shift)
            raise self.refusal(_ENOUGH.filled(name, filled, line.desired, line.label))
        return state.changed(self, added=[self.place])
