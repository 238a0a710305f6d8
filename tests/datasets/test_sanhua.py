from collections import Counter
from datetime import date, datetime, timedelta
from time import process_time

import attrs
import pytest

from civicvol.calendar import Free, Rotation, StaggeredRest, Weekly
from civicvol.datasets import sanhua
from civicvol.errors import InputError
from civicvol.places import UnitKind
from civicvol.rostering import Status, check, solve, why_unfilled
from civicvol.rostering.rules import FairShare, MostConsecutiveDays


@pytest.fixture(scope="module")
def problem():
    return sanhua()


@pytest.fixture(scope="module")
def result(problem):
    return solve(problem, time_limit=30)


class TestThePublishedFigures:
    def test_sixteen_entrances_hold_1250_residents_and_25_households_each(self, problem):
        entrances = [unit for unit in problem.units.units if unit.kind is UnitKind.BUILDING]
        assert len(entrances) == 16
        assert sum(unit.residents for unit in entrances) == problem.units.residents_in("sanhua") == 1250
        assert {unit.households for unit in entrances} == {25}

    def test_some_entrances_have_a_head_who_lives_there_and_some_have_none(self, problem):
        heads = [(unit.id, unit.steward) for unit in problem.units.units if unit.steward is not None]
        assert heads
        assert all(problem.volunteer(head).home == entrance for entrance, head in heads)
        assert problem.units.without_steward("building")

    @pytest.mark.parametrize("count", [50, 60, 100, 200])
    def test_82_of_100_volunteers_are_18_to_59(self, count):
        problem = sanhua(volunteers=count)
        ages = [each.age_on(problem.horizon.first_day) for each in problem.volunteers]
        assert len(ages) == count
        assert sum(18 <= age <= 59 for age in ages) == round(0.82 * count)
        assert 15 <= min(ages) < 18
        assert 60 <= max(ages) <= 78

    def test_the_register_has_all_four_kinds_of_working_life(self, problem):
        kinds = {type(each.availability.pattern) for each in problem.volunteers}
        assert kinds == {Rotation, Weekly, Free, StaggeredRest}

    def test_some_work_every_other_day_and_the_rest_the_days_between(self, problem):
        patterns = [each.availability.pattern for each in problem.volunteers]
        rotations = [pattern for pattern in patterns if isinstance(pattern, Rotation)]
        assert {pattern.works_on(date(2026, 3, 1)) for pattern in rotations} == {True, False}

    def test_screening_is_every_third_evening_and_waste_is_supervised_twice_a_day(self, problem):
        screening = sorted({problem.day_of(each.span) for each in problem.shifts if each.position == "sampling"})
        assert screening == [date(2026, 3, 3) + timedelta(days=3 * number) for number in range(10)]
        supervised = Counter(
            (problem.day_of(each.span), each.span.start.hour)
            for each in problem.shifts
            if each.position == "waste-sorting" and each.unit == "g1"
        )
        assert supervised == {(day, hour): 1 for day in problem.horizon.days for hour in (7, 18)}

    def test_all_posts_of_the_reports_are_staffed(self, problem):
        posts = {
            "sampling",
            "registration",
            "order-keeping",
            "door-to-door",
            "publicity",
            "persuasion",
            "waste-sorting",
        }
        assert {position.id for position in problem.positions} == posts
        assert {shift.position for shift in problem.shifts} == posts


