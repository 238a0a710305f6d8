"""What changed from one version of a roster to another: shifts, people's duties, and who did what and why."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

import attrs

from civicvol import _fields
from civicvol.desk.book import RosterBook
from civicvol.desk.history import History, history_of
from civicvol.desk.view import View, texts
from civicvol.errors import InputError
from civicvol.labels import Label, Language
from civicvol.rostering.notice import ChangeNotice, change_notices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Roster
from civicvol.table import Table

_TITLE = Label("From {} to {}", "{}至{}的变动")
_VERSION, _DRAFT = Label("version {}", "第{}版"), Label("the draft", "草稿")
_ADDED, _CANCELLED = Label("new: {}", "新增：{}"), Label("cancelled: {}", "取消：{}")
_MOVED = Label("changed: {} instead of {}", "变更：{}，原为{}")
_OTHERWISE = Label("changed: whom {} needs", "变更：{}所需人员")
_SHIFTS, _SAME = Label("Shifts", "班次"), Label("- nothing changed", "- 没有变动")
_COLUMNS = Label("whom or what it concerns", "涉及"), Label("change", "变动")


@attrs.frozen(kw_only=True)
class VersionDiff(View):
    """How one version of a roster differs from another.

    Args:
        earlier: number of the earlier version.
        later: number of the later one.
        shifts: what changed about the shifts themselves: new, cancelled, or another.
        notices: what each person is told whose duties changed.
        events: what happened in between, with who and why.
    """

    earlier: int
    later: int
    shifts: tuple[Label, ...]
    notices: tuple[ChangeNotice, ...]
    events: History

    @property
    def _title(self) -> Label:
        return _TITLE.filled(*(_VERSION.filled(each) if each else _DRAFT for each in (self.earlier, self.later)))

    def _text(self, language: Language) -> str:
        shifts = [_SHIFTS.text(language), *(f"- {each}" for each in texts(self.shifts, language))]
        changes = [
            *(["\n".join(shifts)] if self.shifts else []),
            *(notice.text(language) for notice in self.notices),
        ]
        return "\n".join([self._title.text(language), *(changes or [_SAME.text(language)]), self.events.text(language)])

    def _table(self, language: Language) -> Table:
        rows = [(_SHIFTS, each) for each in self.shifts]
        rows += [(notice.name, change) for notice in self.notices for change in notice.changes]
        return Table(
            title=self._title.text(language),
            columns=texts(_COLUMNS, language),
            rows=(texts(row, language) for row in rows),
        )

    def _repr_html_(self) -> str:
        return self.table().to_html() + self.events.table(self.language).to_html()


def diff(book: RosterBook, a: int, b: int, language: Language = "en") -> VersionDiff:
    """Return what changed from version `a` of a roster to version `b`.

    Version 0 is the draft, of which nobody has been told: from there, all duties are new to everybody. The events are
    those from the beginning of the one version to that of the other.

    Args:
        book: the roster.
        a: number of the earlier version.
        b: number of the later one; the same for no difference.
        language: in which it is said where no other is asked for.

    Raises:
        InputError: an argument is wrong, there is no such version, or `b` is before `a`.
    """
    _fields.require(book=(book, _fields.is_a(RosterBook, "a RosterBook")))
    known = _fields.whole(0, book.state.version)
    _fields.require(a=(a, known), b=(b, known))
    if b < a:
        raise InputError.of("b", f"must not be before a, {a}", value=b)
    states = book.states
    version = attrgetter("version")
    before, after = (states[bisect_right(states, number, key=version) - 1] for number in (a, b))
    # An offer is made in the version before the one that settles it.
    first, last = (bisect_left(states, number, key=version) for number in (a, b))
    told = before.roster if a or not b else Roster()
    return VersionDiff(
        language=language,
        earlier=a,
        later=b,
        shifts=tuple(_shifts(before.problem, after.problem)),
        notices=change_notices(before.problem, told, after.problem, after.roster),
        events=history_of(book.events[first:last], (after.problem, before.problem), language),
    )


def _shifts(before: RosterProblem, after: RosterProblem) -> Iterator[Label]:
    """Yield what changed about the shifts, those that went before those that came or stayed."""
    old, new = before.shift_by_id, after.shift_by_id
    yield from (_CANCELLED.filled(before.shift_name(old[id])) for id in old if id not in new)
    for id, shift in new.items():
        name = after.shift_name(shift)
        if id not in old:
            yield _ADDED.filled(name)
        elif old[id] != shift:
            earlier = before.shift_name(old[id])
            yield _OTHERWISE.filled(name) if earlier == name else _MOVED.filled(name, earlier)
