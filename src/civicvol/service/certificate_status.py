"""Whether a certificate still holds: withdrawn by somebody, or by itself where its service was put right since."""

from collections.abc import Iterator
from datetime import datetime

import attrs

from civicvol import _fields
from civicvol.calendar._checks import moment
from civicvol.errors import InputError
from civicvol.labels import Label, Language
from civicvol.service._certificate_words import listed, moment_label
from civicvol.service.book import ServiceBook
from civicvol.service.certificate import KeptCertificate, one_line
from civicvol.service.state import ServiceState
from civicvol.service.withdrawals import Withdrawals

_HOLDS = Label("Certificate {} holds, as of {}.", "截至{1}，证明{0}有效。")
_GONE = Label("Certificate {} is withdrawn, as of {}: {}.", "截至{1}，证明{0}已失效：{2}。")
_BETWEEN = Label("; ", "；")
_WITHDRAWN = Label("withdrawn on {}", "{}撤销")
_WITHDRAWN_WHY = Label("withdrawn on {} ({})", "{}撤销（{}）")
_REVERSED = Label("entry {} was reversed on {}", "记录{}已于{}冲销")


@attrs.frozen(kw_only=True)
class CertificateStatus:
    """Whether a certificate held at a moment.

    Args:
        serial: its serial number.
        as_of: the moment.
        reasons: why it did not; nothing where it did.
    """

    serial: str
    as_of: datetime
    reasons: tuple[Label, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether it held."""
        return not self.reasons

    def text(self, language: Language = "en") -> str:
        """Return the status as a sentence."""
        if self.valid:
            return _HOLDS.filled(self.serial, moment_label(self.as_of)).text(language)
        reasons = listed(self.reasons, _BETWEEN)
        return _GONE.filled(self.serial, moment_label(self.as_of), reasons).text(language)


def certificate_status(book: ServiceBook, serial: str, as_of: datetime) -> CertificateStatus:
    """Return whether a certificate held at a moment, by what the service book knew then.

    A certificate is withdrawn by an event that says so, and by itself as soon as an entry in it is reversed.

    Args:
        book: the service book.
        serial: the certificate's serial number.
        as_of: the moment.

    Raises:
        InputError: an argument is wrong, or there was no such certificate.
    """
    state = _state(book, as_of)
    _fields.require(serial=(serial, one_line))
    kept = state.certificates.get(serial)
    if kept is None:
        raise InputError.of("serial", "must be that of a certificate in the book", value=serial)
    return CertificateStatus(serial=serial, as_of=as_of, reasons=tuple(_against(state, kept)))


def withdrawn_serials(book: ServiceBook, as_of: datetime) -> Withdrawals:
    """Return the certificates that no longer held at a moment, to be signed by `sign_withdrawals` and published.

    Args:
        book: the service book.
        as_of: the moment.

    Raises:
        InputError: an argument is wrong.
    """
    state = _state(book, as_of)
    gone = (serial for serial, kept in state.certificates.items() if any(_against(state, kept)))
    return Withdrawals(as_of=as_of, serials=frozenset(gone))


def _state(book: ServiceBook, as_of: datetime) -> ServiceState:
    _fields.require(book=(book, _fields.is_a(ServiceBook, "a ServiceBook")), as_of=(as_of, moment))
    return book.state_at(as_of)


def _against(state: ServiceState, kept: KeptCertificate) -> Iterator[Label]:
    """Yield why a certificate does not hold any more."""
    if kept.withdrawn is not None:
        day = moment_label(kept.withdrawn)
        yield _WITHDRAWN_WHY.filled(day, kept.why) if kept.why else _WITHDRAWN.filled(day)
    for line in kept.certificate.lines:
        reversal = state.entries[line.entry].reversal
        if reversal is not None:
            yield _REVERSED.filled(line.entry, moment_label(reversal))
