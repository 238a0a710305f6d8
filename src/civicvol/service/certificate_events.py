"""Certificates are issued, and withdrawn; both are written into the service book."""

from collections.abc import Iterator
from typing import Self

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import minute_of
from civicvol.labels import Label
from civicvol.service.certificate import Certificate, KeptCertificate, one_line
from civicvol.service.entry import ServiceEntry
from civicvol.service.hours import Rounding
from civicvol.service.mask import Mask
from civicvol.service.service_event import ServiceEvent
from civicvol.service.state import ServiceState
from civicvol.service.verification import is_signed

_LARGEST_UNIT = 60
_TWICE = Label("serial number {} was used already", "证明编号{}已使用")
_OTHER_TIME = Label("it says it was issued at another moment than this", "证明上的出具时间与登记时间不一致")
_OTHER_CODE = Label("its code belongs to other particulars", "验证码与证明内容不一致")
_NO_ENTRY = Label("there is no entry {} of {}", "没有{1}的记录{0}")
_REVERSED = Label("entry {} is reversed", "记录{}已冲销")
_UNVERIFIED = Label("entry {} is not verified", "记录{}未经核实")
_OTHERWISE = Label("what the certificate says of entry {} is not what the book says", "证明与记录{}不一致")
_UNKNOWN = Label("there is no certificate {}", "没有证明{}")
_WITHDRAWN = Label("certificate {} is withdrawn already", "证明{}已撤销")


@attrs.frozen(kw_only=True)
class CertificateIssued(ServiceEvent):
    """A certificate is issued; only verified service can be in it, and a serial number is used once.

    Args:
        certificate: the certificate.
    """

    certificate: Certificate = attrs.field(validator=_fields.is_a(Certificate, "a Certificate"))

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state with the certificate."""
        reasons = tuple(self._against(state))
        if reasons:
            raise self.refusal(*reasons)
        kept = KeptCertificate(certificate=self.certificate)
        return attrs.evolve(state, certificates=state.certificates.with_(self.certificate.serial, kept))

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask, certificate=self.certificate.masked(mask))

    def _against(self, state: ServiceState) -> Iterator[Label]:
        certificate = self.certificate
        if certificate.serial in state.certificates:
            yield _TWICE.filled(certificate.serial)
        if minute_of(certificate.issued) != minute_of(self.at):  # moments in an hour that comes twice equal no others
            yield _OTHER_TIME
        if certificate.code and not is_signed(certificate):
            yield _OTHER_CODE
        for line in certificate.lines:
            kept = state.entries.get(line.entry)
            if kept is None or kept.entry.volunteer != certificate.holder.volunteer:
                yield _NO_ENTRY.filled(line.entry, certificate.holder.volunteer)
            elif not kept.stands:
                yield _REVERSED.filled(line.entry)
            elif not kept.verified:
                yield _UNVERIFIED.filled(line.entry)
            elif line.activity != kept.entry.activity.name or line.minutes > _most(kept.entry):
                yield _OTHERWISE.filled(line.entry)


def _most(entry: ServiceEntry) -> int:
    """Return the minutes that an entry is credited at most, whatever the policy."""
    return Rounding.UP.of(max(entry.raw_minutes, entry.minutes) + entry.travel_minutes, _LARGEST_UNIT)


@attrs.frozen(kw_only=True)
class CertificateWithdrawn(ServiceEvent):
    """A certificate is withdrawn; `why` says the reason.

    Args:
        serial: its serial number.
    """

    serial: str = attrs.field(validator=one_line)

    def apply(self, state: ServiceState) -> ServiceState:
        """Return the state in which the certificate does not hold any more."""
        kept = state.certificates.get(self.serial)
        if kept is None:
            raise self.refusal(_UNKNOWN.filled(self.serial))
        if kept.withdrawn is not None:
            raise self.refusal(_WITHDRAWN.filled(self.serial))
        withdrawn = attrs.evolve(kept, withdrawn=self.at, why=self.why)
        return attrs.evolve(state, certificates=state.certificates.with_(self.serial, withdrawn))

    def masked(self, mask: Mask) -> Self:
        """Return the event without a person's particulars."""
        return self._masked(mask)
