"""Change notices: what each person is told when a roster changes."""

from collections.abc import Iterator

import attrs

from civicvol import _fields
from civicvol.labels import Label, Language
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.roster import Assignment, Roster
from civicvol.table import Table

_NEW = Label("new: {} on {}", "新增：{}，{}")
_GONE = Label("no longer: {} on {}", "不再需要：{}，{}")
_CANCELLED = Label("cancelled: {}", "取消：{}")
_ROLE = Label("{}: {} instead of {}", "{}：改为{}，原为{}")
_MOVED = Label("changed: {} instead of {}", "变更：{}，原为{}")
_TITLE = Label("Changes for {}", "{}的变动")
_COLUMNS = Label("volunteer", "志愿者"), Label("change", "变动")
_NOTICES = Label("Change notices", "变动通知")


@attrs.frozen(kw_only=True)
class ChangeNotice:
    """What one person is told.

    Args:
        volunteer: id of the volunteer.
        name: what people call them.
        changes: the sentences, in the order of time of the duties.
    """

    volunteer: str
    name: Label
    changes: tuple[Label, ...]

    def text(self, language: Language = "en") -> str:
        """Return the notice: a heading, and a line for each change."""
        lines = (f"- {change.text(language)}" for change in self.changes)
        return "\n".join([_TITLE.filled(self.name).text(language), *lines])

    def __str__(self) -> str:
        return self.text()


def change_notices(
    before: RosterProblem, earlier: Roster, after: RosterProblem, later: Roster
) -> tuple[ChangeNotice, ...]:
    """Return what each person is told of the changes from one roster to another, by name; nobody else is told.

    A person is told of every duty that comes, goes or is another: at another time or place, or in another role.

    Args:
        before: the problem of the earlier roster.
        earlier: the earlier roster.
        after: the problem of the later one.
        later: the later roster.

    Raises:
        InputError: a roster names what its problem does not know.
    """
    require_known(before, earlier)
    require_known(after, later)
    people = {each.volunteer for each in (*earlier, *later)}
    notices = []
    for id in people:
        changes = sorted(_changes(id, before, earlier, after, later), key=lambda change: (change[0], change[1].en))
        if changes:
            name = Label(str((after if id in after.volunteer_by_id else before).volunteer(id)))
            notices.append(ChangeNotice(volunteer=id, name=name, changes=tuple(label for _, label in changes)))
    return tuple(sorted(notices, key=lambda notice: (notice.name.en, notice.volunteer)))


def notices_table(notices: tuple[ChangeNotice, ...], language: Language = "en") -> Table:
    """Return notices as a table with a row for each change.

    Raises:
        InputError: these are no notices, or the language is neither "en" nor "zh".
    """
    _fields.require(notices=(notices, _fields.tuple_of(_fields.is_a(ChangeNotice, "a ChangeNotice"))))
    rows = ((notice.name.text(language), change.text(language)) for notice in notices for change in notice.changes)
    return Table(title=_NOTICES.text(language), columns=tuple(each.text(language) for each in _COLUMNS), rows=rows)


def _changes(
    id: str, before: RosterProblem, earlier: Roster, after: RosterProblem, later: Roster
) -> Iterator[tuple[int, Label]]:
    """Yield when each duty that is another begins, and the sentence about it."""
    old, new = ({each.shift: each for each in roster.of_volunteer(id)} for roster in (earlier, later))
    for shift in old.keys() - new.keys():
        yield _start(before, shift), _gone(before, after, old[shift])
    for shift in new.keys() - old.keys():
        yield _start(after, shift), _NEW.filled(_role(after, new[shift]), _name(after, shift))
    for shift in old.keys() & new.keys():
        if _where(before, shift) != _where(after, shift):
            yield _start(after, shift), _MOVED.filled(_name(after, shift), _name(before, shift))
        if old[shift].role != new[shift].role:
            roles = _role(after, new[shift]), _role(before, old[shift])
            yield _start(after, shift), _ROLE.filled(_name(after, shift), *roles)


def _gone(before: RosterProblem, after: RosterProblem, duty: Assignment) -> Label:
    name = _name(before, duty.shift)
    return _GONE.filled(_role(before, duty), name) if duty.shift in after.shift_by_id else _CANCELLED.filled(name)


def _where(problem: RosterProblem, shift: str) -> tuple[int, int, str, str | None]:
    """Return when a shift begins and ends, whatever the zone, and ids of its position and unit."""
    found = problem.shift(shift)
    return found.span.start_minute, found.span.end_minute, found.position, found.unit


def _start(problem: RosterProblem, shift: str) -> int:
    return problem.shift(shift).span.start_minute


def _name(problem: RosterProblem, shift: str) -> Label:
    return problem.shift_name(problem.shift(shift))


def _role(problem: RosterProblem, duty: Assignment) -> Label:
    return problem.shift(duty.shift).line(duty.role).label
