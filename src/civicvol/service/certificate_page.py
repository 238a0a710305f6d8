"""A certificate as one HTML page: a sheet of A4 to print, sign and seal, or to send as it is."""

from collections.abc import Iterable, Iterator

from civicvol import _fields
from civicvol._markup import Html, el
from civicvol.labels import Label, Language
from civicvol.service import _certificate_content as content
from civicvol.service._certificate_style import STYLE
from civicvol.service._certificate_words import PARTICULARS, WORDS, hours_label
from civicvol.service.certificate import Certificate

_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def certificate_to_html(certificate: Certificate, *, language: Language = "en") -> str:
    """Return a certificate as one page of HTML that needs nothing else: no script, no font, no picture.

    It prints on one sheet of A4, where names and remarks have a usual length, with room for two signatures and a seal.
    Activities that took least time are summed up where there are very many. Write it as UTF-8.

    Args:
        certificate: the certificate.
        language: of everything but what the app itself has named in one language only.

    Raises:
        InputError: an argument is wrong.
    """
    _fields.expect("certificate", certificate, Certificate, "a Certificate")

    def word(key: str) -> str:
        return WORDS[key].text(language)

    def rows(pairs: Iterable[content.Row], **attributes: str) -> Html:
        each = (
            el("div", el("dt", content.begun(name).text(language)), el("dd", value.text(language)))
            for name, value in pairs
        )
        return el("dl", *each, **attributes)

    title = word("title")
    serial = WORDS["row"].filled(content.begun(PARTICULARS["serial"]), certificate.serial).text(language)
    body = (
        el("header", el("h1", title), el("p", serial, class_="serial")),
        el("p", content.sentence(certificate).text(language), class_="lead"),
        rows(content.person(certificate), class_="person"),
        el("section", *_activities(certificate, language)),
        rows(content.issuer(certificate)),
        rows(content.notes(certificate), class_="wide"),
        el("div", *_signatures(certificate, language), class_="signatures"),
        el("footer", *_checking(certificate, language)),
    )
    head = el(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        el("title", f"{title} {certificate.serial}"),
        el("style", Html(STYLE)),
    )
    page = el("html", head, el("body", el("main", *body)), lang=_LANGUAGES[language])
    return f"<!doctype html>\n{page}\n"


def _activities(certificate: Certificate, language: Language) -> Iterator[Html]:
    """Yield the table of what was done, with a total."""
    heads = (content.begun(WORDS[key]).text(language) for key in ("content", "times", "hours"))
    lines = (
        el("tr", el("td", activity.text(language)), el("td", times), el("td", hours.text(language)))
        for activity, times, hours in content.activities(certificate)
    )
    total = (
        el("th", content.begun(WORDS["total"]).text(language), scope="row"),
        el("td", str(len(certificate.lines))),
        el("td", hours_label(certificate.minutes).text(language)),
    )
    yield el(
        "table",
        el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
        el("tbody", *lines),
        el("tfoot", el("tr", *total)),
    )


def _signatures(certificate: Certificate, language: Language) -> Iterator[Html]:
    for key in ("responsible", "handler"):
        yield el("p", content.begun(WORDS["signature"].filled(WORDS[key])).text(language))
    yield el("p", content.begun(WORDS["seal"]).text(language), class_="seal")


def _checking(certificate: Certificate, language: Language) -> Iterator[Html]:
    if certificate.code:
        yield el("strong", content.begun(WORDS["code"]).text(language))
        yield el("code", certificate.code)
        yield el("p", content.checking(certificate).text(language))
    address = content.address(certificate)
    if address:
        link = el("a", certificate.issuer.check_at, href=address)
        yield el("p", WORDS["row"].filled(WORDS["check_at"], Label("")).text(language), link)
