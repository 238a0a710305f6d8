import sys

import attrs
import pytest

from civicvol import (
    Availability,
    CoverRequirement,
    EngineError,
    InputError,
    Override,
    Qualification,
    SkillTag,
    explain_conflict,
    rules,
    solve,
)

HARD_COVER = rules.MinimumCover(weight=None)


def pinned(make, problem, text):
    return attrs.evolve(problem, pinned=make.roster(text).assignments)


def holds(problem, some, pins):
    return solve(attrs.evolve(problem, rules=some, pinned=pins)).status != "infeasible"


class TestExplainConflict:
    def test_is_none_where_all_can_hold(self, make):
        problem = make.problem(make.shift("a", "24 09:00-11:00"), rules=rules.default_rules())
        assert explain_conflict(problem) is None

    def test_names_the_pins_that_cannot_be_together(self, make):
        shifts = [make.shift(f"s{day}", f"{day} 09:00-11:00") for day in (24, 25, 26)]
        late = make.shift("late", "25 10:00-12:00")
        problem = make.problem(*shifts, late, rules=rules.default_rules())
        conflict = explain_conflict(pinned(make, problem, "li:s24 li:s25 li:s26 li:late"))
        assert set(conflict.pins) == set(make.roster("li:s25 li:late"))
        assert len(conflict.demands) == 1
        assert conflict.demands[0].volunteers == ("li",)
        assert conflict.irreducible

    def test_names_for_whom_and_what_a_rule_is_needed(self, make):
        shifts = [make.shift(f"s{day}", f"{day} 09:00-11:00") for day in (24, 25, 26)]
        people = [make.person("li"), make.person("wu")]
        problem = make.problem(*people, *shifts, rules=[HARD_COVER, rules.MostMinutes(minutes=120)])
        conflict = explain_conflict(problem)
        demands = {demand.rule: demand for demand in conflict.demands}
        assert set(demands) == {"MinimumCover", "MostMinutes"}
        assert set(demands["MinimumCover"].shifts) == {"s24", "s25", "s26"}
        assert set(demands["MostMinutes"].volunteers) == {"li", "wu"}

    def test_reads_in_both_languages(self, make):
        cook = CoverRequirement(role="cook", all_of=["cooking"])
        problem = make.problem(
            make.shift("lunch", "24 09:00-11:00", cover=[cook]),
            rules=[rules.Qualified()],
            skills=[SkillTag(id="cooking")],
        )
        conflict = explain_conflict(pinned(make, problem, "li:lunch/cook"))
        assert str(conflict).splitlines()[:3] == [
            "These cannot all hold",
            "- pinned: li on post, Tue 24 Mar 2026 09:00–11:00",
            "- Qualified for li; post, Tue 24 Mar 2026 09:00–11:00",
        ]
        assert "li is not qualified" in conflict.text()
        assert conflict.text("zh").startswith("以下各项无法同时满足\n- 固定：li，post")
        assert conflict.table("zh").rows[0][0] == "固定"
        assert "<table" in conflict._repr_html_()

    def test_says_a_rule_as_a_whole_by_its_name(self, make):
        problem = make.problem(
            make.person("li", availability=Availability(leave=[make.span("24 00:00-23:00")])),
            make.shift("a", "24 09:00-11:00"),
            rules=[HARD_COVER, rules.Available()],
        )
        conflict = explain_conflict(problem)
        assert "- Available" in str(conflict).splitlines()

    def test_leaves_overrides_to_the_rules_they_are_of(self, make):
        person = make.person("li", qualifications=[Qualification(skill="cooking")])
        shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00")]
        problem = make.problem(
            person,
            *shifts,
            rules=[rules.Qualified(), rules.Available(), rules.NoOverlap()],
            skills=[SkillTag(id="cooking")],
            overrides=[
                Override(volunteer="li", shift="a", reason="agreed", rules={"Qualified"}),
                Override(volunteer="li", shift="b", reason="agreed"),
            ],
        )
        conflict = explain_conflict(pinned(make, problem, "li:a li:b"))
        assert [demand.rule for demand in conflict.demands] == ["NoOverlap"]

    def test_says_when_the_time_was_too_short(self, make):
        problem = pinned(
            make,
            make.problem(
                make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00"), rules=rules.default_rules()
            ),
            "li:a li:b",
        )
        with pytest.raises(EngineError, match="could not tell within 0 seconds"):
            explain_conflict(problem, time_limit=0)

    def test_keeps_what_it_has_no_time_to_leave_out(self, make, monkeypatch):
        problem = make.problem(
            make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00"), rules=rules.default_rules()
        )
        clock = iter([0.0, 1.0])
        monkeypatch.setattr(sys.modules[explain_conflict.__module__], "monotonic", lambda: next(clock, 1e9))
        conflict = explain_conflict(pinned(make, problem, "li:a li:b"))
        assert not conflict.irreducible
        assert len(conflict.pins) == 2
        assert "perhaps fewer" in str(conflict)
        assert conflict.table().title.startswith("These cannot all hold;")

    def test_refuses_what_is_no_problem(self):
        with pytest.raises(InputError):
            explain_conflict("problem")
