import csv
from datetime import date, time
from io import BytesIO, StringIO, TextIOWrapper
from itertools import takewhile

import attrs
import pytest

import civicvol.io.csv
from civicvol import (
    Assignment,
    Availability,
    CoverRequirement,
    Free,
    InputError,
    Limit,
    Qualification,
    Roster,
    Rotation,
    Shift,
    SkillNeed,
    StaggeredRest,
    TimeSpan,
    Volunteer,
    Weekly,
    WorkHours,
)
from civicvol.calendar import Period
from civicvol.io import roster_to_csv, shifts_from_csv, volunteers_from_csv
from civicvol.people import Assessment

ZONE = "Asia/Shanghai"


def span(day, start, end):
    return TimeSpan.on(date(2026, 3, day), time.fromisoformat(start), time.fromisoformat(end), ZONE)


def volunteer_with(column, cell):
    quoted = cell.replace('"', '""')
    (volunteer,) = volunteers_from_csv(f'id,{column}\nv1,"{quoted}"\n', zone=ZONE)
    return volunteer


def faults_of(read, text):
    with pytest.raises(InputError) as caught:
        read(text, zone=ZONE)
    return caught.value.faults


def messages_of(read, text):
    return list(map(str, faults_of(read, text)))


class TestVolunteers:
    def test_are_read_line_by_line(self):
        table = (
            "id,name,birth_date,home,serves,preferences,affiliations,guardian_consent\n"
            "v1,李梅,2010-02-11,grid-2,grid-3;grid-4,gate; bins,school、band,yes\n"
            "\n"
            ",,,,,,,\n"
            '"v2","O""Neill, Ann"," 1985-12-31 ",,,,,\n'
        )
        assert volunteers_from_csv(table, zone=ZONE) == (
            Volunteer(
                id="v1",
                name="李梅",
                birth_date=date(2010, 2, 11),
                home="grid-2",
                serves={"grid-3", "grid-4"},
                preferences=["gate", "bins"],
                affiliations={"school", "band"},
                guardian_consent=True,
            ),
            Volunteer(id="v2", name='O"Neill, Ann', birth_date=date(1985, 12, 31)),
        )

    def test_say_with_whom_and_how_often_they_like_to_serve(self):
        table = "id,partners,目标\nv1,v2; v3,2 shifts per month; 每周4小时\n"
        goals = [Limit(per=Period.MONTH, shifts=2), Limit(per=Period.WEEK, minutes=240)]
        assert volunteers_from_csv(table, zone=ZONE) == (Volunteer(id="v1", partners={"v2", "v3"}, goals=goals),)

    def test_have_chinese_headings_too(self):
        table = "姓名,编号,技能,工作制,请假,上限,监护人同意\n李梅,v1,采样,自由职业,2026-03-01,每日1班,否\n"
        assert volunteers_from_csv(table, zone=ZONE) == (
            Volunteer(
                id="v1",
                name="李梅",
                qualifications=[Qualification(skill="采样")],
                availability=Availability(pattern=Free(), leave=[span(1, "00:00", "00:00")]),
                limits=[Limit(per=Period.DAY, shifts=1)],
            ),
        )

    @pytest.mark.parametrize(
        "table",
        [
            "id,name\nv1,Ann\n",
            "\ufeffid,name\nv1,Ann",
            "ID;Name\r\nv1;Ann\r\n",
            "id\tname\nv1\tAnn\n",
            "\n\nid , name\n v1 , Ann \n",
            '"id","name"\r"v1","Ann"\r',
            ["id,name", "v1,Ann"],
            ["id,name\r\n", "v1,Ann\r\n"],
            StringIO("id,name\nv1,Ann\n"),
        ],
    )
    def test_come_from_any_spreadsheet(self, table):
        assert volunteers_from_csv(table, zone=ZONE) == (Volunteer(id="v1", name="Ann"),)

    def test_may_be_none(self):
        assert volunteers_from_csv("id,name\n", zone=ZONE) == ()

    def test_take_the_zone_for_their_leave(self):
        (volunteer,) = volunteers_from_csv("id,leave\nv1,2026-03-29\n", zone="Europe/Berlin")
        assert volunteer.availability.leave[0].minutes == 23 * 60

    def test_report_everything_at_once(self):
        table = (
            "id,name,birth_date,pattern,limits,home\n"
            "v1,Ann,yesterday,sometimes,many,grid 2\n"
            "v1,Bob,2001-02-29,,0 hours per week,\n"
            "v3,Cid,,,,\t\n"
            ",Dan,2001-01-01,,,\n"
            "v5,Eve\n"
            '"v6",' + "x" * 10_001 + ",,,,\n"
        )
        found = [
            (fault.field, fault.id, fault.message.rpartition(" (")[2])
            for fault in faults_of(volunteers_from_csv, table)
        ]
        assert found == [
            ("line", None, "line 6)"),
            ("birth_date", "v1", "line 2)"),
            ("pattern", "v1", "line 2)"),
            ("limits", "v1", "line 2)"),
            ("birth_date", "v1", "line 3)"),
            ("id", None, "line 3)"),
            ("id", None, "line 5)"),
            ("name", "v6", "line 7)"),
        ]

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("a\x07b,,", "id must have no spaces around it and no control characters (line 2), not 'a\\x07b'"),
            ("v1,gate;gate,", "preferences of 'v1' has 'gate' twice (line 2), not 'gate;gate'"),
            (
                "v1,,maybe",
                "guardian_consent of 'v1' must be one of yes, true, 1, 是, no, false, 0, 否 (line 2), not 'maybe'",
            ),
        ],
    )
    def test_say_what_a_cell_must_be(self, row, message):
        assert messages_of(volunteers_from_csv, f"id,preferences,guardian_consent\n{row}\n") == [message]

    def test_count_lines_as_an_editor_does(self):
        table = 'id,name\nv1,"two\nlines"\n\nv2,x\nv2,y\n'
        assert messages_of(volunteers_from_csv, table) == ["id must be unique, and is in line 5 (line 6), not 'v2'"]


