"""The history of a roster: every event, with when, who, what and why."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import attrs

from civicvol import _fields
from civicvol.desk.book import RosterBook
from civicvol.desk.event import DeskEvent
from civicvol.desk.view import View, phrase, texts
from civicvol.labels import Label, Language
from civicvol.rostering.problem import RosterProblem
from civicvol.table import Table

_COLUMNS = (
    *(Label("when", "时间"), Label("who", "操作人"), Label("what", "事项")),
    *(Label("about", "涉及"), Label("why", "原因")),
)
_TITLE = Label("History", "变更记录")
_LINE, _WHY = Label("- {}, {}: {}", "- {}，{}：{}"), Label(" ({})", "（{}）")
_NONE = Label("- nothing", "- 无")


@attrs.frozen(kw_only=True)
class HistoryLine:
    """An event as people read it.

    Args:
        at: when it was recorded, on the clock of the roster.
        by: id of whoever did it.
        name: what people call them; the id of who is no volunteer.
        what: what happened.
        about: the person other than them, the shift and the offer that it is about, if any.
        why: the reason, in their own words.
    """

    at: datetime
    by: str
    name: Label
    what: Label
    about: tuple[Label, ...]
    why: str

    def text(self, language: Language = "en") -> str:
        """Return the event as a line."""
        when, who, *_ = self.cells(language)
        line = _LINE.text(language).format(when, who, phrase((self.what, *self.about), language))
        return line + (_WHY.text(language).format(self.why) if self.why else "")

    def cells(self, language: Language = "en") -> tuple[str, str, str, str, str]:
        """Return when, who, what, about whom or what, and why."""
        who, what = texts((self.name, self.what), language)
        return f"{self.at:%Y-%m-%d %H:%M}", who, what, phrase(self.about, language), self.why


@attrs.frozen(kw_only=True)
class History(View):
    """What happened to a roster.

    Args:
        lines: the events, the earliest first.
    """

    lines: tuple[HistoryLine, ...]

    def _text(self, language: Language) -> str:
        lines = [line.text(language) for line in self.lines] or [_NONE.text(language)]
        return "\n".join([_TITLE.text(language), *lines])

    def _table(self, language: Language) -> Table:
        rows = (line.cells(language) for line in self.lines)
        return Table(title=_TITLE.text(language), columns=texts(_COLUMNS, language), rows=rows)


def history(book: RosterBook, language: Language = "en") -> History:
    """Return what happened to a roster: every event, with when, who, what and why.

    Raises:
        InputError: an argument is wrong.
    """
    _fields.require(book=(book, _fields.is_a(RosterBook, "a RosterBook")))
    return history_of(book.events, (book.state.problem, book.problem), language)


def history_of(events: Iterable[DeskEvent], problems: Sequence[RosterProblem], language: Language = "en") -> History:
    """Return some events of a roster as people read them.

    Args:
        events: the events.
        problems: what is known by then and what was known before; the first that knows a person or a shift names it.
        language: in which it is said where no other is asked for.
    """
    lines = (
        HistoryLine(
            at=event.at.astimezone(problems[0].horizon.zone),
            by=event.by,
            name=_person(event.by, problems),
            what=event.label,
            about=tuple(_about(event, problems)),
            why=event.why,
        )
        for event in events
    )
    return History(language=language, lines=tuple(lines))


def _about(event: DeskEvent, problems: Iterable[RosterProblem]) -> Iterator[Label]:
    """Yield the names of the person other than its author, the shift and the offer that an event has as fields."""
    named = getattr(event, "assignment", event)
    volunteer, shift = getattr(named, "volunteer", None), getattr(named, "shift", None)
    if volunteer is not None and volunteer != event.by:
        yield _person(volunteer, problems)
    if shift is not None:
        yield next((each.shift_name(each.shift(shift)) for each in problems if shift in each.shift_by_id), Label(shift))
    if hasattr(event, "offer"):
        yield Label(event.offer)


def _person(id: str, problems: Iterable[RosterProblem]) -> Label:
    return Label(next((str(each.volunteer(id)) for each in problems if id in each.volunteer_by_id), id))
