"""CSV: volunteers and shifts from a spreadsheet, and a roster into one.

The first line has the headings, in English or Chinese and in any order; columns that are not needed may be missing, and
an empty cell stands for the default. Cells are separated by commas, semicolons or tabs, whichever the headings have
most of, and quoted where they have one themselves. Lists within a cell have a semicolon or 、 between their members.
People::

    id,name,birth_date,home,skills,pattern,leave,limits
    v1,李梅,1985-02-11,grid-2,sampling level 2 certified until 2026-12-31; registration,weekly MO-FR 09:00-18:00,,
    v2,王强,,,,做一休一 自2026-03-01,2026-03-08/2026-03-10,1 shift per day; 每周12小时

==================  ==========  ========================================================================================
id                  编号        needed
name                姓名
birth_date          出生日期    2001-05-20
home                居住单元    id of a unit
serves              服务范围    ids of units
skills              技能        ids, each with `level 2` (2级), how assessed (`certified`, 持证), from (自), until (至)
pattern             工作制      `free` (自由职业), `weekly MO-FR 09:00-18:00 commute 30` (做五休二),
                                `rotation 1/1 from 2026-03-01 08:00-08:00` (做一休一 自2026-03-01),
                                `staggered TU,WE` (错峰休息 周二,周三), `staggered MO,TU/TH,FR from 2026-03-02`
leave               请假        `2026-03-05`, `2026-03-05/2026-03-08` or `2026-03-05 18:00-21:00`
preferences         意向岗位    ids of positions, the best first
partners            搭档        ids of volunteers
goals               目标        `2 shifts per month`, `每周4小时`
limits              上限        `2 shifts per day`, `12 hours per week`, `每周12小时`
affiliations        所属        plain tags
guardian_consent    监护人同意  yes or no (是, 否)
==================  ==========  ========================================================================================

Shifts have a line for each role; lines of one shift repeat its id, and agree on the rest or leave it empty::

    编号,岗位,日期,开始,结束,地点,角色,技能,最少,期望
    gate-1,screening,2026-03-01,18:30,21:00,gate,sampler,sampling,1,2
    gate-1,,,,,,helper,,2,3

==========  ========  ==================================================================================================
id          编号      needed
position    岗位      needed: id of a position
date        日期      needed
start       开始      needed: wall clock
end         结束      needed; not after the start means the next day
unit        地点      id of a unit
attendance  到场人数  how many people are expected to come
role        角色      helper where empty
skills      技能      what each person must have, such as `sampling level 2; registration`
any_of      任一技能  of which each person must have one
minimum     最少      1 where empty
desired     期望      the minimum where empty
maximum     最多      the desired number where empty
importance  重要性    1 where empty
==========  ========  ==================================================================================================

What a table cannot say (other patterns, offered hours, preferred times) travels as JSON.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from operator import attrgetter
from typing import TypeVar
from zoneinfo import ZoneInfo

from civicvol import _fields
from civicvol.calendar import TimeSpan
from civicvol.duties import CoverRequirement, Shift
from civicvol.errors import Fault, InputError
from civicvol.io import _cells
from civicvol.io._pattern_cell import pattern
from civicvol.io._rows import Column, Row, rows_of
from civicvol.labels import Label, Language
from civicvol.people import Availability, Volunteer
from civicvol.reports import wording
from civicvol.rostering import Roster, RosterProblem

T = TypeVar("T")


def volunteers_from_csv(text: str | Iterable[str], *, zone: ZoneInfo | str) -> tuple[Volunteer, ...]:
    r"""Return the volunteers of a table.

    Args:
        text: the table: a text, or an open text file; a byte order mark does no harm.
        zone: the zone of the hours in it, or its name.

    Raises:
        InputError: anything in it is wrong; each fault has the column as field, the row's id, the cell and the line.

    >>> volunteers_from_csv("编号,姓名,出生日期\nv1,李梅,1985-02-11\n", zone="Asia/Shanghai")[0].birth_date
    datetime.date(1985, 2, 11)
    """
    known = _zone(zone)
    columns = (
        Column("id", "编号", _cells.name, required=True),
        Column("name", "姓名"),
        Column("birth_date", "出生日期", _cells.day),
        Column("home", "居住单元", _cells.name),
        Column("serves", "服务范围", _cells.members),
        Column("skills", "技能", _cells.qualifications),
        Column("pattern", "工作制", pattern),
        Column("leave", "请假", _cells.leave(known)),
        Column("preferences", "意向岗位", _cells.members),
        Column("partners", "搭档", _cells.members),
        Column("goals", "目标", _cells.limits),
        Column("limits", "上限", _cells.limits),
        Column("affiliations", "所属", _cells.members),
        Column("guardian_consent", "监护人同意", _cells.flag),
    )
    rows, faults = rows_of(text, columns)
    volunteers = []
    lines: dict[str, int] = {}
    for row in rows:
        found = row.read(columns, faults)
        before = lines.setdefault(row.id or "", row.line)
        if row.id and before != row.line:
            faults.append(row.fault("id", f"must be unique, and is in line {before}"))
        skills = {"qualifications": found.pop("skills")} if "skills" in found else {}
        hours = {name: found.pop(name) for name in ("pattern", "leave") if name in found}
        try:
            # A row without an id has its fault already, and is looked at all the same.
            fields = {"id": "?", **found, **skills, "availability": Availability(**hours)}
            volunteers.append(Volunteer(**fields))
        except InputError as error:
            faults += row.faults_of(error, {"qualifications": "skills"})
    return _complete(volunteers, faults)


def shifts_from_csv(text: str | Iterable[str], *, zone: ZoneInfo | str) -> tuple[Shift, ...]:
    r"""Return the shifts of a table, in the order in which each is first named.

    Args:
        text: the table: a text, or an open text file.
        zone: the zone of the hours in it, or its name.

    Raises:
        InputError: anything in it is wrong; each fault has the column as field, the row's id, the cell and the line.

    >>> table = "id,position,date,start,end\nbins-1,bins,2026-03-01,19:00,20:30\n"
    >>> print(shifts_from_csv(table, zone="Asia/Shanghai")[0].span)
    Sun 1 Mar 2026 19:00–20:30
    """
    known = _zone(zone)
    rows, faults = rows_of(text, (*_SHIFT_COLUMNS, *_LINE_COLUMNS))
    groups: dict[str, list[Row]] = {}
    for row in rows:
        # A row without an id stands alone, and has its fault when it is read.
        groups.setdefault(row.id or f"\n{row.line}", []).append(row)
    shifts = []
    for group in groups.values():
        first = group[0]
        found = first.read(_SHIFT_COLUMNS, faults)
        cover: dict[str, CoverRequirement] = {}
        for row in group:
            faults += _disagreements(row, first)
            line = _line(row, faults)
            if line is not None and cover.setdefault(line.role, line) is not line:
                faults.append(row.fault("role", "must be there once for a shift"))
        try:
            if found.keys() >= {"id", "position", "date", "start", "end"} and cover:
                span = TimeSpan.on(found.pop("date"), found.pop("start"), found.pop("end"), known)
                shifts.append(Shift(**found, span=span, cover=cover.values()))
        except InputError as error:
            faults += first.faults_of(error, {"day": "date"})
    return _complete(shifts, faults)


def roster_to_csv(problem: RosterProblem, roster: Roster, *, language: Language = "en") -> str:
    """Return a roster as a table with one line for each assignment, in order of time.

    It is made to be opened in a spreadsheet: a text that a spreadsheet would take for a formula (it begins with =, +,
    - or @) has an apostrophe before it, and line breaks within a text become spaces. JSON is the way to read a roster
    back. Write it as UTF-8; some spreadsheets want `encoding="utf-8-sig"`.

    Args:
        problem: the problem.
        roster: a roster of it.
        language: of the headings and names.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    wording.require_arguments(problem, roster, language)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(wording.texts(_ROSTER_COLUMNS, language))
    zone = problem.horizon.zone
    for shift in wording.shifts_by_day(problem):
        start, end = (f"{each.astimezone(zone):%Y-%m-%d %H:%M}" for each in (shift.span.start, shift.span.end))
        what = wording.position_text(problem, shift, language), wording.place_text(problem, shift, language)
        for held in sorted(roster.of_shift(shift.id), key=attrgetter("role", "volunteer")):
            person = held.volunteer, str(problem.volunteer(held.volunteer))
            cells = (
                problem.day_of(shift.span),
                start,
                end,
                *what,
                wording.role_text(shift, held.role, language),
                *person,
                shift.minutes,
            )
            writer.writerow([_no_formula(str(cell)) for cell in cells])
    return text.getvalue()