class TestSkillCells:
    @pytest.mark.parametrize(
        ("cell", "skills"),
        [
            ("sampling", [Qualification(skill="sampling")]),
            ("first aid", [Qualification(skill="first aid")]),
            ("sampling level 2", [Qualification(skill="sampling", level=2)]),
            ("采样2级", [Qualification(skill="采样", level=2)]),
            ("采样 持证", [Qualification(skill="采样", assessed=Assessment.CERTIFIED)]),
            ("sampling until 2026-12-31", [Qualification(skill="sampling", valid_until=date(2026, 12, 31))]),
            (
                "sampling level 5 theory from 2026-01-01 until 2026-12-31；引导 自2026-03-01 至2026-04-01",
                [
                    Qualification(
                        skill="sampling",
                        level=5,
                        assessed=Assessment.THEORY,
                        valid_from=date(2026, 1, 1),
                        valid_until=date(2026, 12, 31),
                    ),
                    Qualification(skill="引导", valid_from=date(2026, 3, 1), valid_until=date(2026, 4, 1)),
                ],
            ),
        ],
    )
    def test_say_level_assessment_and_validity(self, cell, skills):
        assert volunteer_with("skills", cell).qualifications == tuple(skills)

    @pytest.mark.parametrize(
        "cell",
        [
            "sampling level 6",
            "sampling level 0",
            "sampling level two",
            "sampling until 31.12.2026",
            "sampling until 2026-02-30",
            "sampling from 2026-03-02 until 2026-03-01",
            "sampling 至 明天",
        ],
    )
    def test_are_refused_otherwise(self, cell):
        (fault,) = faults_of(volunteers_from_csv, f"id,skills\nv1,{cell}\n")
        assert (fault.field, fault.id, fault.value) == ("skills", "v1", cell)


