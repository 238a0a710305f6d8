import attrs
import pytest

from civicvol import (
    CoverRequirement,
    InputError,
    PartOfDay,
    Qualification,
    Result,
    SkillNeed,
    SkillTag,
    Status,
    bottlenecks,
    datasets,
    rules,
    solve,
    why_unfilled,
)
from civicvol.rostering.bottlenecks import place_prices

COOK = CoverRequirement(role="cook", all_of=[SkillNeed(skill="cooking", level=2)], any_of=["driving", "cycling"])
SKILLS = [SkillTag(id="cooking", label="cooking"), SkillTag(id="driving"), SkillTag(id="cycling")]


@pytest.fixture
def problem(make):
    """Three Tuesday kitchens and nobody who cooks; a gate that Li can stand at."""
    kitchens = [make.shift(f"kitchen{day}", f"{day} 18:00-20:00", cover=[COOK]) for day in (24, 31)]
    noon = make.shift("noon", "25 12:00-13:00", cover=[COOK])
    gate = make.shift("gate", "24 18:00-20:00")
    return make.problem(*kitchens, noon, gate, rules=rules.default_rules(), skills=SKILLS)


def open_places(problem, result):
    return sum(gap.wanted for gap in why_unfilled(problem, result, moves=0))


class TestBottlenecks:
    def test_names_whom_and_when(self, problem):
        first, second = bottlenecks(problem, solve(problem))
        assert (first.weekday, first.part, first.people, first.places) == (1, PartOfDay.EVENING, 1, 2)
        assert first.shifts == ("kitchen24", "kitchen31")
        assert first.needs == (SkillNeed(skill="cooking", level=2), SkillNeed(skill="driving"))
        assert (second.weekday, second.part, second.places) == (2, PartOfDay.AFTERNOON, 1)

    def test_reads_in_both_languages(self, problem):
        first, second = bottlenecks(problem, solve(problem))
        skills = "cooking (level 2) and driving"
        assert str(first) == f"one more volunteer with {skills} on Tuesday evenings would fill 2 places"
        assert first.text("zh") == "周二晚上再有1名具备cooking（2级）、driving的志愿者，可补2个空缺"
        assert str(second).endswith("would fill one place")
        assert first.table().to_records()[0]["places filled"] == 2
        assert first.table("zh").columns[0] == "增加人数"
        assert "<table" in first._repr_html_()

    def test_says_who_is_wanted_every_day(self, make):
        shifts = [make.shift(f"s{day}", f"{day} 02:00-04:00", cover=[CoverRequirement(minimum=3)]) for day in (24, 26)]
        problem = make.problem(*shifts, rules=[*rules.default_rules()])
        found = bottlenecks(problem, solve(problem))
        assert str(found[0]) == "2 more volunteers in the nights would fill 4 places"
        assert found[0].text("zh") == "夜间再有2名志愿者，可补4个空缺"
        assert found[0].weekday is None

    @pytest.mark.parametrize("seed", range(2))
    def test_is_true_when_solved_with_them(self, seed):
        problem = datasets.sanhua(seed=seed, volunteers=40, days=14)
        result = solve(problem)
        found = bottlenecks(problem, result, most=2)
        assert found
        for each in found:
            helped = solve(each.helped(problem))
            assert open_places(problem, result) - open_places(each.helped(problem), helped) == each.places
            assert result.objective - helped.objective == pytest.approx(each.gain)
            assert len(each.helped(problem).volunteers) == len(problem.volunteers) + each.people

    def test_adds_nobody_who_fills_nothing_more(self, problem):
        assert [each.people for each in bottlenecks(problem, solve(problem), people=5)] == [1, 1]

    def test_takes_ids_that_are_free(self, problem, make):
        first, second = bottlenecks(problem, solve(problem))
        assert first.volunteers[0].id == "new cooking:2+driving:1 Tuesday evening 1"
        both = second.helped(first.helped(problem))
        assert len(both.volunteers) == len(problem.volunteers) + 2
        taken = attrs.evolve(problem, volunteers=[make.person(first.volunteers[0].id)])
        assert bottlenecks(taken, solve(taken))[0].volunteers[0].id.endswith("2")
        with pytest.raises(InputError, match="problem must be a RosterProblem"):
            first.helped(None)

    def test_leaves_out_who_needs_more_for_no_more(self, make):
        two = [
            CoverRequirement(role="cook", all_of=["cooking"]),
            CoverRequirement(role="chef", all_of=["cooking", "driving"]),
        ]
        shifts = [make.shift(f"k{day}", f"{day} 18:00-20:00", cover=two) for day in (24, 31)]
        problem = make.problem(*shifts, rules=rules.default_rules(), skills=SKILLS)
        asked = [[need.skill for need in each.needs] for each in bottlenecks(problem, solve(problem), people=1)]
        assert asked == [["cooking"]]

    def test_finds_none_where_nothing_is_open(self, problem):
        chef = [Qualification(skill=tag.id, level=3) for tag in SKILLS]
        full = attrs.evolve(
            problem,
            volunteers=[*problem.volunteers, attrs.evolve(problem.volunteers[0], id="chef", qualifications=chef)],
        )
        assert bottlenecks(full, solve(full)) == ()

    def test_stops_when_time_is_up(self, problem):
        assert bottlenecks(problem, solve(problem), time_limit=0) == ()

    def test_refuses_a_result_without_a_roster(self, problem):
        with pytest.raises(InputError):
            bottlenecks(problem, Result(status=Status.UNKNOWN))
        with pytest.raises(InputError):
            bottlenecks(problem, None)


class TestPlacePrices:
    def test_are_what_one_person_more_is_worth(self, problem):
        assert place_prices(problem).tolist() == [10_000, 10_000, 10_000, 0]

    def test_are_none_where_cover_is_hard(self, problem):
        hard = attrs.evolve(problem, rules=[rules.MinimumCover(weight=None)])
        assert place_prices(hard).tolist() == [0, 0, 0, 0]


def test_a_day_has_four_parts():
    assert [PartOfDay.of(hour) for hour in (0, 5, 6, 12, 18, 23)] == [
        PartOfDay.NIGHT,
        PartOfDay.NIGHT,
        PartOfDay.MORNING,
        PartOfDay.AFTERNOON,
        PartOfDay.EVENING,
        PartOfDay.EVENING,
    ]
