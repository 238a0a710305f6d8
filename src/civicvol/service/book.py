"""The service book: what was served, recorded, verified and corrected, in the order in which it was written."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.event import Log
from civicvol.service.fact import Fact
from civicvol.service.fact_events import FactEvent
from civicvol.service.service_event import ServiceEvent
from civicvol.service.state import ServiceState


@attrs.frozen(kw_only=True)
class ServiceBook(Log[ServiceEvent, ServiceState]):
    """Every service of a community, with who recorded it, who verified it, and what was put right since.

    Nothing in it is overwritten: an entry that is wrong is reversed, and recorded anew.

    Args:
        two_persons: whether somebody else must verify an entry than whoever recorded it, or served.
        events: what was written into it, the earliest first.

    Raises:
        InputError: a field is wrong, or an event cannot be.
    """

    kind: ClassVar = ServiceEvent

    two_persons: bool = attrs.field(default=False, validator=_fields.flag)
    events: tuple[ServiceEvent, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(ServiceEvent, "a ServiceEvent"))
    )

    def state_at(self, as_of: datetime) -> ServiceState:
        """Return where the book stood at a moment, with what had been written until then."""
        return self.as_of(as_of).state

    def knows(self, volunteer: str) -> bool:
        """Return whether a volunteer, given by id, ever registered, served, or had a fact recorded."""
        _fields.expect("volunteer", volunteer, str, "an id")
        state = self.state
        return (
            volunteer in state.people
            or any(kept.entry.volunteer == volunteer for kept in state.entries.values())
            or any(fact.volunteer == volunteer for fact in self.facts())
        )

    def facts(self) -> Iterator[Fact]:
        """Yield every fact ever recorded, also those taken back."""
        return (event.fact for event in self.events if isinstance(event, FactEvent))

    def _begin(self) -> ServiceState:
        return ServiceState(two_persons=self.two_persons)

    def _after(self, state: ServiceState, event: ServiceEvent) -> ServiceState:
        return event.apply(state)
