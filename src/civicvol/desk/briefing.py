"""Briefing people: what is to be known about a shift is given to them."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.desk.details import ShiftDetails
from civicvol.desk.event import DeskEvent
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.labels import Label, as_label


@attrs.frozen(kw_only=True)
class DetailsGiven(DeskEvent):
    """Those who run the desk say what is to be known about a shift; it takes the place of what was said before.

    Args:
        shift: id of the shift.
        public: what everybody may read.
        private: what only those on the shift may read.
    """

    label: ClassVar = Label("gave details", "填写说明")

    shift: str = attrs.field(validator=_fields.identifier)
    public: Label = attrs.field(default=Label(""), converter=as_label, validator=_fields.is_a(Label, "a label"))
    private: Label = attrs.field(default=Label(""), converter=as_label, validator=_fields.is_a(Label, "a label"))

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with these details.

        Raises:
            InputError: there is no such shift.
            RefusedError: the roster is closed, or the event is by nobody who runs the desk.
        """
        self.require_manager(policy)
        state.require_open(self)
        state.problem.shift(self.shift)
        others = tuple(each for each in state.details if each.shift != self.shift)
        given = ShiftDetails(shift=self.shift, public=self.public, private=self.private)
        return attrs.evolve(state, details=(*others, given))
