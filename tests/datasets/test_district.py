import subprocess
import sys
from collections import Counter
from datetime import date, datetime, time
from itertools import pairwise

import pytest

from civicvol.calendar import Free, Rotation, StaggeredRest, Weekly
from civicvol.datasets import district
from civicvol.errors import InputError
from civicvol.io import to_json
from civicvol.places import UnitKind
from civicvol.rostering import Status, check, solve
from civicvol.rostering.rules import FairShare, FairShifts, MostMinutes, default_rules


def area_of(unit):
    return unit.split("-")[0]


def places(problem):
    """The desired places of each area."""
    found = Counter()
    for shift, line in problem.lines:
        found[area_of(shift.unit)] += line.desired
    return found


def residents(problem):
    return Counter(area_of(each.home) for each in problem.volunteers)


def units_of_kind(problem, kind):
    return [unit for unit in problem.units.units if unit.kind is kind]


@pytest.fixture(scope="module")
def problem():
    """The district of the reports, for a week: all its people and a quarter of the work."""
    return district(days=7)


@pytest.fixture(scope="module")
def small():
    return district(areas=6, volunteers=200, days=7)


class TestTheWholeDistrict:
    def test_26700_volunteers_live_in_41_areas(self, problem):
        assert len(problem.volunteers) == 26_700
        assert len(residents(problem)) == len(units_of_kind(problem, UnitKind.COMMUNITY)) == 41

    def test_82_of_100_are_18_to_59_and_the_others_from_14_to_80(self, problem):
        ages = Counter(each.age_on(problem.horizon.first_day) for each in problem.volunteers)
        assert sum(number for age, number in ages.items() if 18 <= age <= 59) == 0.82 * 26_700
        assert (min(ages), max(ages)) == (14, 80)

    def test_a_month_has_about_42000_places(self):
        month = district(volunteers=0)
        assert sum(places(month).values()) == pytest.approx(42_000, rel=0.05)
        assert len(month.shifts) == pytest.approx(41 * 360, rel=0.03)

    def test_a_single_area_has_the_mean_size(self):
        month = district(areas=1, volunteers=0)
        assert sum(places(month).values()) == pytest.approx(1_024, rel=0.02)
        assert len(month.shifts) == pytest.approx(360, rel=0.04)

    def test_areas_are_of_unequal_size(self, problem):
        sizes = sorted(places(problem).values())
        mean = sum(sizes) / 41
        assert sizes[0] < 0.7 * mean < 1.3 * mean < sizes[-1]

    def test_some_areas_are_short_of_people_and_some_rich_whatever_their_size(self):
        month = district()
        work, people = places(month), residents(month)
        ratios = sorted(people[area] / work[area] for area in work)
        assert 0.05 < ratios[0] < ratios[3] < 0.25
        assert ratios[-4] > 0.9
        larger = sorted(work, key=lambda area: work[area])[21:]
        of_larger = [people[area] / work[area] for area in larger]
        assert min(of_larger) < 0.4
        assert max(of_larger) > 0.9

    def test_patterns_are_few_and_shared(self, problem):
        patterns = [each.availability.pattern for each in problem.volunteers]
        assert len(set(patterns)) == len({id(each) for each in patterns}) <= 30
        assert {type(each) for each in patterns} == {Rotation, Weekly, Free, StaggeredRest}

    def test_working_every_other_day_has_two_phases(self, problem):
        turns = {each.availability.pattern for each in problem.volunteers}
        anchors = {each.anchor for each in turns if isinstance(each, Rotation)}
        assert anchors == {date(2026, 3, 1), date(2026, 3, 2)}

    def test_equal_availability_is_the_same_object(self, problem):
        offers = [each.availability for each in problem.volunteers]
        assert len(set(offers)) == len({id(each) for each in offers}) < 0.1 * len(offers)

    def test_three_of_ten_go_away_and_one_of_four_keeps_an_evening_free(self, problem):
        leave = [each.availability.leave for each in problem.volunteers]
        away = sum(any(span.minutes >= 24 * 60 for span in each) for each in leave)
        evening = sum(any(span.minutes == 4 * 60 for span in each) for each in leave)
        assert away / 26_700 == pytest.approx(0.3, abs=0.02)
        assert evening / 26_700 == pytest.approx(0.25, abs=0.02)

    @pytest.mark.parametrize(
        ("skill", "share"),
        [
            ("order-keeping", 0.3),
            ("registration", 0.25),
            ("persuasion", 0.2),
            ("publicity", 0.15),
            ("sampling", 0.045),
            ("first-aid", 0.027),
            ("nursing", 0.018),
        ],
    )
    def test_skills_are_as_scarce_as_they_are_said_to_be(self, problem, skill, share):
        able = sum(any(held.skill == skill for held in each.qualifications) for each in problem.volunteers)
        assert able / 26_700 == pytest.approx(share, rel=0.15)

    def test_samplers_passed_an_exam_that_counts_for_a_year_and_learners_do_not_count(self, problem):
        held = [each for person in problem.volunteers for each in person.qualifications if each.skill == "sampling"]
        assert {(each.valid_until - each.valid_from).days for each in held} == {364}
        assert {(each.level, each.assessed.value) for each in held} == {(2, "examined"), (1, "theory")}
        assert [need.level for need in problem.position("sampling").needs] == [2]
        assert any(each.valid_until < problem.horizon.first_day for each in held)
        assert any(each.valid_from > problem.horizon.first_day for each in held)

    def test_few_like_the_night(self, problem):
        liked = Counter(position for each in problem.volunteers for position in each.preferences)
        assert set(liked) == set(problem.position_by_id)
        assert liked["night-watch"] == min(liked.values()) < 0.25 * liked["gate"]

    def test_most_minors_have_consent_and_nobody_else_needs_it(self, problem):
        first_day = problem.horizon.first_day
        consent = {True: [], False: []}
        for each in problem.volunteers:
            consent[each.age_on(first_day) < 18].append(each.guardian_consent)
        assert sum(consent[True]) / len(consent[True]) == pytest.approx(0.8, abs=0.05)
        assert not any(consent[False])