_SHIFT_COLUMNS = (
    Column("id", "编号", _cells.name, required=True),
    Column("position", "岗位", _cells.name, required=True),
    Column("date", "日期", _cells.day, required=True),
    Column("start", "开始", _cells.clock, required=True),
    Column("end", "结束", _cells.clock, required=True),
    Column("unit", "地点", _cells.name),
    Column("attendance", "到场人数", _cells.whole),
)
_LINE_COLUMNS = (
    Column("role", "角色", _cells.name),
    Column("skills", "技能", _cells.needs),
    Column("any_of", "任一技能", _cells.needs),
    Column("minimum", "最少", _cells.whole),
    Column("desired", "期望", _cells.whole),
    Column("maximum", "最多", _cells.whole),
    Column("importance", "重要性", _cells.number),
)
_ROSTER_COLUMNS = (
    *(
        Label("day", "日期"),
        Label("start", "开始"),
        Label("end", "结束"),
        Label("position", "岗位"),
        Label("place", "地点"),
    ),
    *(Label("role", "角色"), Label("volunteer", "编号"), Label("name", "姓名"), Label("minutes", "分钟")),
)


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def _zone(zone: ZoneInfo | str) -> ZoneInfo:
    found = _fields.as_zone(zone)
    _fields.require(zone=(found, _fields.zone))
    return found


def _line(row: Row, faults: list[Fault]) -> CoverRequirement | None:
    before = len(faults)
    found = row.read(_LINE_COLUMNS, faults)
    skills = {"all_of": found.pop("skills")} if "skills" in found else {}
    try:
        return CoverRequirement(**found, **skills) if len(faults) == before else None
    except InputError as error:
        faults += row.faults_of(error, {"all_of": "skills"})
        return None


def _disagreements(row: Row, first: Row) -> Iterator[Fault]:
    """Yield where a line of a shift says something else than the first one."""
    for column in _SHIFT_COLUMNS:
        cell = row.cells.get(column.name)
        if cell and cell != first.cells[column.name]:
            yield row.fault(column.name, f"must be as in line {first.line}, or empty")


def _complete(values: Iterable[T], faults: list[Fault]) -> tuple[T, ...]:
    if faults:
        raise InputError(faults)
    return tuple(values)


def _no_formula(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_FORMULA) else line
