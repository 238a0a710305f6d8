"""A certificate as plain text: to send in a message, or to read aloud."""

from collections.abc import Iterable

from civicvol import _fields
from civicvol.labels import Label, Language
from civicvol.service import _certificate_content as content
from civicvol.service._certificate_words import PARTICULARS, WORDS
from civicvol.service.certificate import Certificate


def certificate_to_text(certificate: Certificate, *, language: Language = "en") -> str:
    """Return a certificate as plain text: what is certified, and a line for each particular.

    Args:
        certificate: the certificate.
        language: of everything but what the app itself has named in one language only.

    Raises:
        InputError: an argument is wrong.
    """
    _fields.expect("certificate", certificate, Certificate, "a Certificate")
    lines = (
        WORDS["title"],
        _row(PARTICULARS["serial"], Label(certificate.serial)),
        Label(""),
        content.sentence(certificate),
        Label(""),
        *_rows(content.person(certificate)),
        _row(WORDS["content"], Label("")),
        *(WORDS["activity"].filled(*activity) for activity in content.activities(certificate)),
        *_rows(content.issuer(certificate)),
        *_rows(content.notes(certificate)),
        *((_row(WORDS["code"], Label(certificate.code)), content.checking(certificate)) if certificate.code else ()),
        *((_row(WORDS["check_at"], Label(address)),) if (address := content.address(certificate)) else ()),
    )
    return "".join(f"{line.text(language).rstrip()}\n" for line in lines)


def _rows(rows: Iterable[content.Row]) -> Iterable[Label]:
    return (_row(*row) for row in rows)


def _row(name: Label, value: Label) -> Label:
    return WORDS["row"].filled(content.begun(name), value)
