"""What happens to a roster on the desk: every event knows what it makes of the state before it."""

from abc import ABC, abstractmethod
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.event import Event
from civicvol.labels import Label
from civicvol.rostering.roster import Assignment

_MANAGERS_ONLY = Label("only those who run the desk may do this", "只有排班管理员可以这样做")
_NOT_YOURS = Label("only {} or those who run the desk may do this", "只有{}本人或排班管理员可以这样做")


@attrs.frozen(kw_only=True)
class DeskEvent(Event, ABC):
    """Something that happens to a roster, its people's duties, or what they wait for."""

    label: ClassVar[Label]
    """What happened, as a person reads it in the history of a roster."""

    @abstractmethod
    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state after the event.

        Raises:
            RefusedError: it cannot be, as the state and the policy are.
        """

    def require_manager(self, policy: DeskPolicy) -> None:
        """Refuse the event unless it is by somebody who runs the desk."""
        if self.by not in policy.managers:
            raise self.refusal(_MANAGERS_ONLY)

    def require_own(self, volunteer: str, state: DeskState, policy: DeskPolicy) -> None:
        """Refuse the event unless it is by a volunteer, given by id, themselves, or by somebody who runs the desk."""
        if self.by != volunteer and self.by not in policy.managers:
            raise self.refusal(_NOT_YOURS.filled(str(state.problem.volunteer(volunteer))))


@attrs.frozen(kw_only=True)
class PlaceEvent(DeskEvent):
    """Something about one person and one role line of a shift.

    Args:
        volunteer: id of the volunteer.
        shift: id of the shift.
        role: the role line.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    shift: str = attrs.field(validator=_fields.identifier)
    role: str = attrs.field(default="helper", validator=_fields.identifier)

    @property
    def place(self) -> Assignment:
        """The place, as theirs."""
        return Assignment(volunteer=self.volunteer, shift=self.shift, role=self.role)

    def name(self, state: DeskState) -> str:
        """Return what people call the volunteer.

        Raises:
            InputError: the volunteer or the role line is not known.
        """
        state.problem.shift(self.shift).line(self.role)
        return str(state.problem.volunteer(self.volunteer))
