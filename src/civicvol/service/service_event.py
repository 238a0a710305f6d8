"""What is written into a service book: every event knows what it makes of the state before it."""

from abc import abstractmethod
from typing import Any, Self

import attrs

from civicvol.event import Event
from civicvol.service.mask import Mask
from civicvol.service.state import ServiceState


@attrs.frozen(kw_only=True)
class ServiceEvent(Event):
    """Something that is written into a service book."""

    @abstractmethod
    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state after the event.

        Raises:
            RefusedError: it cannot be, as the state is.
        """

    @abstractmethod
    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars.

        A class says here which of its fields are ids of people (`mask.person`), ids of what is theirs (`mask.item`),
        or texts in which they may be named (`mask.text`, `mask.label`); who did it and why is seen to by `_masked`.
        """

    def _masked(self, mask: Mask, **fields: Any) -> Self:
        """Return the event with some fields masked already, and who did it and why masked too."""
        return attrs.evolve(self, by=mask.person(self.by), why=mask.text(self.why), **fields)