class TestPatternCells:
    @pytest.mark.parametrize(
        ("cell", "pattern"),
        [
            ("free", Free()),
            ("自由职业", Free()),
            ("weekly", Weekly()),
            ("做五休二", Weekly()),
            ("Weekly MO-FR 09:00-18:00 commute 30", Weekly(commute=30)),
            ("weekly MO,WE,SA-SU", Weekly(days={"MO", "WE", "SA", "SU"})),
            ("weekly SA-MO", Weekly(days={"SA", "SU", "MO"})),
            (
                "做五休二 9:00-12:00 14:00-18:00 通勤30",
                Weekly(hours=[WorkHours(time(9), time(12)), WorkHours(time(14), time(18))], commute=30),
            ),
            ("rotation 2/1 from 2026-03-01", Rotation(on=2, off=1, anchor=date(2026, 3, 1))),
            (
                "rotation 1/1 from 2026-03-01 20:00-08:00",
                Rotation(anchor=date(2026, 3, 1), hours=[WorkHours(time(20), time(8))]),
            ),
            ("做一休一 自2026-03-01", Rotation(anchor=date(2026, 3, 1))),
            ("做四休三 自 2026-03-01", Rotation(on=4, off=3, anchor=date(2026, 3, 1))),
            ("staggered TU,WE", StaggeredRest(rest_days=[{"TU", "WE"}])),
            ("错峰休息 周二,周三", StaggeredRest(rest_days=[{"TU", "WE"}])),
            (
                "staggered MO,TU/TH,FR from 2026-03-02",
                StaggeredRest(rest_days=[{"MO", "TU"}, {"TH", "FR"}], anchor=date(2026, 3, 2)),
            ),
        ],
    )
    def test_say_how_somebody_works(self, cell, pattern):
        assert volunteer_with("pattern", cell).availability.pattern == pattern

    @pytest.mark.parametrize(
        ("cell", "message"),
        [
            ("daily", "must be like 'free', 'weekly"),
            ("做九休一 自2026-03-01", "must be like 'free', 'weekly"),
            ("free MO", "must be like 'free' "),
            ("weekly from 2026-03-01", "must be like 'weekly"),
            ("weekly MO WE", "must be like 'weekly"),
            ("weekly commute", "must have weekdays"),
            ("weekly XX", "must have weekdays"),
            ("weekly MO-XX", "must have weekdays"),
            ("weekly 25:00-26:00", "must be a time of day"),
            ("weekly commute 9999", "Weekly.commute must be from 0 to 720"),
            ("rotation 1/1", "must be like 'rotation"),
            ("rotation from 2026-03-01", "must be like 'rotation"),
            ("做一休一", "must be like 'rotation"),
            ("rotation 0/1 from 2026-03-01", "Rotation.on must be from 1 to 366"),
            ("rotation 1/1 from 2026-02-30", "must be a date that exists"),
            ("staggered", "must be like 'staggered"),
            ("staggered MO/TU", "StaggeredRest.anchor must be a date when"),
        ],
    )
    def test_are_refused_otherwise(self, cell, message):
        (fault,) = faults_of(volunteers_from_csv, f"id,pattern\nv1,{cell}\n")
        assert (fault.field, fault.id, fault.value) == ("pattern", "v1", cell)
        assert message in fault.message


class TestLeaveCells:
    @pytest.mark.parametrize(
        ("cell", "leave"),
        [
            ("2026-03-05", [span(5, "00:00", "00:00")]),
            ("2026-03-05/2026-03-05", [span(5, "00:00", "00:00")]),
            ("2026-03-05至2026-03-07", [TimeSpan(span(5, "00:00", "01:00").start, span(7, "00:00", "00:00").end)]),
            ("2026-03-05 18:00-21:00; 2026-03-06 22:00-6:00", [span(5, "18:00", "21:00"), span(6, "22:00", "06:00")]),
        ],
    )
    def test_say_when_somebody_is_away(self, cell, leave):
        assert volunteer_with("leave", cell).availability.leave == tuple(leave)

    @pytest.mark.parametrize(
        "cell",
        ["March", "2026-03-05/2026-03-04", "2026-03-32", "2026-03-05 24:00-25:00", "1899-03-05", "2026-03-05 18:00"],
    )
    def test_are_refused_otherwise(self, cell):
        (fault,) = faults_of(volunteers_from_csv, f"id,leave\nv1,{cell}\n")
        assert (fault.field, fault.value) == ("leave", cell)