class TestTheMap:
    def test_a_district_has_streets_of_six_areas_of_four_grids(self, problem):
        streets = units_of_kind(problem, UnitKind.STREET)
        areas = Counter(unit.parent for unit in units_of_kind(problem, UnitKind.COMMUNITY))
        grids = Counter(unit.parent for unit in units_of_kind(problem, UnitKind.GRID))
        assert len(units_of_kind(problem, UnitKind.DISTRICT)) == 1
        assert areas.keys() == {street.id for street in streets}
        assert set(areas.values()) <= {5, 6}
        assert set(grids.values()) == {4}

    def test_everybody_lives_in_a_grid_and_serves_the_area_around_it(self, small):
        for each in small.volunteers:
            assert small.units.unit(each.home).kind is UnitKind.GRID
            assert each.serves == {small.units.unit(each.home).parent}
            assert each.id.startswith(f"{area_of(each.home)}-")

    def test_everything_has_its_name_in_chinese(self, small):
        lines = [line for _, line in small.lines]
        assert all(each.label.zh for each in [*small.skills, *small.positions, *small.units.units, *lines])
        assert all(each.id.isascii() and not each.name.isascii() for each in small.volunteers)


class TestTheWork:
    def test_the_guard_changes_every_four_hours_round_the_clock(self, small):
        guard = [each.span for each in small.shifts if each.position in {"gate", "night-watch"} and each.unit == "a01"]
        assert len(guard) == 7 * 6
        assert all(one.end == other.start for one, other in pairwise(guard))
        assert (guard[0].start, guard[-1].end) == (small.horizon.span.start, small.horizon.span.end)

    def test_waste_is_supervised_twice_a_day_at_up_to_three_points(self, small):
        waste = [each for each in small.shifts if each.position == "waste-sorting"]
        points = Counter((area_of(each.unit), small.day_of(each.span), each.span.start.hour) for each in waste)
        assert len(points) == 6 * 7 * 2
        assert {hour for _, _, hour in points} == {7, 18}
        assert set(points.values()) == {1, 2, 3}

    def test_screening_is_every_third_evening_with_all_it_needs(self, small):
        screening = [each for each in small.shifts if each.span.start.time() == time(18, 30)]
        assert {small.day_of(each.span) for each in screening} == {date(2026, 3, 3), date(2026, 3, 6)}
        assert {line.role for each in screening for line in each.cover} == {
            "sampler",
            "clerk",
            "steward",
            "first-aider",
        }

    def test_fairs_are_on_saturday_and_lectures_on_wednesday(self, small):
        for position, day, number in [("fair", date(2026, 3, 7), 2), ("lecture", date(2026, 3, 4), 1)]:
            shifts = [each for each in small.shifts if each.position == position]
            assert {small.day_of(each.span) for each in shifts} == {day}
            assert set(Counter(each.unit for each in shifts).values()) == {number}

    def test_all_seven_skills_are_asked_for(self, small):
        asked = {need.skill for _, line in small.lines for need in (*line.all_of, *line.any_of)}
        asked |= {need.skill for position in small.positions for need in position.needs}
        assert asked == {tag.id for tag in small.skills}
        assert len(asked) == 7

    def test_all_positions_are_staffed_and_all_lengths_are_multiples_of_two_hours(self, small):
        assert {each.position for each in small.shifts} == set(small.position_by_id)
        assert {each.minutes for each in small.shifts} == {120, 240}

    def test_the_rules_are_the_usual_ones_with_shifts_in_place_of_minutes_for_fairness(self, small):
        usual = {type(rule) for rule in default_rules()}
        assert {type(rule) for rule in small.rules} == usual - {FairShare} | {FairShifts}
        assert [rule.minutes for rule in small.rules if isinstance(rule, MostMinutes)] == [720]

    def test_work_does_not_grow_with_the_volunteers(self):
        assert district(areas=4, volunteers=0, days=2).shifts == district(areas=4, volunteers=50, days=2).shifts


