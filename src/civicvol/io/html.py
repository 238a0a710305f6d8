"""A roster as one HTML page: to open on a phone or a computer, to send, and to print."""

from collections.abc import Iterable, Iterator

from civicvol._markup import Html, el
from civicvol.errors import InputError
from civicvol.io._page_sheets import Sheets, anchor
from civicvol.io._page_style import STYLE
from civicvol.io._page_words import days_name, duration, short_day
from civicvol.labels import Language
from civicvol.places import Unit, UnitKind
from civicvol.reports import cover, fairness, wording
from civicvol.rostering import CheckReport, Result, Roster, RosterProblem, Status, Violation, check, why_unfilled

_STOPPED = ("not known", "time limit", "interrupted", "areas failed", "too large")
_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def roster_to_html(problem: RosterProblem, found: Result | Roster, *, language: Language = "en") -> str:
    """Return a roster as one page of HTML that needs nothing else: no script, no font, no picture.

    It shows how many places are filled and how evenly the work is spread, the open places with their reasons, who is
    on duty day by day and person by person, and how good the roster is proven to be. Write it as UTF-8.

    Args:
        problem: the problem.
        found: what `solve` returned for it, or a roster of it.
        language: of everything but what the app itself has named in one language only.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    if not isinstance(found, Result | Roster):
        raise InputError.of("found", "must be a Result or a Roster", value=found)
    result = found if isinstance(found, Result) else None
    roster = found if isinstance(found, Roster) else found.roster
    wording.require_arguments(problem, Roster() if roster is None else roster, language)
    gaps = () if roster is None else why_unfilled(problem, roster)
    sheets = Sheets(
        problem=problem,
        roster=Roster() if roster is None else roster,
        gaps={(gap.shift, gap.role): gap for gap in gaps},
        language=language,
    )
    body = [_header(sheets)]
    if roster is not None:
        body += [_links(sheets), _figures(sheets, result), *_sections(sheets)]
    body += [_quality(sheets, result, None if roster is None else check(problem, roster)), _footer(sheets)]
    page = el("html", _head(sheets), el("body", el("main", *body)), lang=_LANGUAGES[language])
    return f"<!doctype html>\n{page}\n"


def _names(sheets: Sheets) -> tuple[str, str]:
    """Return what the page is called, and the community and the days it is for."""
    community, horizon = _community(sheets.problem), sheets.problem.horizon
    days = days_name(horizon.first_day, horizon.last_day, sheets.language)
    return sheets.word("title"), days if community is None else f"{community.label.text(sheets.language)} · {days}"


def _community(problem: RosterProblem) -> Unit | None:
    """Return the lowest unit, a community or higher, that has all places of work in it, if there is one."""
    units = problem.units
    shared: list[Unit] = []
    for number, place in enumerate(sorted({shift.unit for shift in problem.shifts if shift.unit is not None})):
        line = (units.unit(place), *units.ancestors(place))
        shared = [
            unit for unit in line if unit.kind.level <= UnitKind.COMMUNITY.level and (not number or unit in shared)
        ]
    return shared[0] if shared else None


def _head(sheets: Sheets) -> Html:
    return el(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        el("title", ", ".join(_names(sheets))),
        el("style", Html(STYLE)),
    )


def _header(sheets: Sheets) -> Html:
    title, subtitle = _names(sheets)
    return el("header", el("h1", title), el("p", subtitle, class_="soft"))


def _links(sheets: Sheets) -> Html:
    weeks = ((anchor(first), short_day(first, sheets.language)) for first, _ in sheets.weeks())
    sections = ((name, sheets.word(name)) for name in ("people", "proof"))
    targets = (("open", sheets.word("open")), *weeks, *sections)
    return el("nav", *(el("a", name, href=f"#{target}") for target, name in targets))


def _figures(sheets: Sheets, result: Result | None) -> Html:
    """Return the figures at the top: places, people, how the hours are spread, and the proof."""
    problem, language = sheets.problem, sheets.language
    places = cover(problem, sheets.roster).to_records()[-1]
    spread = {row["figure"]: row["this roster"] for row in fairness(problem, sheets.roster).to_records()}
    everybody, on_duty, under = len(problem.volunteers), places["people"], places["under minimum"]
    median, most = (duration(spread[name] or 0, language) for name in ("median", "most minutes"))
    gap = None if result is None else result.gap
    cards = (
        (
            sheets.word("minimum"),
            sheets.word("of", places["minimum filled"], places["minimum places"]),
            sheets.word("under", under) if under else sheets.word("all_minimum"),
        ),
        (
            sheets.word("desired"),
            sheets.word("of", places["desired filled"], places["desired places"]),
            sheets.word("shifts", places["shifts"]),
        ),
        (
            sheets.word("on_duty"),
            sheets.word("of", on_duty, everybody),
            sheets.word("without", everybody - on_duty),
        ),
        (sheets.word("median"), median, sheets.word("most", most)),
        (
            sheets.word("quality"),
            sheets.word("given" if result is None else result.status),
            "" if not gap else sheets.word("at_most", f"{gap:.2%}"),
        ),
    )
    return el(
        "dl",
        *(
            el("div", el("dt", name), el("dd", figure), el("dd", more, class_="soft small"))
            for name, figure, more in cards
        ),
        class_="figures",
    )


def _sections(sheets: Sheets) -> Iterator[Html]:
    yield el("section", el("h2", sheets.word("open"), id="open"), sheets.open_places())
    yield el("section", el("h2", sheets.word("days")), *sheets.days())
    yield el("section", el("h2", sheets.word("people"), id="people"), sheets.people())


def _quality(sheets: Sheets, result: Result | None, report: CheckReport | None) -> Html:
    """Return how good the roster is: as it was proven, and as the check finds it."""
    parts = [el("p", _proof(sheets, result, "" if report is None else _number(report.penalty)))]
    if result is not None and result.conflict:
        parts.append(_sentences(sheets, result.conflict))
    if report is not None and report.hard:
        parts += [el("p", sheets.word("broken")), _sentences(sheets, report.hard)]
    elif report is not None:
        parts.append(el("p", sheets.word("kept")))
    if report is not None and report.overridden:
        parts += [el("p", sheets.word("agreed")), _sentences(sheets, report.overridden)]
    heading = sheets.word("no roster" if report is None else "proof")
    return el("section", el("h2", heading, id="proof"), *parts)


def _proof(sheets: Sheets, result: Result | None, objective: str) -> str:
    """Return what the search proved, as a sentence."""
    if result is None:
        return sheets.word("given_long", objective=objective)
    stopped = result.stopped or "not known"
    stopped = sheets.word(stopped) if stopped in _STOPPED else stopped
    if result.bound is None or result.gap is None:
        key = "unbounded_long" if result.status is Status.FEASIBLE else f"{result.status}_long"
        return sheets.word(key, objective=objective, stopped=stopped)
    bound, gap = _number(result.bound), f"{result.gap:.2%}"
    return sheets.word(f"{result.status}_long", objective=objective, bound=bound, gap=gap, stopped=stopped)


def _sentences(sheets: Sheets, violations: Iterable[Violation]) -> Html:
    texts = (
        f"{violation.message.text(sheets.language)}{violation.override and f' ({violation.override})'}"
        for violation in violations
    )
    return el("ul", *(el("li", text) for text in texts), class_="plain")


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _footer(sheets: Sheets) -> Html:
    horizon = sheets.problem.horizon
    return el("footer", el("p", sheets.word("zone", horizon.zone, f"{horizon.day_start:%H:%M}"), class_="soft small"))