class TestLimitCells:
    @pytest.mark.parametrize(
        ("cell", "limits"),
        [
            ("1 shift per day", [Limit(per=Period.DAY, shifts=1)]),
            ("90 minutes a week", [Limit(per=Period.WEEK, minutes=90)]),
            ("12 hours per month; 6 shifts per month", [Limit(per=Period.MONTH, minutes=720, shifts=6)]),
            ("每周12小时；每日2班、全期", None),
            (
                "每周12小时；每日2班；每全期9次",
                [
                    Limit(per=Period.WEEK, minutes=720),
                    Limit(per=Period.DAY, shifts=2),
                    Limit(per=Period.HORIZON, shifts=9),
                ],
            ),
            ("2 hours per year", None),
            ("2 per day", None),
            ("-1 shifts per day", None),
            ("1 shift per day; 2 shifts per day", None),
            ("9999999 hours per day", None),
        ],
    )
    def test_say_how_much_somebody_wants(self, cell, limits):
        if limits is None:
            assert [fault.field for fault in faults_of(volunteers_from_csv, f"id,limits\nv1,{cell}\n")] == ["limits"]
        else:
            assert volunteer_with("limits", cell).limits == tuple(limits)


class TestShifts:
    def test_gather_their_role_lines(self):
        table = (
            "编号,岗位,日期,开始,结束,地点,角色,技能,任一技能,最少,期望,最多\n"
            "gate-1,gate,2026-03-01,18:30,21:00,grid-2,sampler,sampling level 2;registration,,1,2,3\n"
            "bins-1,bins,2026-03-01,19:00,20:30,,,,,,,\n"
            "gate-1,,,18:30,,,helper,,nurse、medic,0,,\n"
        )
        assert shifts_from_csv(table, zone=ZONE) == (
            Shift(
                id="gate-1",
                position="gate",
                span=span(1, "18:30", "21:00"),
                unit="grid-2",
                cover=[
                    CoverRequirement(
                        role="sampler",
                        all_of=[SkillNeed(skill="sampling", level=2), "registration"],
                        minimum=1,
                        desired=2,
                        maximum=3,
                    ),
                    CoverRequirement(role="helper", any_of=["nurse", "medic"], minimum=0),
                ],
            ),
            Shift(id="bins-1", position="bins", span=span(1, "19:00", "20:30")),
        )

    def test_say_who_comes_and_how_much_a_line_matters(self):
        table = (
            "id,position,date,start,end,attendance,role,重要性\n"
            "s,gate,2026-03-01,18:30,21:00,150,helper,2.5\n"
            "s,,,,,,lead,\n"
        )
        (shift,) = shifts_from_csv(table, zone=ZONE)
        assert shift.attendance == 150
        assert [line.importance for line in shift.cover] == [2.5, 1]

    @pytest.mark.parametrize("cell", ["0", "-1", "x", "1e3", ".5", "1.", "9999999"])
    def test_refuse_an_importance_that_is_none(self, cell):
        table = f"id,position,date,start,end,importance\ns,gate,2026-03-01,18:30,21:00,{cell}\n"
        assert [fault.field for fault in faults_of(shifts_from_csv, table)] == ["importance"]

    def test_run_past_midnight(self):
        table = "id,position,date,start,end\nwatch,night,2026-03-01,22:00,6:00\n"
        assert shifts_from_csv(table, zone=ZONE)[0].minutes == 480

    HEADINGS = "id,position,date,start,end,unit,role,minimum,desired,skills\n"

    @pytest.mark.parametrize(
        ("lines", "faults"),
        [
            ("s,gate,,,21:00,,,,,", [("date", "s"), ("start", "s")]),
            (
                ",gate,2026-03-01,18:00,21:00,,,,,\n,gate,2026-03-01,18:00,21:00,,,x,,",
                [("id", None), ("id", None), ("minimum", None)],
            ),
            ("s,gate,2026-03-01,18:00,21:00,,a,2,1,", [("desired", "s")]),
            ("s,gate,2026-03-01,18:00,21:00,,a,1.5,,", [("minimum", "s")]),
            ("s,gate,2026-03-01,18:00,21:00,,a,,999999,", [("desired", "s")]),
            ("s,gate,2026-03-01,18:00,21:00,,a,,,x;x", [("skills", "s")]),
            ("s,gate,2026-03-01,18:00,21:00,,a,,,x level 9", [("skills", "s")]),
            ("s,gate,1800-03-01,18:00,21:00,,a,,,", [("date", "s")]),
            (
                "s,gate,2026-03-01,18:00,21:00,,a,,,\ns,bins,2026-03-02,,,grid,a,,,",
                [("position", "s"), ("date", "s"), ("unit", "s"), ("role", "s")],
            ),
            ("s,gate,2026-03-01,18:00,21:00,,,,,\ns,,,,,,helper,,,", [("role", "s")]),
        ],
    )
    def test_report_what_is_wrong_by_column_and_id(self, lines, faults):
        found = faults_of(shifts_from_csv, self.HEADINGS + lines + "\n")
        assert [(fault.field, fault.id) for fault in found] == faults

    def test_need_time_between_their_ends(self):
        table = "id,position,date,start,end\ns,gate,2026-03-29,02:00,03:00\n"
        with pytest.raises(InputError) as caught:
            shifts_from_csv(table, zone="Europe/Berlin")
        (fault,) = caught.value.faults
        assert (fault.field, fault.id, fault.value) == ("end", "s", "03:00")

    def test_say_which_line_they_disagree_with(self):
        table = "id,position,date,start,end,role\ns,gate,2026-03-01,18:00,21:00,a\ns,,,19:00,,b\n"
        assert messages_of(shifts_from_csv, table) == [
            "start of 's' must be as in line 2, or empty (line 3), not '19:00'"
        ]