class TestMobility:
    def test_where_nobody_is_mobile_no_area_shares_anybody(self, small):
        assert all(len(each.serves) == 1 for each in small.volunteers)

    def test_where_everybody_is_each_serves_one_area_next_to_their_own(self):
        # The map of five areas:  a01 a02 a03
        #                         a04 a05
        beside = {
            "a01": {"a02", "a04"},
            "a02": {"a01", "a03", "a05"},
            "a03": {"a02"},
            "a04": {"a01", "a05"},
            "a05": {"a02", "a04"},
        }
        found = {area: set() for area in beside}
        for each in district(areas=5, volunteers=300, days=1, mobile=1).volunteers:
            home = area_of(each.home)
            (elsewhere,) = each.serves - {home}
            found[home].add(elsewhere)
        assert found == beside

    @pytest.mark.parametrize("mobile", [0.1, 0.25, 0.5])
    def test_the_share_is_that_of_each_area(self, mobile):
        people = district(areas=4, volunteers=200, days=1, mobile=mobile).volunteers
        movers = Counter(area_of(each.home) for each in people if len(each.serves) == 2)
        everybody = Counter(area_of(each.home) for each in people)
        assert movers == {area: round(mobile * count) for area, count in everybody.items() if round(mobile * count)}

    def test_people_and_work_are_otherwise_the_same(self, small):
        problems = [district(areas=6, volunteers=200, days=7, mobile=mobile) for mobile in (0.2, 0.6)]
        movers = [{each.id for each in problem.volunteers if len(each.serves) == 2} for problem in problems]
        assert movers[0] < movers[1]
        for problem in problems:
            assert problem.shifts == small.shifts
            assert [each.id for each in problem.volunteers] == [each.id for each in small.volunteers]
            stay = zip(problem.volunteers, small.volunteers, strict=True)
            assert all(now == before for now, before in stay if len(now.serves) == 1)

    def test_a_single_area_has_no_neighbours(self):
        assert all(each.serves == {"a01"} for each in district(areas=1, volunteers=9, days=1, mobile=1).volunteers)


