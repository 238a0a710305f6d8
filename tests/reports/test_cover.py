import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assignment, Gap, InputError, Label, Roster, why_unfilled
from civicvol.reports import cover, cover_gaps
from civicvol.testing import roster_problems, rosters


class TestCover:
    def test_counts_places_shifts_and_people_apart(self, problem, roster):
        table = cover(problem, roster)
        assert table.columns == (
            *("position", "shifts", "under minimum", "minimum filled", "minimum places"),
            *("desired filled", "desired places", "people"),
        )
        assert table.rows == (
            ("Gate", 3, 1, 3, 4, 3, 6, 2),
            ("Night watch", 1, 0, 1, 1, 1, 1, 2),
            ("all", 4, 1, 4, 5, 4, 7, 4),
        )

    def test_defines_its_figures_in_both_languages(self, problem, roster):
        assert "one person on one role of one shift" in cover(problem, roster).note
        table = cover(problem, roster, language="zh")
        assert (table.title, table.rows[0][0], table.rows[-1][0]) == ("到岗情况", "门岗", "合计")
        assert "一个名额" in table.note

    def test_fills_nothing_with_nobody(self, problem):
        assert cover(problem, Roster()).rows[-1] == ("all", 4, 3, 0, 5, 0, 7, 0)

    @given(st.data())
    def test_reaches_the_minimum_just_where_no_shift_is_under_it(self, data):
        drawn = data.draw(roster_problems())
        figures = cover(drawn, data.draw(rosters(drawn))).to_records()[-1]
        assert (figures["under minimum"] == 0) == (figures["minimum filled"] == figures["minimum places"])
        assert figures["minimum filled"] <= figures["desired filled"] <= figures["desired places"]
        assert figures["people"] <= len(drawn.volunteers)

    def test_refuses_what_is_no_problem(self, roster):
        with pytest.raises(InputError, match="problem must be a RosterProblem"):
            cover(None, roster)


class TestCoverGaps:
    def test_has_a_row_for_each_open_line_with_its_reasons(self, problem, roster):
        table = cover_gaps(problem, why_unfilled(problem, roster))
        assert [row[:7] for row in table.rows] == [
            ("2026-03-02 Mon", "18:30–21:00", "Gate", "Grid 2", "guide", 0, 1),
            ("2026-03-02 Mon", "18:30–21:00", "Gate", "Grid 2", "helper", 1, 1),
            ("2026-03-02 Mon", "02:00 (+1)–04:00 (+1)", "Gate", "", "helper", 0, 1),
        ]
        assert all("could" in row[-1] for row in table.rows)
        assert "counted once" in table.note

    def test_reads_in_chinese(self, problem, roster):
        table = cover_gaps(problem, why_unfilled(problem, roster), language="zh")
        assert (table.title, table.rows[0][2:5]) == ("空缺名额", ("门岗", "第2网格", "guide"))
        assert all("人可以来" in row[-1] for row in table.rows)

    def test_takes_any_collection_of_gaps(self, problem, roster):
        gaps = why_unfilled(problem, roster)
        assert cover_gaps(problem, iter(gaps)) == cover_gaps(problem, gaps)
        assert len(cover_gaps(problem, [])) == 0

    @pytest.mark.parametrize(
        ("arguments", "fields"),
        [
            ({"problem": 1, "gaps": [], "language": "fr"}, ["problem", "language"]),
            ({"gaps": ["bins"]}, ["gaps"]),
            ({"gaps": None}, ["gaps"]),
        ],
    )
    def test_names_the_arguments_that_are_wrong(self, problem, arguments, fields):
        with pytest.raises(InputError) as caught:
            cover_gaps(**{"problem": problem, **arguments})
        assert [fault.field for fault in caught.value.faults] == fields

    def test_refuses_the_gaps_of_another_problem(self, problem):
        with pytest.raises(InputError, match="'elsewhere'"):
            cover_gaps(problem, [gap(shift="elsewhere")])


def gap(**fields):
    usual = {
        "shift": "bins",
        "role": "helper",
        "name": "Gate",
        "missing": 1,
        "wanted": 1,
        "reasons": (),
        "possible": (),
    }
    return Gap(**{**usual, **fields})


class TestGapReasons:
    @pytest.mark.parametrize(
        ("fields", "english", "chinese"),
        [
            ({}, "there is nobody else", "没有其他人"),
            (
                {"reasons": ((Label("are away", "外出"), 3), (Label("are asleep", "睡了"), 1))},
                "3 are away, 1 are asleep",
                "3人外出，1人睡了",
            ),
            ({"possible": ("li",)}, "1 could, but would cost more than it gains", "1人可以来，但得不偿失"),
            (
                {"reasons": ((Label("are away", "外出"), 3),), "possible": ("li", "wang")},
                "3 are away, 2 could, but would cost more than it gains",
                "3人外出，2人可以来，但得不偿失",
            ),
        ],
    )
    def test_counts_everybody_under_a_reason(self, fields, english, chinese):
        assert (gap(**fields).why(), gap(**fields).why("zh")) == (english, chinese)


def test_a_further_person_fills_one_more_place(problem, roster):
    fuller = roster.with_(Assignment(volunteer="zhang-1", shift="evening", role="helper"))
    assert cover(problem, fuller).rows[-1] == ("all", 4, 0, 5, 5, 5, 7, 4)
