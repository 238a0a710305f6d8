"""Training, commendation, appraisals and complaints are recorded, and taken back where they were wrong."""

from abc import abstractmethod
from typing import Self

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.service._growing import GrowingMap
from civicvol.service.fact import Appraisal, Commendation, Complaint, EntryFact, Fact, Training
from civicvol.service.mask import Mask
from civicvol.service.service_event import ServiceEvent
from civicvol.service.state import ServiceState

_TWICE = Label("there is a fact {} already", "已有事项{}")
_NO_FACT = Label("there is no fact {}", "没有事项{}")
_RETRACTED = Label("fact {} is taken back", "事项{}已撤回")
_TO_COME = Label("{} has not come yet", "{}还未到")
_OF_ANOTHER = Label("entry {} is of somebody else", "记录{}属于他人")


@attrs.frozen(kw_only=True)
class FactEvent(ServiceEvent):
    """A fact is recorded of a volunteer."""

    @property
    @abstractmethod
    def fact(self) -> Fact:
        """The fact."""

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state with the fact."""
        fact = self.fact
        if fact.id in state.facts or fact.id in state.retracted:
            raise self.refusal(_TWICE.filled(fact.id))
        if fact.day > self.at.date():
            raise self.refusal(_TO_COME.filled(fact.day.isoformat()))
        entry = fact.entry if isinstance(fact, EntryFact) else None
        if entry is not None and state.standing(entry, self).entry.volunteer != fact.volunteer:
            raise self.refusal(_OF_ANOTHER.filled(entry))
        return attrs.evolve(state, facts=state.facts.with_(fact.id, fact))


@attrs.frozen(kw_only=True)
class Trained(FactEvent):
    """Training of a volunteer is recorded.

    Args:
        training: the training.
    """

    training: Training = attrs.field(validator=_fields.is_a(Training, "a Training"))

    @property
    def fact(self) -> Training:
        """The training."""
        return self.training

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, training=self.training.masked(mask))


@attrs.frozen(kw_only=True)
class Commended(FactEvent):
    """A volunteer is honoured.

    Args:
        commendation: the honour.
    """

    commendation: Commendation = attrs.field(validator=_fields.is_a(Commendation, "a Commendation"))

    @property
    def fact(self) -> Commendation:
        """The commendation."""
        return self.commendation

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, commendation=self.commendation.masked(mask))


@attrs.frozen(kw_only=True)
class Appraised(FactEvent):
    """Somebody says how good a volunteer's service was.

    Args:
        appraisal: what they say.
    """

    appraisal: Appraisal = attrs.field(validator=_fields.is_a(Appraisal, "an Appraisal"))

    @property
    def fact(self) -> Appraisal:
        """The appraisal."""
        return self.appraisal

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, appraisal=self.appraisal.masked(mask))


@attrs.frozen(kw_only=True)
class Complained(FactEvent):
    """Somebody complains of a volunteer's service.

    Args:
        complaint: what they complain of.
    """

    complaint: Complaint = attrs.field(validator=_fields.is_a(Complaint, "a Complaint"))

    @property
    def fact(self) -> Complaint:
        """The complaint."""
        return self.complaint

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, complaint=self.complaint.masked(mask))


@attrs.frozen(kw_only=True)
class Retracted(ServiceEvent):
    """A fact turned out to be wrong, and is taken back; the book keeps both.

    Args:
        fact: id of the fact.
    """

    fact: str = attrs.field(validator=_fields.identifier)

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state without the fact."""
        if self.fact in state.retracted:
            raise self.refusal(_RETRACTED.filled(self.fact))
        if self.fact not in state.facts:
            raise self.refusal(_NO_FACT.filled(self.fact))
        facts = GrowingMap({id: fact for id, fact in state.facts.items() if id != self.fact})
        return attrs.evolve(state, facts=facts, retracted=state.retracted | {self.fact})

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, fact=mask.item(self.fact))