class TestTheExamples:
    """The tables in the documentation of the module, as they stand there."""

    def example(self, heading):
        lines = civicvol.io.csv.__doc__.splitlines()
        start = next(place for place, line in enumerate(lines) if line.strip().startswith(heading))
        return "\n".join(line.strip() for line in takewhile(bool, lines[start:]))

    def test_has_two_people(self):
        li, wang = volunteers_from_csv(self.example("id,name"), zone=ZONE)
        assert (li.name, len(li.qualifications), li.availability.pattern) == ("李梅", 2, Weekly())
        assert wang.availability.pattern == Rotation(anchor=date(2026, 3, 1))
        assert wang.limits == (Limit(per=Period.DAY, shifts=1), Limit(per=Period.WEEK, minutes=720))

    def test_has_a_shift_of_two_roles(self):
        (shift,) = shifts_from_csv(self.example("编号,岗位"), zone=ZONE)
        assert [(line.role, line.minimum, line.desired) for line in shift.cover] == [
            ("sampler", 1, 2),
            ("helper", 2, 3),
        ]

    @pytest.mark.parametrize(
        ("column", "cell"),
        [
            ("pattern", "staggered MO,TU/TH,FR from 2026-03-02"),
            ("leave", "2026-03-05 18:00-21:00"),
            ("limits", "2 shifts per day"),
            ("guardian_consent", "是"),
        ],
    )
    def test_has_cells_that_can_be_read(self, column, cell):
        assert cell in civicvol.io.csv.__doc__
        assert volunteer_with(column, cell) != Volunteer(id="v1")


class TestTables:
    @pytest.mark.parametrize(
        ("text", "messages"),
        [
            ("", ["text must have a line of headings, not ''"]),
            (" \n,,\n", ["text must have a line of headings, not ' \\n,,\\n'"]),
            ("name\nAnn\n", ["heading is missing: id (编号)"]),
            ("id,name,姓名\n", ["heading must be there once, not 'name'"]),
            ("id\nv1,extra\n", ["line must have 1 cells, like the headings (line 2), not ['v1', 'extra']"]),
            ('id\n"v1\nv2\n', ["text must be CSV: unexpected end of data (line 2)"]),
            ('id,name\nv1,"a"b\n', ["text must be CSV: ',' expected after '\"' (line 2)"]),
            ("id\nv1\nv\0\n", ["text must have no NUL characters (line 3)"]),
            (b"id\nv1\n", ["text must be text, or an open text file, not b'id\\nv1\\n'"]),
            (None, ["text must be text, or an open text file, not None"]),
            (3, ["text must be text, or an open text file, not 3"]),
            ([b"id"], ["text must be lines of text, not [b'id']"]),
            ([3], ["text must be lines of text, not [3]"]),
        ],
    )
    def test_must_be_csv_with_known_headings(self, text, messages):
        assert messages_of(volunteers_from_csv, text) == messages

    def test_name_every_heading_that_is_unknown(self):
        found = faults_of(volunteers_from_csv, "id,age,,name\n")
        assert [(fault.field, fault.value) for fault in found] == [("heading", "age"), ("heading", "")]

    def test_must_be_in_the_encoding_they_are_opened_with(self):
        file = TextIOWrapper(BytesIO("编号,姓名\nv1,李梅\n".encode("gb18030")), encoding="utf-8")
        (fault,) = faults_of(volunteers_from_csv, file)
        assert "must be in the encoding it was opened with" in fault.message

    @pytest.mark.parametrize("zone", ["Mars", None, 8])
    @pytest.mark.parametrize("read", [volunteers_from_csv, shifts_from_csv])
    def test_need_a_zone(self, read, zone):
        with pytest.raises(InputError, match="zone must be a time zone's name"):
            read("id\n", zone=zone)

    def test_may_have_very_long_cells_refused(self):
        (fault,) = faults_of(volunteers_from_csv, "id\n" + "x" * 200_000 + "\n")
        assert "field larger than field limit" in fault.message


