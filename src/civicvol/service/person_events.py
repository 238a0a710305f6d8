"""A person registers, and says which of their further details may be in their record."""

from typing import Self

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.service.mask import Mask
from civicvol.service.person import PersonalDetails
from civicvol.service.service_event import ServiceEvent
from civicvol.service.state import ServiceState

_STRANGER = Label("{} is not registered", "{}尚未登记")
_NO_CONSENT = Label("{} has not consented to: {}", "{}未同意：{}")


@attrs.frozen(kw_only=True)
class Registered(ServiceEvent):
    """A volunteer registers, or their details change: the latest ones hold.

    Args:
        person: their details.
    """

    person: PersonalDetails = attrs.field(validator=_fields.is_a(PersonalDetails, "PersonalDetails"))

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state with the details."""
        return attrs.evolve(state, people=state.people.with_(self.person.volunteer, self.person))

    def masked(self, mask: Mask) -> Self:
        """Return the event with none of the person's details; of others only what they told further is masked."""
        if self.person.volunteer == mask.volunteer:
            return self._masked(mask, person=PersonalDetails(volunteer=mask.alias))
        further = [attrs.evolve(detail, value=mask.text(detail.value)) for detail in self.person.further]
        return self._masked(mask, person=attrs.evolve(self.person, further=further))


@attrs.frozen(kw_only=True)
class _Consent(ServiceEvent):
    volunteer: str = attrs.field(validator=_fields.identifier)
    fields: frozenset[str] = attrs.field(converter=_fields.as_frozenset, validator=_fields.set_of(_fields.identifier))

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, volunteer=mask.person(self.volunteer))

    def _with(self, state: ServiceState, consent: frozenset[str]) -> ServiceState:
        if self.volunteer not in state.people:
            raise self.refusal(_STRANGER.filled(self.volunteer))
        return attrs.evolve(state, consents=state.consents.with_(self.volunteer, consent))


@attrs.frozen(kw_only=True)
class Consented(_Consent):
    """A volunteer lets further details be in their record.

    Args:
        volunteer: id of the volunteer.
        fields: ids of the details.
    """

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state with the consent."""
        return self._with(state, state.consents.get(self.volunteer, frozenset()) | self.fields)


@attrs.frozen(kw_only=True)
class ConsentWithdrawn(_Consent):
    """A volunteer does no longer let details be in their record.

    Args:
        volunteer: id of the volunteer.
        fields: ids of the details.
    """

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state without the consent."""
        consent = state.consents.get(self.volunteer, frozenset())
        if not self.fields <= consent:
            raise self.refusal(_NO_CONSENT.filled(self.volunteer, ", ".join(sorted(self.fields - consent))))
        return self._with(state, consent - self.fields)
