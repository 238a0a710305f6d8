"""Cover: how many places a roster fills, and why those that are left stand open."""

from collections.abc import Iterable, Sequence

from civicvol import _fields
from civicvol.duties import Shift
from civicvol.labels import Label, Language
from civicvol.reports import wording
from civicvol.rostering import Gap, Roster, RosterProblem
from civicvol.table import Table

_COLUMNS = (
    Label("position", "岗位"),
    Label("shifts", "班次"),
    Label("under minimum", "未达最少班次"),
    Label("minimum filled", "最少名额已补"),
    Label("minimum places", "最少名额"),
    Label("desired filled", "期望名额已补"),
    Label("desired places", "期望名额"),
    Label("people", "人数"),
)
_TITLE = Label("Cover", "到岗情况")
_ALL = Label("all", "合计")
_NOTE = Label(
    "A place is one person on one role of one shift. Minimum places are those without which a role is short; minimum "
    "filled are those of them that somebody has, so one person too many elsewhere makes up for nobody. Desired counts "
    "the same up to the desired number. Under minimum are the shifts with at least one role short. People are the "
    "different people on duty, so one person on two positions counts once in all.",
    "一个名额指一个班次的一个角色上的一人。最少名额是缺了便不足的名额；最少名额已补是其中已有人的，别处多出的人不抵此处的缺。"
    "期望名额同理，按期望人数计。未达最少班次指至少有一个角色不足的班次。人数为不同的人，一人任两岗在合计中只计一次。",
)
_GAP_COLUMNS = (
    Label("day", "日期"),
    Label("time", "时间"),
    Label("position", "岗位"),
    Label("place", "地点"),
    Label("role", "角色"),
    Label("short of minimum", "距最少缺"),
    Label("short of desired", "距期望缺"),
    Label("why", "原因"),
)
_GAP_TITLE = Label("Open places", "空缺名额")
_GAP_NOTE = Label(
    "Both shortages count people. Every volunteer not yet on the shift is counted once, under the first reason that "
    "keeps them from it, or as somebody who could come.",
    "两项缺额均按人数计。尚未排入该班次的每位志愿者只计一次：计入使其不能来的第一个原因，或计为可以来。",
)


def cover(problem: RosterProblem, roster: Roster, *, language: Language = "en") -> Table:
    """Return how many places a roster fills, for each position and in all.

    Places, shifts and people are three different units; the note defines every figure.

    Args:
        problem: the problem.
        roster: a roster of it.
        language: of the headings, names and note.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    wording.require_arguments(problem, roster, language)
    rows: list[tuple[str | int, ...]] = []
    for position in problem.positions:
        shifts = [shift for shift in problem.shifts if shift.position == position.id]
        if shifts:
            rows.append((position.label.text(language), *_figures(shifts, roster)))
    rows.append((_ALL.text(language), *_figures(problem.shifts, roster)))
    return Table(
        title=_TITLE.text(language), columns=wording.texts(_COLUMNS, language), rows=rows, note=_NOTE.text(language)
    )


def _figures(shifts: Sequence[Shift], roster: Roster) -> tuple[int, ...]:
    lines = [
        (shift.id, line, sum(each.role == line.role for each in roster.of_shift(shift.id)))
        for shift in shifts
        for line in shift.cover
    ]
    return (
        len(shifts),
        len({shift for shift, line, filled in lines if filled < line.minimum}),
        sum(min(filled, line.minimum) for _, line, filled in lines),
        sum(line.minimum for _, line, _ in lines),
        sum(min(filled, line.desired) for _, line, filled in lines),
        sum(line.desired for _, line, _ in lines),
        len({each.volunteer for shift in shifts for each in roster.of_shift(shift.id)}),
    )


def cover_gaps(problem: RosterProblem, gaps: Iterable[Gap], *, language: Language = "en") -> Table:
    """Return one row for each role line with fewer people than it wants, with the reasons.

    Args:
        problem: the problem.
        gaps: what `why_unfilled` returned for a roster of it.
        language: of the headings, names, reasons and note.

    Raises:
        InputError: an argument is wrong, or a gap names a shift that the problem does not know.
    """
    given = _fields.as_tuple(gaps)
    _fields.require(
        problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")),
        gaps=(given, _fields.tuple_of(_fields.is_a(Gap, "a Gap"))),
        language=(language, wording.known_language),
    )
    rows = []
    for gap in given:
        shift = problem.shift(gap.shift)
        rows.append(
            (
                wording.day_text(problem.day_of(shift.span), language),
                wording.time_text(problem, shift, language),
                wording.position_text(problem, shift, language),
                wording.place_text(problem, shift, language),
                wording.role_text(shift, gap.role, language),
                gap.missing,
                gap.wanted,
                gap.why(language),
            )
        )
    return Table(
        title=_GAP_TITLE.text(language),
        columns=wording.texts(_GAP_COLUMNS, language),
        rows=rows,
        note=_GAP_NOTE.text(language),
    )
