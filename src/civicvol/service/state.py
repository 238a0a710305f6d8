"""Where a service book stands: which entries are kept, who the people are, and what is said of their service."""

from datetime import datetime

import attrs

from civicvol.event import Event
from civicvol.labels import Label
from civicvol.service._growing import GrowingMap
from civicvol.service.certificate import KeptCertificate
from civicvol.service.entry import ServiceEntry
from civicvol.service.fact import Fact
from civicvol.service.person import PersonalDetails

_NO_ENTRY = Label("there is no entry {}", "没有记录{}")
_REVERSED = Label("entry {} is reversed", "记录{}已冲销")


@attrs.frozen(kw_only=True)
class KeptEntry:
    """An entry, with who recorded it, and what became of it.

    Args:
        entry: the entry.
        recorder: id of whoever recorded it.
        verifier: id of whoever verified it; None as long as nobody did.
        reversal: when it was reversed; None as long as it stands.
    """

    entry: ServiceEntry
    recorder: str
    verifier: str | None = None
    reversal: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it is not reversed."""
        return self.reversal is None

    @property
    def verified(self) -> bool:
        """Whether it stands, and somebody verified it."""
        return self.stands and self.verifier is not None


@attrs.frozen(kw_only=True)
class ServiceState:
    """A service book at one moment; every mapping is by id.

    Args:
        two_persons: whether somebody else must verify an entry than whoever recorded it, or served.
        entries: every entry ever recorded, in that order, also those that are reversed.
        people: the latest details of each person who registered.
        consents: the further details that each person let be in their record.
        facts: training, commendation, appraisals and complaints, without those taken back.
        retracted: ids of the facts that were taken back.
        certificates: every certificate ever issued, in that order, by serial number.
    """

    two_persons: bool = False
    entries: GrowingMap[KeptEntry] = attrs.field(factory=GrowingMap)
    people: GrowingMap[PersonalDetails] = attrs.field(factory=GrowingMap)
    consents: GrowingMap[frozenset[str]] = attrs.field(factory=GrowingMap)
    facts: GrowingMap[Fact] = attrs.field(factory=GrowingMap)
    retracted: frozenset[str] = frozenset()
    certificates: GrowingMap[KeptCertificate] = attrs.field(factory=GrowingMap)

    def standing(self, id: str, event: Event) -> KeptEntry:
        """Return an entry that stands, or refuse an event that needs it."""
        kept = self.entries.get(id)
        if kept is None:
            raise event.refusal(_NO_ENTRY.filled(id))
        if not kept.stands:
            raise event.refusal(_REVERSED.filled(id))
        return kept

    def with_entry(self, kept: KeptEntry) -> "ServiceState":
        """Return the state with an entry added, or kept differently."""
        return attrs.evolve(self, entries=self.entries.with_(kept.entry.id, kept))
