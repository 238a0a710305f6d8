from datetime import date
from itertools import pairwise, product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Availability, InputError, Roster, Volunteer
from civicvol.reports import fairness, left_out, workload
from civicvol.testing import roster_problems, rosters


def figures(table, column="this roster"):
    return {row["figure"]: row[column] for row in table.to_records()}


class TestFairness:
    def test_describes_the_minutes_of_everybody(self, problem, roster):
        found = figures(fairness(problem, roster))
        assert found.pop("Gini coefficient") == pytest.approx(2580 / 6900)
        assert found.pop("standard deviation") == pytest.approx(((276**2 + 126**2 + 6**2 + 2 * 204**2) / 5) ** 0.5)
        assert found == {
            "people": 5,
            "people with none": 1,
            "least minutes": 0,
            "lower quartile": 150,
            "median": 270,
            "upper quartile": 480,
            "most minutes": 480,
            "mean": 276,
        }

    def test_describes_the_same_with_what_people_did_before(self, problem, roster):
        found = figures(fairness(problem, roster), "with the past")
        assert found["lower quartile"] == 210
        assert found["mean"] == 288
        assert found["Gini coefficient"] == pytest.approx(2460 / 7200)

    def test_lies_between_two_people_where_a_quartile_does(self, problem, roster):
        four = attrs.evolve(problem, volunteers=problem.volunteers[:4])
        found = figures(fairness(four, roster))
        assert (found["lower quartile"], found["median"], found["upper quartile"]) == (240, 375, 480)

    def test_names_those_who_have_nothing(self, problem, roster):
        assert fairness(problem, roster).note.endswith("With nothing in this roster: idle.")
        without = Roster([each for each in roster if each.volunteer != "li"])
        assert fairness(problem, without).note.endswith("With nothing in this roster: 李梅, idle.")
        assert fairness(problem, without, language="zh").note.endswith("本期没有排班：李梅，idle。")

    def test_names_the_first_twenty_where_they_are_many(self, problem):
        crowd = attrs.evolve(problem, volunteers=[Volunteer(id=f"v{number}") for number in range(22)], previous=())
        assert fairness(crowd, Roster()).note.endswith("v18, v19 and 2 more.")

    def test_says_that_everybody_has_something(self, problem, roster):
        one = attrs.evolve(problem, volunteers=problem.volunteers[:1], previous=())
        assert "Everybody has something" in fairness(one, Roster(roster.of_volunteer("li"))).note

    def test_is_even_when_nobody_does_anything(self, problem):
        found = figures(fairness(problem, Roster()))
        assert (found["people with none"], found["most minutes"], found["Gini coefficient"]) == (5, 0, 0)

    def test_has_figures_of_one_person(self, problem, roster):
        one = attrs.evolve(problem, volunteers=problem.volunteers[:1], previous=())
        found = figures(fairness(one, Roster(roster.of_volunteer("li"))))
        assert found["least minutes"] == found["median"] == found["most minutes"] == 270
        assert found["Gini coefficient"] == 0

    def test_has_no_figures_of_nobody(self, problem):
        nobody = attrs.evolve(problem, volunteers=(), previous=())
        found = figures(fairness(nobody, Roster()))
        assert (found.pop("people"), found.pop("people with none"), set(found.values())) == (0, 0, {None})

    def test_reads_in_chinese(self, problem, roster):
        table = fairness(problem, roster, language="zh")
        assert (table.title, table.columns) == ("服务时长分布", ("指标", "本期", "含往期"))
        assert table.rows[-1][0] == "基尼系数"
        assert "基尼系数" in table.note

    @given(st.data())
    def test_agrees_with_the_definition_of_the_gini_coefficient(self, data):
        drawn = data.draw(roster_problems())
        roster = data.draw(rosters(drawn))
        minutes = [row["minutes"] for row in workload(drawn, roster).to_records()]
        found = figures(fairness(drawn, roster))["Gini coefficient"]
        if any(minutes):
            differences = sum(abs(a - b) for a, b in product(minutes, repeat=2))
            assert found == pytest.approx(differences / (2 * len(minutes) * sum(minutes)))
        else:
            assert found == (0 if minutes else None)

    @pytest.mark.parametrize("report", [fairness, left_out, workload])
    def test_refuses_a_language_it_does_not_know(self, problem, roster, report):
        with pytest.raises(InputError, match="language must be one of 'en', 'zh', not 'fr'"):
            report(problem, roster, language="fr")


class TestLeftOut:
    def test_says_who_has_nothing_and_could_have_something(self, problem, roster):
        assert left_out(problem, roster).rows == (("idle", 0, None, 4),)
        table = left_out(problem, Roster())
        assert table.rows[-1] == ("王强", 60, date(2026, 2, 20), 4)
        assert len(table) == 5

    def test_has_whom_most_is_open_to_first(self, problem, roster):
        away = Volunteer(id="away", availability=Availability(offered=[]))
        table = left_out(attrs.evolve(problem, volunteers=[away, *problem.volunteers]), roster)
        assert table.rows == (("idle", 0, None, 4), ("away", 0, None, 0))

    def test_is_empty_where_everybody_has_something(self, problem, roster):
        assert len(left_out(attrs.evolve(problem, volunteers=problem.volunteers[:4]), roster)) == 0
        assert len(left_out(attrs.evolve(problem, volunteers=(), previous=()), Roster())) == 0

    def test_reads_in_chinese(self, problem, roster):
        table = left_out(problem, roster, language="zh")
        assert (table.title, table.columns) == ("未排班人员", ("姓名", "往期分钟", "最近服务日", "可担任班次"))

    @given(st.data())
    def test_leaves_out_just_those(self, data):
        drawn = data.draw(roster_problems())
        roster = data.draw(rosters(drawn))
        assert len(left_out(drawn, roster)) + len({each.volunteer for each in roster}) == len(drawn.volunteers)


class TestWorkload:
    def test_has_everybody_who_has_most_first(self, problem, roster):
        assert workload(problem, roster).rows == (
            ("张伟 (zhang-1)", 480, 0, 1),
            ("张伟 (zhang-2)", 480, 0, 1),
            ("李梅", 270, 0, 2),
            ("王强", 150, 60, 1),
            ("idle", 0, 0, 0),
        )

    def test_reads_in_chinese(self, problem, roster):
        table = workload(problem, roster, language="zh")
        assert table.columns == ("姓名", "本期分钟", "往期分钟", "值班次数")

    @given(st.data())
    def test_never_leaves_anybody_out(self, data):
        drawn = data.draw(roster_problems())
        table = workload(drawn, data.draw(rosters(drawn)))
        assert len(table) == len(drawn.volunteers)
        assert all(before[1] >= after[1] for before, after in pairwise(table.rows))