class TestTheSeed:
    def test_the_same_seed_gives_the_same_district_and_another_another(self, small):
        assert district(areas=6, volunteers=200, days=7) == small
        other = district(areas=6, volunteers=200, days=7, seed=1)
        assert other.volunteers != small.volunteers
        assert places(other) != places(small)

    def test_it_does_so_in_every_process(self):
        code = """
            from civicvol.datasets import district
            from civicvol.io import to_json
            print(to_json(district(areas=3, volunteers=40, days=2, mobile=0.3)).encode())
        """
        arguments = [sys.executable, "-c", "\n".join(map(str.strip, code.splitlines()))]
        found = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.strip()
        assert found == str(to_json(district(areas=3, volunteers=40, days=2, mobile=0.3)).encode())

    @pytest.mark.parametrize(
        ("areas", "volunteers", "days", "first_day"),
        [
            (1, 0, 1, date(2000, 1, 1)),
            (2, 1, 2, date(2100, 12, 31)),
            (3, 1_000, 3, date(2028, 2, 29)),
            (7, 10, 40, date(2026, 3, 31)),
            (120, 60, 1, date(2026, 3, 1)),
        ],
    )
    def test_any_size_will_do_and_the_total_is_exact(self, areas, volunteers, days, first_day):
        problem = district(areas, volunteers, days, 0.1, 5, first_day)
        assert len(units_of_kind(problem, UnitKind.COMMUNITY)) == areas
        assert len(problem.volunteers) == volunteers
        assert (problem.horizon.first_day, len(problem.horizon.days)) == (first_day, days)


def test_a_small_district_is_proven_best_with_every_rule_kept():
    problem = district(areas=3, volunteers=150, days=3, mobile=0.2)
    result = solve(problem, time_limit=30)
    assert result.status is Status.OPTIMAL
    assert check(problem, result.roster).feasible
    served = {(each.volunteer, area_of(problem.shift(each.shift).unit)) for each in result.roster.assignments}
    assert any(area_of(problem.volunteer(volunteer).home) != area for volunteer, area in served)


class TestBadArguments:
    @pytest.mark.parametrize(
        ("arguments", "field"),
        [
            ({"areas": 0}, "areas"),
            ({"areas": 1_001}, "areas"),
            ({"areas": 3.0}, "areas"),
            ({"areas": None}, "areas"),
            ({"volunteers": -1}, "volunteers"),
            ({"volunteers": 1_000_001}, "volunteers"),
            ({"volunteers": "60"}, "volunteers"),
            ({"days": 0}, "days"),
            ({"days": 367}, "days"),
            ({"days": True}, "days"),
            ({"mobile": -0.01}, "mobile"),
            ({"mobile": 1.01}, "mobile"),
            ({"mobile": float("nan")}, "mobile"),
            ({"mobile": "0.1"}, "mobile"),
            ({"mobile": True}, "mobile"),
            ({"seed": -1}, "seed"),
            ({"seed": 1.0}, "seed"),
            ({"first_day": datetime(2026, 3, 1)}, "first_day"),
            ({"first_day": "2026-03-01"}, "first_day"),
            ({"first_day": date(1999, 12, 31)}, "first_day"),
            ({"first_day": date(2101, 1, 1)}, "first_day"),
        ],
    )
    def test_the_argument_is_named_with_its_value(self, arguments, field):
        with pytest.raises(InputError) as caught:
            district(**arguments)
        assert [fault.field for fault in caught.value.faults] == [field]
        assert repr(arguments[field])[:10] in str(caught.value)

    def test_all_of_them_are_named_at_once(self):
        with pytest.raises(InputError) as caught:
            district(areas=0, volunteers=-1, days=0, mobile=2, seed=-1, first_day=None)
        assert [fault.field for fault in caught.value.faults] == [
            "areas",
            "volunteers",
            "days",
            "mobile",
            "seed",
            "first_day",
        ]
