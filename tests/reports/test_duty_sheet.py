from datetime import date, datetime

import attrs
import pytest

from civicvol import Assignment, InputError, Roster
from civicvol.reports import duty_sheet, personal_sheet


class TestDutySheet:
    def test_lists_each_role_of_each_shift_in_order_of_time(self, problem, roster):
        assert duty_sheet(problem, roster).rows == (
            ("2026-03-02 Mon", "18:30–21:00", "Gate", "Grid 2", "guide", "李梅", 1, 1, 2),
            ("2026-03-02 Mon", "18:30–21:00", "Gate", "Grid 2", "helper", "王强", 1, 2, 2),
            (
                "2026-03-02 Mon",
                "22:00–06:00 (+1)",
                "Night watch",
                "",
                "helper",
                "张伟 (zhang-1), 张伟 (zhang-2)",
                2,
                1,
                1,
            ),
            ("2026-03-02 Mon", "02:00 (+1)–04:00 (+1)", "Gate", "", "helper", "", 0, 0, 1),
            ("2026-03-05 Thu", "07:00–09:00", "Gate", "Sanhua", "helper", "李梅", 1, 1, 1),
        )

    def test_reads_in_chinese(self, problem, roster):
        table = duty_sheet(problem, roster, language="zh")
        assert (table.title, table.columns[:3]) == ("值班表", ("日期", "时间", "岗位"))
        assert table.rows[2][:6] == (
            "2026-03-02 周一",
            "22:00–次日06:00",
            "夜巡",
            "",
            "helper",
            "张伟 (zhang-1)、张伟 (zhang-2)",
        )
        assert "05:00" in table.note

    @pytest.mark.parametrize(
        ("first", "last", "days"),
        [
            (None, None, {2, 5}),
            (date(2026, 3, 2), None, {2, 5}),
            (date(2026, 3, 3), None, {5}),
            (None, date(2026, 3, 5), {2, 5}),
            (None, date(2026, 3, 4), {2}),
            (date(2026, 3, 2), date(2026, 3, 2), {2}),
            (date(2026, 3, 5), date(2026, 3, 2), set()),
        ],
    )
    def test_shows_only_the_days_asked_for(self, problem, roster, first, last, days):
        shown = {row["day"] for row in duty_sheet(problem, roster, first, last).to_records()}
        assert {int(day[8:10]) for day in shown} == days

    def test_of_nobody_has_every_place_open(self, problem):
        assert {row["filled"] for row in duty_sheet(problem, Roster()).to_records()} == {0}

    @pytest.mark.parametrize(
        ("arguments", "field"),
        [
            ({"problem": "March"}, "problem"),
            ({"roster": []}, "roster"),
            ({"roster": Roster([Assignment(volunteer="nobody", shift="bins")])}, "roster.volunteer"),
            ({"language": "de"}, "language"),
            ({"language": ["en"]}, "language"),
            ({"first_day": "2026-03-01"}, "first_day"),
            ({"last_day": datetime(2026, 3, 1)}, "last_day"),
        ],
    )
    @pytest.mark.parametrize("report", [duty_sheet, personal_sheet])
    def test_names_the_argument_that_is_wrong(self, problem, roster, report, arguments, field):
        with pytest.raises(InputError) as caught:
            report(**{"problem": problem, "roster": roster, **arguments})
        assert [fault.field for fault in caught.value.faults] == [field]


class TestPersonalSheet:
    def test_lists_each_persons_duties_in_order_of_time(self, problem, roster):
        table = personal_sheet(problem, roster)
        assert [(row[0], row[1][:10], row[-1]) for row in table.rows] == [
            ("李梅", "2026-03-02", 150),
            ("李梅", "2026-03-05", 120),
            ("王强", "2026-03-02", 150),
            ("张伟 (zhang-1)", "2026-03-02", 480),
            ("张伟 (zhang-2)", "2026-03-02", 480),
        ]
        assert table.columns == ("person", "day", "time", "position", "place", "role", "minutes")

    def test_counts_the_minutes_that_pass_when_the_clocks_change(self, problem, roster):
        night = attrs.evolve(
            problem.shift("watch"),
            span=type(problem.shift("watch").span).on(date(2026, 3, 28), *_NIGHT, "Europe/Berlin"),
        )
        horizon = attrs.evolve(
            problem.horizon, first_day=date(2026, 3, 28), last_day=date(2026, 3, 29), zone="Europe/Berlin"
        )
        spring = attrs.evolve(problem, horizon=horizon, shifts=[night])
        held = roster.of_shift("watch")[:1]
        assert personal_sheet(spring, Roster(held)).to_records()[0]["minutes"] == 420

    def test_shows_only_the_people_asked_for(self, problem, roster):
        table = personal_sheet(problem, roster, volunteers=["wang", "idle"], language="zh")
        assert [row[:3] for row in table.rows] == [("王强", "2026-03-02 周一", "18:30–21:00")]

    def test_shows_only_the_days_asked_for(self, problem, roster):
        table = personal_sheet(problem, roster, date(2026, 3, 3), date(2026, 3, 8))
        assert [row[0] for row in table.rows] == ["李梅"]

    @pytest.mark.parametrize(("volunteers", "value"), [(["li", "nobody"], "nobody"), ("li", "li"), ([1], (1,)), (3, 3)])
    def test_refuses_people_it_does_not_know(self, problem, roster, volunteers, value):
        with pytest.raises(InputError) as caught:
            personal_sheet(problem, roster, volunteers=volunteers)
        assert [(fault.field, fault.value) for fault in caught.value.faults] == [("volunteers", value)]


_NIGHT = (datetime(2026, 1, 1, 22).time(), datetime(2026, 1, 1, 6).time())
