"""The roster book: a roster from its draft to its close, with everything that happened to it."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.desk.event import DeskEvent
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.event import Log
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Roster


@attrs.frozen(kw_only=True)
class RosterBook(Log[DeskEvent, DeskState]):
    """A roster from its draft to its close: how it began, and every event since, with who, when and why.

    Args:
        problem: what was known when the draft was made.
        draft: the roster to begin with.
        policy: what people may do by themselves.
        events: what happened since, the earliest first.

    Raises:
        InputError: a field is wrong, the draft names what the problem does not know, or an event cannot be.
    """

    kind: ClassVar = DeskEvent
    remembers: ClassVar = True

    problem: RosterProblem = attrs.field(validator=_fields.is_a(RosterProblem, "a RosterProblem"))
    draft: Roster = attrs.field(factory=Roster, validator=_fields.is_a(Roster, "a Roster"))
    policy: DeskPolicy = attrs.field(factory=DeskPolicy, validator=_fields.is_a(DeskPolicy, "a DeskPolicy"))
    events: tuple[DeskEvent, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(DeskEvent, "a DeskEvent"))
    )

    def version(self, number: int) -> DeskState:
        """Return the state at the end of a version: 0 is the draft as it was published.

        Raises:
            InputError: there is no such version.
        """
        _fields.require(number=(number, _fields.whole(0, self.state.version)))
        return [state for state in self.states if state.version <= number][-1]

    @property
    def states(self) -> tuple[DeskState, ...]:
        """Where the roster stood at the beginning, and after each event."""
        return self._states

    def _begin(self) -> DeskState:
        self.problem.require_known(self.draft)
        return DeskState(problem=self.problem, roster=self.draft)

    def _after(self, state: DeskState, event: DeskEvent) -> DeskState:
        return event.apply(state, self.policy)
