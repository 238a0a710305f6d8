"""What people see of a roster that is published: each their own duties, everybody the shifts with open places."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from textwrap import indent

import attrs

from civicvol import _fields
from civicvol.calendar._checks import instant
from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.desk.book import RosterBook
from civicvol.desk.details import ShiftDetails
from civicvol.desk.pieces import details_by_shift, origins
from civicvol.desk.state import DeskState, Phase
from civicvol.desk.view import View, listed, phrase, texts
from civicvol.duties.shift import Shift
from civicvol.labels import Label, Language
from civicvol.rostering.problem import RosterProblem
from civicvol.table import Table

_WHEN, _POSITION, _PLACE = Label("when", "时间"), Label("position", "岗位"), Label("place", "地点")
_ROLE, _DETAILS = Label("role", "角色"), Label("details", "说明")
_PERSONAL = (
    *(_WHEN, _POSITION, _PLACE, _ROLE),
    *(Label("with", "同班"), _DETAILS, Label("for those on duty only", "仅限当班人员")),
)
_PUBLIC = (_WHEN, _POSITION, _PLACE, _ROLE, Label("open places", "空缺"), _DETAILS)
_DUTIES_OF, _SHIFTS = Label("Duties of {}", "{}的值班"), Label("Shifts", "班次")
_LINE = Label("- {}: {}", "- {}：{}")
_AS, _WITH = Label("as {}", "担任{}"), Label("with {}", "同班：{}")
_PRIVATE = Label("for those on duty only: {}", "仅限当班人员：{}")
_OPEN, _FULL = Label("open: {}", "空缺：{}"), Label("all places are filled", "已满员")
_PLACES = Label("{} {}", "{}{}人")
_NONE, _NOTHING = Label("- no duties", "- 没有值班"), Label("")
_VERSION = Label("As published, version {}.", "以已发布的第{}版为准。")
_DRAFT = Label("The roster is not published yet.", "班表尚未发布。")
_COUNTED = Label(
    "Open places are those still free, up to the number of people wanted.", "空缺按期望人数减去已到位人数计。"
)

_NOTE = Label("{} {}", "{}{}")


@attrs.frozen(kw_only=True)
class ShiftLine:
    """A shift as everybody may see it.

    Args:
        id: of the shift.
        span: when it is.
        position: the name of its position.
        place: the name of the unit it takes place in; empty where place does not matter.
        public: what everybody may read about it.
    """

    id: str
    span: TimeSpan
    position: Label
    place: Label
    public: Label


@attrs.frozen(kw_only=True)
class DutyLine:
    """A duty as the person who has it sees it.

    Args:
        shift: the shift.
        role: the name of their role.
        colleagues: the names of the others on the shift; where an exchange has parted it, of those there meanwhile.
        private: what only those on the shift may read.
    """

    shift: ShiftLine
    role: Label
    colleagues: tuple[Label, ...]
    private: Label


@attrs.frozen(kw_only=True)
class OpenLine:
    """A role of a shift with its open places.

    Args:
        shift: the shift.
        role: the name of the role.
        open: how many places are still free, up to the number of people wanted.
    """

    shift: ShiftLine
    role: Label
    open: int


@attrs.frozen(kw_only=True)
class PersonalView(View):
    """What one person sees of a roster.

    Args:
        volunteer: id of the person.
        name: what people call them.
        version: the version they look at; 0 while nothing is published.
        duties: their own, in order of time.
    """

    volunteer: str
    name: Label
    version: int
    duties: tuple[DutyLine, ...]

    def _text(self, language: Language) -> str:
        lines = [_DUTIES_OF.filled(self.name).text(language), _status(self.version).text(language)]
        for duty in self.duties:
            colleagues, private = listed(duty.colleagues, language), duty.private.text(language)
            lines += [
                _shift_text(duty.shift, language, _AS.filled(duty.role)),
                _under(colleagues and _WITH.text(language).format(colleagues)),
                _under(duty.shift.public.text(language)),
                _under(private and _PRIVATE.text(language).format(private)),
            ]
        if self.version and not self.duties:
            lines.append(_NONE.text(language))
        return "\n".join(filter(None, lines))

    def _table(self, language: Language) -> Table:
        rows = (
            (
                *texts((duty.shift.span.label, duty.shift.position, duty.shift.place, duty.role), language),
                listed(duty.colleagues, language),
                *texts((duty.shift.public, duty.private), language),
            )
            for duty in self.duties
        )
        return Table(
            title=_DUTIES_OF.filled(self.name).text(language),
            columns=texts(_PERSONAL, language),
            rows=rows,
            note=_status(self.version).text(language),
        )


@attrs.frozen(kw_only=True)
class PublicView(View):
    """What everybody sees of a roster; it names nobody.

    Args:
        version: the version they look at; 0 while nothing is published.
        places: the places of each role of each shift, in order of time.
    """

    version: int
    places: tuple[OpenLine, ...]

    def _text(self, language: Language) -> str:
        lines = [_SHIFTS.text(language), _status(self.version).text(language)]
        for shift, of_shift in groupby(self.places, key=attrgetter("shift")):
            places = listed((_PLACES.filled(each.role, each.open) for each in of_shift if each.open), language)
            lines += [
                _shift_text(shift, language),
                _under(_OPEN.text(language).format(places) if places else _FULL.text(language)),
                _under(shift.public.text(language)),
            ]
        return "\n".join(filter(None, lines))

    def _table(self, language: Language) -> Table:
        rows = (
            (
                *texts((each.shift.span.label, each.shift.position, each.shift.place, each.role), language),
                each.open,
                each.shift.public.text(language),
            )
            for each in self.places
        )
        return Table(
            title=_SHIFTS.text(language),
            columns=texts(_PUBLIC, language),
            rows=rows,
            note=_NOTE.filled(_status(self.version), _COUNTED).text(language),
        )


def personal_view(
    book: RosterBook, volunteer: str, language: Language = "en", *, at: datetime | None = None
) -> PersonalView:
    """Return what one person sees of a roster as it is published; of a draft they see nothing.

    Args:
        book: the roster.
        volunteer: id of the person.
        language: in which it is said where no other is asked for.
        at: the moment they look at it, by which some duties are over and left out; None leaves out none.

    Raises:
        InputError: an argument is wrong, or the person is not known.
    """
    state = _state(book, at)
    problem = state.problem
    name = Label(str(problem.volunteer(volunteer)))
    duties = () if state.phase is Phase.DRAFT else state.roster.of_volunteer(volunteer)
    role_of = {duty.shift: duty.role for duty in duties}
    details = details_by_shift(state.problem, state.details)
    beside = _beside(state)
    lines = tuple(
        DutyLine(
            shift=shift,
            role=problem.shift(shift.id).line(role_of[shift.id]).label,
            colleagues=tuple(Label(each) for each in sorted(beside(volunteer, shift.id))),
            private=details[shift.id].private if shift.id in details else _NOTHING,
        )
        for shift in _lines(problem, details, role_of, at)
    )
    return PersonalView(language=language, volunteer=volunteer, name=name, version=state.version, duties=lines)


def public_view(book: RosterBook, language: Language = "en", *, at: datetime | None = None) -> PublicView:
    """Return what everybody sees of a roster as it is published: the shifts and how many places are open.

    A role that asks for nobody is left out, and so is a shift that has no other.

    Args:
        book: the roster.
        language: in which it is said where no other is asked for.
        at: the moment they look at it, by which some shifts are over and left out; None leaves out none.

    Raises:
        InputError: an argument is wrong.
    """
    state = _state(book, at)
    problem, roster = state.problem, state.roster
    details = details_by_shift(state.problem, state.details)
    shown = () if state.phase is Phase.DRAFT else problem.shift_by_id
    places = []
    for shift in _lines(problem, details, shown, at):
        filled = Counter(each.role for each in roster.of_shift(shift.id))
        places += [
            OpenLine(shift=shift, role=line.label, open=max(0, line.desired - filled[line.role]))
            for line in problem.shift(shift.id).cover
            if line.maximum
        ]
    return PublicView(language=language, version=state.version, places=tuple(places))


def _state(book: RosterBook, at: datetime | None) -> DeskState:
    _fields.require(
        book=(book, _fields.is_a(RosterBook, "a RosterBook")),
        at=(at, _fields.optional(instant)),
    )
    return book.state


def _lines(
    problem: RosterProblem, details: Mapping[str, ShiftDetails], shifts: Iterable[str], at: datetime | None
) -> list[ShiftLine]:
    """Return shifts, given by id, as everybody may see them, those that are not over, in order of time."""
    lines = []
    for shift in map(problem.shift, shifts):
        if at is None or minute_of(at) < shift.span.end_minute:
            line = ShiftLine(
                id=shift.id,
                span=shift.span,
                position=problem.position(shift.position).label,
                place=_NOTHING if shift.unit is None else problem.units.unit(shift.unit).label,
                public=details[shift.id].public if shift.id in details else _NOTHING,
            )
            lines.append(line)
    return sorted(lines, key=lambda line: (line.span, line.id))


def _beside(state: DeskState) -> Callable[[str, str], list[str]]:
    """Return a function that names whom a volunteer meets on a shift, both given by id."""
    problem, origin = state.problem, origins(state.problem)
    of_whole: defaultdict[str, list[Shift]] = defaultdict(list)
    for shift in problem.shifts:
        of_whole[origin.get(shift.id, shift.id)].append(shift)

    def beside(volunteer: str, shift: str) -> list[str]:
        span = problem.shift(shift).span
        there = (each for each in of_whole[origin.get(shift, shift)] if each.span.overlaps(span))
        people = {duty.volunteer for each in there for duty in state.roster.of_shift(each.id)}
        return [str(problem.volunteer(id)) for id in people - {volunteer}]

    return beside


def _status(version: int) -> Label:
    return _VERSION.filled(version) if version else _DRAFT


def _shift_text(shift: ShiftLine, language: Language, *more: Label) -> str:
    what = phrase((shift.position, shift.place, *more), language)
    return _LINE.text(language).format(shift.span.text(language), what)


def _under(text: str) -> str:
    return indent(text, "  ")
