"""What a certificate says, piece by piece, for the page and the plain text alike."""

from collections.abc import Iterator

from civicvol.labels import Label
from civicvol.service._certificate_words import PARTICULARS, WORDS, day_label, hours_label, moment_label, period_label
from civicvol.service.certificate import Certificate

_MOST_ACTIVITIES = 8

Row = tuple[Label, Label]


def sentence(certificate: Certificate) -> Label:
    """Return what is certified, as one sentence."""
    when = period_label(certificate.first_day, certificate.last_day)
    return WORDS["certify"].filled(certificate.holder.name, hours_label(certificate.minutes), when)


def person(certificate: Certificate) -> Iterator[Row]:
    """Yield who served, for how long and when."""
    holder = certificate.holder
    yield PARTICULARS["name"], Label(holder.name)
    if holder.document is not None:
        yield holder.document.kind, Label(holder.document.number)
    yield PARTICULARS["number"], Label(holder.number)
    yield PARTICULARS["minutes"], hours_label(certificate.minutes)
    days = [day_label(each) for each in dict.fromkeys((certificate.first_day, certificate.last_day))]
    yield WORDS["period"], WORDS["days"].filled(*days) if len(days) > 1 else days[0]


def begun(label: Label) -> Label:
    """Return a name as it stands at the beginning of a line."""
    return Label(label.en[:1].upper() + label.en[1:], label.zh)


def activities(certificate: Certificate) -> Iterator[tuple[Label, str, Label]]:
    """Yield what was done, how often and for how long; what took least time is summed up where there is very much."""
    groups = certificate.by_activity()
    shown = len(groups) if len(groups) <= _MOST_ACTIVITIES else _MOST_ACTIVITIES - 1
    for activity, times, minutes in groups[:shown]:
        yield activity, str(times), hours_label(minutes)
    others = groups[shown:]
    if others:
        times, minutes = sum(each[1] for each in others), sum(each[2] for each in others)
        yield WORDS["others"].filled(len(others)), str(times), hours_label(minutes)


def issuer(certificate: Certificate) -> Iterator[Row]:
    """Yield who vouches for it, and whom to ask."""
    found = certificate.issuer
    yield PARTICULARS["issuer"], found.name
    yield WORDS["responsible"], Label(found.responsible)
    yield WORDS["handler"], Label(found.handler)
    yield PARTICULARS["issued"], day_label(certificate.issued.date())
    yield WORDS["contact"], Label(found.contact)


def notes(certificate: Certificate) -> Iterator[Row]:
    """Yield which time counts, as of when, and the remarks."""
    if certificate.remarks:
        yield WORDS["remarks"], Label(certificate.remarks)
    yield WORDS["definition"], WORDS["counted"].filled(certificate.definition, moment_label(certificate.issued))


def checking(certificate: Certificate) -> Label:
    """Return how the verification code is checked."""
    return WORDS["check"].filled(certificate.issuer.name)


def address(certificate: Certificate) -> str:
    """Return the address at which the issuer checks this code, if there is one.

    The code stands after a `#`, so a browser shows it to the page alone and sends it to no server.
    """
    page = certificate.issuer.check_at
    return f"{page}#{certificate.code}" if page and certificate.code else ""
