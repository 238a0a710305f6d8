import attrs
import pytest

from civicvol import (
    CoverRequirement,
    InputError,
    Result,
    Roster,
    Status,
    check,
    rules,
    solve,
    why_unfilled,
)

THREE = CoverRequirement(minimum=3)


@pytest.fixture
def problem(kitchen):
    return kitchen


class TestWhyUnfilled:
    def test_counts_everybody_once_under_the_first_rule(self, problem, make):
        roster = make.roster("bo:lunch/cook di:gate")
        (gap,) = why_unfilled(problem, roster)
        assert (gap.shift, gap.role, gap.missing, gap.wanted) == ("lunch", "cook", 1, 2)
        assert {reason.en: count for reason, count in gap.reasons} == {
            "not qualified": 1,
            "not free then": 1,
            "on another duty then": 1,
        }
        assert gap.possible == ()
        assert str(gap).startswith("post, Tue 24 Mar 2026 11:00–13:00, cook: 1 short: 1 not qualified")
        assert "还缺1人" in gap.text("zh")

    def test_names_those_who_could(self, problem, make):
        lunch, gate = why_unfilled(problem, make.roster("bo:lunch/cook"))
        assert lunch.helpful == ("di",)
        assert gate.helpful == ("an", "di")
        assert "1 could, and it would help" in str(lunch)
        assert "1人可以来，且有帮助" in lunch.text("zh")

    def test_tells_those_apart_who_would_cost_more_than_they_gain(self, problem, make):
        dear = attrs.evolve(problem, rules=(rules.MinimumCover(), rules.OwnShifts(), rules.MostShifts(weight=1e5)))
        gate = why_unfilled(dear, make.roster("an:lunch/cook bo:lunch/cook"))[-1]
        assert (gate.possible, gate.helpful) == (("an", "bo"), ("cy", "di"))
        assert "2 could, but would cost more than it gains" in str(gate)

    def test_explains_the_nearest_roster_where_there_is_no_other(self, problem):
        hard = (rules.MinimumCover(weight=None), rules.MostShifts(shifts=0))
        result = solve(attrs.evolve(problem, rules=hard))
        assert result.status == "infeasible"
        assert [gap.reasons[0][0].en for gap in why_unfilled(problem, result)] != []

    def test_tells_wishes_from_needs(self, problem, make):
        roster = make.roster("bo:lunch/cook di:lunch/cook an:gate")
        (gap,) = why_unfilled(problem, roster)
        assert (gap.missing, gap.wanted) == (0, 1)
        assert "1 fewer than wanted" in str(gap)

    def test_says_that_there_is_nobody(self, problem):
        gaps = why_unfilled(attrs.evolve(problem, volunteers=()), Roster())
        assert str(gaps[0]).partition("\n")[0].endswith("there is nobody else")

    def test_counts_those_in_another_role(self, make):
        two = [CoverRequirement(role="cook"), CoverRequirement(role="waiter")]
        problem = make.problem(make.shift("hall", "26 11:00-13:00", cover=two), rules=rules.default_rules())
        (gap,) = why_unfilled(problem, make.roster("li:hall/waiter"))
        assert [(reason.en, count) for reason, count in gap.reasons] == [("on it in another role", 1)]

    def test_takes_a_result(self, problem):
        result = solve(problem)
        assert why_unfilled(problem, result) == why_unfilled(problem, result.roster)

    def test_takes_a_result_with_nobody_on_it(self, problem):
        nobody = attrs.evolve(problem, volunteers=())
        assert len(why_unfilled(nobody, solve(nobody))) == 2

    def test_calls_it_a_help_to_break_a_hard_rule_less(self, problem, make):
        hard = attrs.evolve(problem, rules=(rules.MinimumCover(weight=None),))
        (lunch,) = why_unfilled(hard, make.roster("an:gate"))
        assert lunch.helpful == ("an", "bo", "cy", "di")

    def test_refuses_a_result_without_a_roster(self, problem):
        with pytest.raises(InputError, match="must be a Roster"):
            why_unfilled(problem, Result(status=Status.INFEASIBLE))

    def test_finds_nothing_where_all_is_filled(self, problem, make):
        full = attrs.evolve(problem, shifts=problem.shifts[1:])
        assert why_unfilled(full, make.roster("an:gate")) == ()

    def test_narrows_stage_by_stage(self, problem, make):
        (gap,) = why_unfilled(problem, make.roster("bo:lunch/cook di:gate"))
        assert [(stage.value, left) for stage, left, _ in gap.funnel] == [
            ("qualified", 2),
            ("available", 1),
            ("rested", 1),
            ("within limits", 1),
            ("not used elsewhere", 0),
        ]
        assert gap.asked == 3
        assert gap.steps() == (
            "4 volunteers → 3 not on it yet → 2 qualified → 1 available → 1 rested → 1 under their limits "
            "→ 0 not used elsewhere"
        )
        assert gap.steps("zh").startswith("4人在册 → 3人未在此岗 → 2人合格 → 1人有空")
        assert gap.table().to_records()[2] == {"stage": "qualified", "left": 2, "who drops out": "1 not qualified"}
        assert "<table" in gap._repr_html_()

    def test_knows_who_is_tired_and_who_has_enough(self, make):
        shifts = [make.shift("late", "24 20:00-23:00"), make.shift("early", "25 07:00-10:00", cover=[THREE]),
                  make.shift("noon", "26 12:00-15:00")]  # fmt: skip
        week = rules.MostMinutes(minutes=300)
        problem = make.problem(
            make.person("an"), make.person("bo"), *shifts, rules=[rules.MinimumCover(), rules.MinimumRest(), week]
        )
        early = why_unfilled(problem, make.roster("an:late bo:noon"))[0]
        assert [(stage.value, left) for stage, left, _ in early.funnel[2:]] == [
            ("rested", 1),
            ("within limits", 0),
            ("not used elsewhere", 0),
        ]
        assert {move.volunteer: move.leaves for move in early.moves} == {"an": ("late",), "bo": ("noon",)}

    def test_names_who_could_be_moved_and_what_it_costs(self, problem, make):
        roster = make.roster("bo:lunch/cook di:gate")
        (gap,) = why_unfilled(problem, roster)
        (move,) = gap.moves
        assert (move.volunteer, move.leaves) == ("di", ("gate",))
        moved = roster.without(make.assignment("di:gate")).with_(make.assignment("di:lunch/cook"))
        assert move.cost == check(problem, moved).penalty - check(problem, roster).penalty
        assert str(move) in str(gap)
        assert move.text("zh") == "di可从post，2026年3月24日周二 12:00–14:00调来；总代价变化-1,000.00"
        assert why_unfilled(problem, roster, moves=0)[0].moves == ()

    def test_keeps_those_apart_whom_their_past_keeps(self, problem, make):
        tired = attrs.evolve(problem, previous=[make.past("21 00:00-23:00", "di")], rules=(
            rules.MinimumCover(), rules.Qualified(), rules.MinimumRest(minutes=100 * 60)))  # fmt: skip
        lunch = why_unfilled(tired, Roster())[0]
        assert [left for _, left, _ in lunch.funnel] == [3, 3, 2, 2, 2]
        assert lunch.moves == ()

    def test_moves_nobody_whom_their_past_keeps_as_well(self, problem, make):
        tired = attrs.evolve(problem, previous=[make.past("21 00:00-23:00", "di")], rules=(
            rules.MinimumCover(), rules.Qualified(), rules.NoOverlap(), rules.MinimumRest(minutes=6_000)))  # fmt: skip
        lunch = why_unfilled(tired, make.roster("di:gate"))[0]
        assert ("with too little rest", 1) in [(reason.en, count) for reason, count in lunch.reasons]
        assert lunch.moves == ()

    def test_moves_nobody_whom_something_else_would_then_keep(self, problem, make):
        enough = rules.LeastMinutes(minutes=180)
        busy = attrs.evolve(problem, rules=(rules.MinimumCover(), rules.NoOverlap(), enough))
        morning = make.shift("long", "24 12:30-16:30")
        busy = attrs.evolve(busy, shifts=(*busy.shifts, morning), volunteers=busy.volunteers[3:])
        assert why_unfilled(busy, make.roster("di:long"))[0].moves == ()

    @pytest.mark.parametrize("wrong", [-1, 101, 1.5, "3"])
    def test_refuses_a_wrong_number_of_moves(self, problem, wrong):
        with pytest.raises(InputError):
            why_unfilled(problem, Roster(), moves=wrong)