class TestRosterToCsv:
    def test_has_a_line_for_each_assignment_in_order_of_time(self, problem):
        roster = Roster(
            [
                Assignment(volunteer="wang", shift="watch-1"),
                Assignment(volunteer="wang", shift="gate-1"),
                Assignment(volunteer="li", shift="gate-1", role="sampler"),
            ]
        )
        assert list(csv.reader(StringIO(roster_to_csv(problem, roster)))) == [
            ["day", "start", "end", "position", "place", "role", "volunteer", "name", "minutes"],
            [
                "2026-03-01",
                "2026-03-01 18:30",
                "2026-03-01 21:00",
                "Gate",
                "Grid 2",
                "helper",
                "wang",
                "<王 & 强>",
                "150",
            ],
            ["2026-03-01", "2026-03-01 18:30", "2026-03-01 21:00", "Gate", "Grid 2", "sampler", "li", "李梅", "150"],
            [
                "2026-03-01",
                "2026-03-01 22:00",
                "2026-03-02 02:00",
                "'=Night watch",
                "",
                "helper",
                "wang",
                "<王 & 强>",
                "240",
            ],
        ]

    def test_has_chinese_headings_and_names(self, problem):
        roster = Roster([Assignment(volunteer="li", shift="gate-1", role="sampler")])
        lines = roster_to_csv(problem, roster, language="zh").splitlines()
        assert lines[0] == "日期,开始,结束,岗位,地点,角色,编号,姓名,分钟"
        assert ",门岗,第2网格,sampler,li,李梅,150" in lines[1]

    @pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "＝1"])
    def test_runs_no_formula(self, problem, name):
        people = [attrs.evolve(problem.volunteers[0], name=name), *problem.volunteers[1:]]
        text = roster_to_csv(
            attrs.evolve(problem, volunteers=people), Roster([Assignment(volunteer="li", shift="watch-1")])
        )
        assert list(csv.reader(StringIO(text)))[1][7] == f"'{name}"

    @pytest.mark.parametrize(("name", "cell"), [("a\nb", "a b"), ("\r", ""), (" \t=1", "'=1"), ("a=1", "a=1")])
    def test_has_each_assignment_on_one_line(self, problem, name, cell):
        people = [attrs.evolve(problem.volunteers[0], name=name), *problem.volunteers[1:]]
        roster = Roster([Assignment(volunteer="li", shift="watch-1")])
        _, line = roster_to_csv(attrs.evolve(problem, volunteers=people), roster).splitlines()
        assert line.split(",")[7] == cell

    @pytest.mark.parametrize(
        ("arguments", "field"),
        [({"problem": None}, "problem"), ({"roster": None}, "roster"), ({"language": "fr"}, "language")],
    )
    def test_names_the_argument_that_is_wrong(self, problem, arguments, field):
        with pytest.raises(InputError) as caught:
            roster_to_csv(**{"problem": problem, "roster": Roster(), **arguments})
        assert [fault.field for fault in caught.value.faults] == [field]