class TestWhatIsDrawn:
    def test_the_same_seed_gives_the_same_neighbourhood_and_another_another(self, problem):
        assert sanhua() == problem
        assert sanhua(seed=1).volunteers != problem.volunteers

    def test_everything_has_its_name_in_chinese(self, problem):
        named = [*problem.skills, *problem.positions, *problem.units.units]
        assert all(each.label.zh for each in named)
        assert all(
            each.name != each.id and each.id.isascii() and not each.name.isascii() for each in problem.volunteers
        )

    def test_two_of_one_name_have_different_ids(self):
        people = sanhua(volunteers=1000).volunteers
        assert len({each.id for each in people}) == 1000 > len({each.name for each in people})
        assert len({each.name for each in people[:60]}) == 60

    def test_samplers_have_passed_both_exams_for_a_year_and_some_are_out_of_date(self):
        problem = sanhua(volunteers=300)
        held = [each for person in problem.volunteers for each in person.qualifications if each.skill == "sampling"]
        assert {each.assessed.value for each in held} == {"examined"}
        assert {(each.valid_until - each.valid_from).days for each in held} == {364}
        assert any(each.valid_until < problem.horizon.first_day for each in held)
        assert any(each.valid_from > problem.horizon.first_day for each in held)

    def test_some_minors_lack_consent(self):
        minors = [each for each in sanhua(volunteers=300).volunteers if each.age_on(date(2026, 3, 1)) < 18]
        assert {each.guardian_consent for each in minors} == {True, False}

    def test_nobody_served_before_who_could_not_or_twice_a_day(self, problem):
        days = Counter((duty.volunteer, duty.span.start.date()) for duty in problem.previous)
        assert set(days.values()) == {1}
        assert {day for _, day in days} == {date(2026, 2, 26), date(2026, 2, 27), date(2026, 2, 28)}
        for duty in problem.previous:
            needs = problem.position(duty.position).needs
            person, day = problem.volunteer(duty.volunteer), duty.span.start.date()
            assert all(person.meets(need, problem.providers[need.skill], day, day) for need in needs)

    @pytest.mark.parametrize(
        ("first_day", "days", "volunteers"),
        [(date(2028, 2, 29), 1, 7), (date(2000, 1, 1), 31, 1), (date(2100, 12, 31), 2, 3), (date(2026, 3, 31), 366, 0)],
    )
    def test_any_month_and_any_size_will_do(self, first_day, days, volunteers):
        problem = sanhua(3, first_day, days, volunteers)
        assert (problem.horizon.first_day, len(problem.horizon.days)) == (first_day, days)
        assert len(problem.volunteers) == volunteers


class TestTheMonth:
    @pytest.mark.parametrize("seed", range(3))
    def test_it_is_proven_best_in_two_seconds_of_a_processor(self, seed):
        problem = sanhua(seed)
        began = process_time()
        assert solve(problem).status is Status.OPTIMAL
        assert process_time() - began < 2

    def test_most_is_covered_and_what_is_not_says_why(self, problem, result):
        gaps = why_unfilled(problem, result.roster)
        places = sum(line.desired for _, line in problem.lines)
        assert 0 < sum(gap.wanted for gap in gaps) < 0.1 * places
        assert any(gap.missing for gap in gaps)
        assert all(gap.reasons for gap in gaps)

    def test_every_shift_is_a_piece_of_fair_share_long(self, problem):
        (fair,) = (rule for rule in problem.rules if isinstance(rule, FairShare))
        assert {shift.minutes for shift in problem.shifts} == {fair.piece}

    def test_nobody_comes_near_seven_days_in_a_row(self, problem, result):
        strict = attrs.evolve(problem, rules=[MostConsecutiveDays(days=5)])
        assert not check(strict, result.roster).violations


class TestBadArguments:
    @pytest.mark.parametrize(
        ("arguments", "field"),
        [
            ({"seed": -1}, "seed"),
            ({"seed": 1.0}, "seed"),
            ({"seed": None}, "seed"),
            ({"first_day": datetime(2026, 3, 1)}, "first_day"),
            ({"first_day": "2026-03-01"}, "first_day"),
            ({"first_day": date(1999, 12, 31)}, "first_day"),
            ({"first_day": date(2101, 1, 1)}, "first_day"),
            ({"days": 0}, "days"),
            ({"days": 367}, "days"),
            ({"days": True}, "days"),
            ({"volunteers": -1}, "volunteers"),
            ({"volunteers": 5001}, "volunteers"),
            ({"volunteers": float("nan")}, "volunteers"),
        ],
    )
    def test_the_argument_is_named_with_its_value(self, arguments, field):
        with pytest.raises(InputError) as caught:
            sanhua(**arguments)
        assert [fault.field for fault in caught.value.faults] == [field]
        assert repr(arguments[field])[:10] in str(caught.value)

    def test_all_of_them_are_named_at_once(self):
        with pytest.raises(InputError) as caught:
            sanhua(seed=-1, first_day=None, days=0, volunteers=-1)
        assert [fault.field for fault in caught.value.faults] == ["seed", "first_day", "days", "volunteers"]
