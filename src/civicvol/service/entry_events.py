"""Time served is recorded, verified by somebody, and reversed where it was wrong."""

from typing import Self

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import minute_of
from civicvol.labels import Label
from civicvol.service.entry import ServiceEntry
from civicvol.service.mask import Mask
from civicvol.service.service_event import ServiceEvent
from civicvol.service.state import KeptEntry, ServiceState

_TWICE = Label("there is an entry {} already", "已有记录{}")
_NOT_OVER = Label("the time of entry {} is not over yet", "记录{}的时间尚未结束")
_VERIFIED = Label("entry {} is verified already", "记录{}已核实")
_TWO_PERSONS = Label(
    "entry {} must be verified by somebody who neither recorded it nor served", "记录{}须由录入人和服务者以外的人核实"
)


@attrs.frozen(kw_only=True)
class Recorded(ServiceEvent):
    """Time that somebody served is recorded, once it is over.

    Args:
        entry: the time, and where it was served.
    """

    entry: ServiceEntry = attrs.field(validator=_fields.is_a(ServiceEntry, "a ServiceEntry"))

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state with the entry."""
        entry = self.entry
        if entry.id in state.entries:
            raise self.refusal(_TWICE.filled(entry.id))
        if max(span.end_minute for span in (*entry.spans, *entry.present)) > minute_of(self.at):
            raise self.refusal(_NOT_OVER.filled(entry.id))
        return state.with_entry(KeptEntry(entry=entry, recorder=self.by))

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars; the ids of the activity and its unit stay."""
        activity = self.entry.activity
        entry = attrs.evolve(
            self.entry,
            id=mask.item(self.entry.id),
            volunteer=mask.person(self.entry.volunteer),
            leader=mask.text(self.entry.leader),
            activity=attrs.evolve(
                activity,
                name=mask.label(activity.name),
                place=mask.label(activity.place),
                recipient=mask.text(activity.recipient),
                content=mask.text(activity.content),
            ),
        )
        return self._masked(mask, entry=entry)


@attrs.frozen(kw_only=True)
class Verified(ServiceEvent):
    """Somebody confirms that an entry is right.

    Args:
        entry: id of the entry.
    """

    entry: str = attrs.field(validator=_fields.identifier)

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state with the entry verified."""
        kept = state.standing(self.entry, self)
        if kept.verified:
            raise self.refusal(_VERIFIED.filled(self.entry))
        if state.two_persons and self.by in (kept.recorder, kept.entry.volunteer):
            raise self.refusal(_TWO_PERSONS.filled(self.entry))
        return state.with_entry(attrs.evolve(kept, verifier=self.by))

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, entry=mask.item(self.entry))


@attrs.frozen(kw_only=True)
class Reversed(ServiceEvent):
    """An entry turned out to be wrong; what is right is recorded anew, as an entry of its own.

    Args:
        entry: id of the entry.
    """

    entry: str = attrs.field(validator=_fields.identifier)

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state in which the entry counts no more."""
        kept = state.standing(self.entry, self)
        return state.with_entry(attrs.evolve(kept, reversal=self.at))

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, entry=mask.item(self.entry))
