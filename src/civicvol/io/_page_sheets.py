"""The sheets of the roster's page: the open places, who is on duty day by day, and person by person."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

import attrs

from civicvol._markup import Html, el
from civicvol.calendar import Period
from civicvol.duties import CoverRequirement, Shift
from civicvol.io._page_words import WORDS, day_name, days_name, duration, short_day
from civicvol.labels import Language
from civicvol.reports import wording
from civicvol.rostering import Gap, Roster, RosterProblem


@attrs.frozen(kw_only=True)
class Sheets:
    """A roster as it is laid out on the page.

    Args:
        problem: the problem.
        roster: the roster.
        gaps: what is open, by shift and role.
        language: of all words.
    """

    problem: RosterProblem
    roster: Roster
    gaps: Mapping[tuple[str, str], Gap]
    language: Language

    def word(self, key: str, *values: object, **named: object) -> str:
        """Return what the page calls something, with values filled in."""
        return WORDS[key].text(self.language).format(*values, **named)

    def open_places(self) -> Html:
        """Return the open places, those under their minimum first, each with its reasons."""
        if not self.gaps:
            return el("p", self.word("none_open"))
        gaps = sorted(self.gaps.values(), key=lambda gap: not gap.missing)
        missing, wanted = sum(gap.missing for gap in gaps), sum(gap.wanted for gap in gaps)
        rows = (self._open_row(self.problem.shift(gap.shift), gap) for gap in gaps)
        return el(
            "div",
            el("p", self.word("open_lead", missing, wanted), class_="soft small"),
            el("div", el("table", el("tbody", *rows)), class_="card"),
        )

    def _open_row(self, shift: Shift, gap: Gap) -> Html:
        when = short_day(self.problem.day_of(shift.span), self.language), self._time(shift)
        role = wording.role_text(shift, gap.role, self.language)
        return el(
            "tr",
            el("td", *(el("span", text) for text in when), class_="when"),
            el("td", *self._what(shift), class_="what"),
            el("td", el("span", role, class_="role"), gap.why(self.language), class_="why"),
            el("td", self._mark(gap), class_="count"),
        )

    def days(self) -> Iterator[Html]:
        """Yield every day with a shift, under the weeks they lie in."""
        names = wording.person_names(self.problem)
        for first, last in self.weeks():
            yield el("h3", days_name(first, last, self.language), id=anchor(first))
            days = groupby(
                wording.shifts_by_day(self.problem, first, last), lambda shift: self.problem.day_of(shift.span)
            )
            for day, shifts in days:
                yield self._day(day, list(shifts), names)

    def weeks(self) -> Iterator[tuple[date, date]]:
        """Yield the first and the last day of each week, from Monday, that has a shift, as far as it is rostered."""
        horizon = self.problem.horizon
        for _, days in groupby(horizon.days, Period.WEEK.key):
            first, *others = days
            last = others[-1] if others else first
            if wording.shifts_by_day(self.problem, first, last):
                yield first, last

    def _day(self, day: date, shifts: list[Shift], names: Mapping[str, str]) -> Html:
        heads = (el("th", self.word(key), scope="col") for key in ("time", "post", "who", "filled"))
        rows = (row for shift in shifts for row in self._rows(shift, names))
        return el(
            "section",
            el("h4", day_name(day, self.language)),
            el("table", el("thead", el("tr", *heads)), el("tbody", *rows)),
            class_="card",
        )

    def _rows(self, shift: Shift, names: Mapping[str, str]) -> Iterator[Html]:
        """Yield a row for each role of a shift; the first says when and where for all of them."""
        span = str(len(shift.cover))
        for place, line in enumerate(shift.cover):
            shared = (
                el("td", self._time(shift), class_="time", rowspan=span),
                el("td", *self._what(shift), class_="what", rowspan=span),
            )
            yield el(
                "tr",
                *(shared if place == 0 else ()),
                el("td", *self._who(shift, line, names), class_="who"),
                el("td", self._filled(shift, line), class_="count"),
                class_="first" if place == 0 else "again",
            )

    def _who(self, shift: Shift, line: CoverRequirement, names: Mapping[str, str]) -> Iterator[Html]:
        held = [names[each.volunteer] for each in self.roster.of_shift(shift.id) if each.role == line.role]
        yield el("span", line.label.text(self.language), class_="role")
        if held:
            yield el("ul", *(el("li", name) for name in held), class_="names")
        gap = self.gaps.get((shift.id, line.role))
        if gap is not None:
            yield el("p", gap.why(self.language), class_="why small soft")

    def _filled(self, shift: Shift, line: CoverRequirement) -> Html:
        gap = self.gaps.get((shift.id, line.role))
        filled = sum(each.role == line.role for each in self.roster.of_shift(shift.id))
        return el("span", self.word("of", filled, line.desired), class_="full") if gap is None else self._mark(gap)

    def _mark(self, gap: Gap) -> Html:
        if gap.missing:
            return el("span", self.word("short", gap.missing), class_="mark open")
        return el("span", self.word("wanted", gap.wanted), class_="mark want")

    def _what(self, shift: Shift) -> Iterator[Html]:
        yield el("strong", wording.position_text(self.problem, shift, self.language))
        place = wording.place_text(self.problem, shift, self.language)
        if place:
            yield el("span", place, class_="place")

    def _time(self, shift: Shift) -> str:
        return wording.time_text(self.problem, shift, self.language)

    def people(self) -> Html:
        """Return a card for everybody who has a duty."""
        shifts = wording.shifts_by_day(self.problem)
        order = {shift.id: place for place, shift in enumerate(shifts)}
        names = wording.person_names(self.problem)
        cards = []
        for volunteer in self.problem.volunteers:
            places = sorted(order[each.shift] for each in self.roster.of_volunteer(volunteer.id))
            if places:
                cards.append(self._card(names[volunteer.id], [shifts[place] for place in places]))
        return el("div", *cards, class_="people") if cards else el("p", self.word("nobody"))

    def _card(self, name: str, shifts: list[Shift]) -> Html:
        hours = duration(sum(shift.minutes for shift in shifts), self.language)
        load = self.word("duty" if len(shifts) == 1 else "duties", len(shifts), hours)
        lines = (
            el(
                "li",
                f"{short_day(self.problem.day_of(shift.span), self.language)} ",
                el("span", self._time(shift), class_="time"),
                " ",
                el("span", self._place(shift), class_="soft"),
            )
            for shift in shifts
        )
        return el("section", el("h4", name, " ", el("span", load)), el("ol", *lines), class_="card")

    def _place(self, shift: Shift) -> str:
        texts = wording.position_text, wording.place_text
        return wording.joined(filter(None, (text(self.problem, shift, self.language) for text in texts)), self.language)


def anchor(day: date) -> str:
    """Return what links to the week of a day point at."""
    return f"week-{day}"
