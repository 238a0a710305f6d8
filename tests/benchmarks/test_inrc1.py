import os
import random
from datetime import date, time
from itertools import product
from pathlib import Path

import attrs
import inrc1
import pytest
from _inrc1 import LIMITS, REQUESTS, WEEKENDS, WISHES, Contract, Instance, Nurse, Pattern, ShiftType, broken, cost
from _inrc1_xml import read
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assignment, InputError, Roster, check, solve

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CIVICVOL_DATA") or REPOSITORY.parent / "shared" / "data") / "inrc1"
with_real_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the instances of INRC-I are not in {DATA}")

EARLY = ShiftType(id="E", start=time(6, 30), end=time(14, 30))
LATE = ShiftType(id="L", start=time(14, 30), end=time(22, 30))
NIGHT = ShiftType(id="N", start=time(22, 30), end=time(6, 30))


def grid_of(*rows):
    """Return the roster that lines of one letter a day say, a dot for a free day."""
    return tuple(tuple("" if day == "." else day for day in row) for row in rows)


def roster_of(instance, grid):
    return Roster(
        [
            Assignment(volunteer=nurse.id, shift=f"{day} {shift}")
            for nurse, row in zip(instance.nurses, grid, strict=True)
            for day, shift in enumerate(row)
            if shift
        ]
    )


def alone(row, requests=None, skills=frozenset(), **contract):
    """Return an instance with one nurse, who can have any shift of any day; the first is Friday 1 January 2010."""
    types = {each.id: each for each in (EARLY, LATE, NIGHT)}
    return Instance(
        first_day=date(2010, 1, 1),
        days=len(row),
        types=types | {"H": attrs.evolve(EARLY, id="H", skills=frozenset({"Head", "Nurse"}))},
        contracts={"c": Contract(id="c", **contract)},
        nurses=(Nurse(id="n", contract="c", skills=skills),),
        cover={(day, shift): 1 for day in range(len(row)) for shift in "ELNH"},
        requests=requests or {},
    )


def assert_costs(instance, grid, expected):
    """Check that a roster costs so much by the competition's rules, and in all the same by civicvol's."""
    assert cost(instance, grid) == {name: each for name, each in expected.items() if each}
    assert check(inrc1.build(instance).problem, roster_of(instance, grid)).penalty == sum(expected.values())


class TestReckoning:
    def test_prices_every_nurse_by_their_contract(self):
        contracts = {
            "long": Contract(id="long", weights={"CompleteWeekends": 5}, weekend=(4, 5, 6)),
            "short": Contract(id="short", weights={"MaxNumAssignments": 2}, limits={"MaxNumAssignments": 1}),
        }
        nurses = (Nurse(id="a", contract="long"), Nurse(id="b", contract="short"), Nurse(id="c", contract="short"))
        requests = {("DayOff", "a", 0, ""): 4, ("DayOff", "c", 0, ""): 7}
        instance = attrs.evolve(alone("........"), contracts=contracts, nurses=nurses, requests=requests)
        # A works on one day of three of a weekend, and on all there is of the next; B has two shifts over one.
        grid = grid_of("E......N", "LL.L....", "........")
        assert_costs(instance, grid, {"CompleteWeekends": 10, "MaxNumAssignments": 4, "DayOff": 4})

    def test_names_what_is_broken(self):
        instance = attrs.evolve(alone("..."), cover={(0, "E"): 1, (1, "N"): 1, (2, "N"): 2})
        grid = grid_of("E.N")
        assert broken(instance, grid) == ["0 nurses at N on day 1, not 1", "1 nurses at N on day 2, not 2"]
        assert len(check(inrc1.build(instance).problem, roster_of(instance, grid)).hard) == 2

    @pytest.mark.parametrize(
        ("name", "limit", "row", "amount"),
        [
            ("MaxNumAssignments", 2, "E.E.....", 0),
            ("MaxNumAssignments", 2, "E.ELN...", 2),
            ("MinNumAssignments", 2, "E.E.....", 0),
            ("MinNumAssignments", 2, "E.......", 1),
            ("MinNumAssignments", 2, "........", 2),
            ("MaxConsecutiveWorkingDays", 2, "EE.LL.NN", 0),
            ("MaxConsecutiveWorkingDays", 2, "EEEE.LLL", 2 + 1),
            ("MaxConsecutiveWorkingDays", 0, "EEE.....", 3),
            ("MinConsecutiveWorkingDays", 3, "EEE.NNN.", 0),
            ("MinConsecutiveWorkingDays", 3, "EE..N..L", 1 + 2 + 2),
            ("MinConsecutiveWorkingDays", 3, "........", 0),
            ("MinConsecutiveWorkingDays", 0, "E.......", 0),
            ("MaxConsecutiveFreeDays", 2, "..E..E..", 0),
            ("MaxConsecutiveFreeDays", 2, "....EE...", 2 + 1),
            ("MaxConsecutiveFreeDays", 2, "........", 6),
            ("MaxConsecutiveFreeDays", 0, "EE..EE.E", 3),
            ("MinConsecutiveFreeDays", 3, "E...E...", 0),
            ("MinConsecutiveFreeDays", 3, ".E..E..EE.", 2 + 1 + 1 + 2),
            ("MinConsecutiveFreeDays", 9, "........", 1),
            # From Friday on, Saturdays are days 1, 8, 15, 22.
            ("MaxConsecutiveWorkingWeekends", 1, ".E......E" + "." * 8, 1),
            ("MaxConsecutiveWorkingWeekends", 1, ".E" + "." * 14 + "E", 0),
            ("MaxConsecutiveWorkingWeekends", 0, ".E......EE", 2),
            ("MinConsecutiveWorkingWeekends", 2, ".E......E" + "." * 8, 0),
            ("MinConsecutiveWorkingWeekends", 2, ".E" + "." * 14 + "E", 1 + 1),
            ("MinConsecutiveWorkingWeekends", 2, "." * 17, 0),
            ("MaxWorkingWeekendsInFourWeeks", 1, ".EE" + "." * 13 + "E" + "." * 11, 1),
            ("MaxWorkingWeekendsInFourWeeks", 2, ".EE" + "." * 13 + "E" + "." * 11, 0),
        ],
    )
    def test_limits(self, name, limit, row, amount):
        instance = alone(row, limits={name: limit}, weights={name: 3})
        assert_costs(instance, grid_of(row), {name: 3 * amount})

    @pytest.mark.parametrize(
        ("name", "weekend", "row", "amount"),
        [
            ("CompleteWeekends", "SaturdaySunday", "E..E....EL", 0),
            ("CompleteWeekends", "SaturdaySunday", ".E......" + ".E", 1 + 1),
            ("CompleteWeekends", "SaturdaySunday", "........E", 0),
            ("CompleteWeekends", "FridaySaturdaySunday", "EEE....", 0),
            ("CompleteWeekends", "FridaySaturdaySunday", "EE.....", 1),
            ("CompleteWeekends", "FridaySaturdaySunday", ".EE....", 1),
            ("CompleteWeekends", "FridaySaturdaySunday", "E......", 2),
            ("CompleteWeekends", "FridaySaturdaySunday", ".E.....", 2),
            ("CompleteWeekends", "FridaySaturdaySunday", "..E....", 2),
            ("CompleteWeekends", "FridaySaturdaySunday", "E.E....", 4),
            ("CompleteWeekends", "FridaySaturdaySundayMonday", "E..E...", 6),
            ("CompleteWeekends", "FridaySaturdaySundayMonday", "E.EE...", 5),
            ("IdenticalShiftTypesDuringWeekend", "SaturdaySunday", "LEE....", 0),
            ("IdenticalShiftTypesDuringWeekend", "SaturdaySunday", ".EL....", 2),
            ("IdenticalShiftTypesDuringWeekend", "SaturdaySunday", ".E.....", 1),
            ("IdenticalShiftTypesDuringWeekend", "FridaySaturdaySunday", "EEL....", 1 + 2),
            ("IdenticalShiftTypesDuringWeekend", "FridaySaturdaySunday", "ELE....", 1 + 2),
            ("IdenticalShiftTypesDuringWeekend", "FridaySaturdaySunday", "E.E....", 1),
            ("IdenticalShiftTypesDuringWeekend", "FridaySaturdaySunday", "E......", 2),
            ("IdenticalShiftTypesDuringWeekend", "FridaySaturdaySunday", "ELN....", 2 + 2 + 2),
            ("NoNightShiftBeforeFreeWeekend", "SaturdaySunday", "N......N.", 1),
            ("NoNightShiftBeforeFreeWeekend", "SaturdaySunday", "N......N..", 2),
            ("NoNightShiftBeforeFreeWeekend", "SaturdaySunday", "N.E....L..", 0),
            ("NoNightShiftBeforeFreeWeekend", "FridaySaturdaySunday", "N.....N...", 1),
            ("NoNightShiftBeforeFreeWeekend", "FridaySaturdaySunday", "N......", 0),
            ("TwoFreeDaysAfterNightShifts", "SaturdaySunday", "NN..NNN", 0),
            ("TwoFreeDaysAfterNightShifts", "SaturdaySunday", "NE...N.L", 2),
            ("TwoFreeDaysAfterNightShifts", "SaturdaySunday", "NNE...NEE", 2 + 1),
            ("TwoFreeDaysAfterNightShifts", "SaturdaySunday", "N..E..N", 0),
        ],
    )
    def test_weekends_and_nights(self, name, weekend, row, amount):
        instance = alone(row, weights={name: 2}, weekend=WEEKENDS[weekend])
        assert_costs(instance, grid_of(row), {name: 2 * amount})

    @pytest.mark.parametrize(
        ("steps", "weekday", "row", "times"),
        [
            (("L", "E"), None, "LELE.LLE", 3),
            (("E", "L", "E"), None, "ELELE.EL", 2),
            (("L", "E"), 4, "LELE...LE", 2),
            (("L", "E"), 5, "LELE...LE", 0),
            (("E", "E"), None, "EEE", 2),
            (("N", "None"), None, "N.NE.N", 1),
            (("N", "None", "None"), 4, "N......N..", 2),
            (("Any", "E"), None, "LE.NE.E", 2),
            (("None", "E"), None, ".E.L.E.", 2),
            # A free Friday, and work on Saturday, on Sunday, or on both.
            (("None", "Any", "Any"), 4, ".E......L" + ".", 2),
            (("None", "Any", "Any"), 4, "..E....." + ".E", 2),
            (("None", "Any", "Any"), 4, ".EE....EEE", 1),
            (("None", "Any", "Any"), 4, "E......" + "..", 0),
            (("None", "Any", "Any"), 4, "E.......E", 1),
            (("None", "Any"), None, ".E..LL.E", 3),
        ],
    )
    def test_unwanted_patterns(self, steps, weekday, row, times):
        pattern = Pattern(steps=steps, weekday=weekday, weight=4)
        assert_costs(alone(row, patterns=(pattern,)), grid_of(row), {"UnwantedPatterns": 4 * times})
        assert_costs(alone(row, patterns=(pattern, pattern)), grid_of(row), {"UnwantedPatterns": 8 * times})

    @pytest.mark.parametrize(
        ("request_", "row", "price"),
        [
            (("DayOff", "n", 1, ""), "E.E", 0),
            (("DayOff", "n", 1, ""), ".E.", 5),
            (("DayOn", "n", 1, ""), ".L.", 0),
            (("DayOn", "n", 1, ""), "E.E", 5),
            (("ShiftOff", "n", 1, "E"), ".E.", 5),
            (("ShiftOff", "n", 1, "E"), ".L.", 0),
            (("ShiftOn", "n", 1, "E"), ".E.", 0),
            (("ShiftOn", "n", 1, "E"), ".L.", 5),
            (("ShiftOn", "n", 1, "E"), "...", 5),
        ],
    )
    def test_requests(self, request_, row, price):
        assert_costs(alone(row, requests={request_: 5}), grid_of(row), {request_[0]: price})

    @pytest.mark.parametrize(
        ("skills", "price"), [(set(), 12), ({"Head"}, 12), ({"Nurse", "Head"}, 0), ({"Nurse", "Head", "Chief"}, 0)]
    )
    def test_skills(self, skills, price):
        instance = alone("EHH", skills=frozenset(skills), weights={"AlternativeSkillCategory": 6})
        assert_costs(instance, grid_of("EHH"), {"AlternativeSkillCategory": price})

    def test_wishes_that_are_the_same_add_up(self):
        pattern = Pattern(steps=("N", "None", "None"), weekday=4, weight=2)
        instance = alone("N......", weights={"NoNightShiftBeforeFreeWeekend": 3}, patterns=(pattern,))
        assert_costs(instance, grid_of("N......"), {"NoNightShiftBeforeFreeWeekend": 3, "UnwantedPatterns": 2})


@st.composite
def instances(draw, most_cells=24):
    """Draw a small instance, with at most so many cells of nurse and day."""
    days = draw(st.integers(1, min(12, most_cells)))
    types = draw(st.lists(st.sampled_from([EARLY, LATE, NIGHT]), min_size=1, max_size=3, unique=True))
    skills = st.frozensets(st.sampled_from("AB"))
    types = {each.id: attrs.evolve(each, skills=draw(skills)) for each in types}
    steps = st.lists(st.sampled_from(["Any", "None", *types]), min_size=2, max_size=4).filter(
        lambda steps: set(steps) != {"None"}
    )
    patterns = st.builds(
        Pattern,
        steps=steps.map(tuple),
        weekday=st.none() | st.integers(0, 6),
        weight=st.integers(0, 3),
    )
    weights = st.dictionaries(st.sampled_from(WISHES), st.integers(1, 9))
    contracts = [
        Contract(
            id=id,
            limits=limits,
            weights=draw(weights) | {name: draw(st.integers(1, 9)) for name in limits},
            weekend=draw(st.sampled_from(sorted(WEEKENDS.values()))),
            patterns=tuple(draw(st.lists(patterns, max_size=3))),
        )
        for id in "cd"
        for limits in [draw(st.dictionaries(st.sampled_from(LIMITS), st.integers(0, 4), max_size=5))]
    ]
    nurses = tuple(
        Nurse(id=f"n{number}", contract=draw(st.sampled_from("cd")), skills=draw(skills))
        for number in range(draw(st.integers(1, min(3, most_cells // days))))
    )
    cells = [(day, shift) for day in range(days) for shift in types]
    requests = st.tuples(
        st.sampled_from(REQUESTS), st.sampled_from([each.id for each in nurses]), st.sampled_from(cells)
    ).map(lambda each: (each[0], each[1], each[2][0], each[2][1] if each[0].startswith("Shift") else ""))
    return Instance(
        first_day=date(2010, 1, draw(st.integers(1, 7))),
        days=days,
        types=types,
        contracts={each.id: each for each in contracts},
        nurses=nurses,
        cover=draw(st.dictionaries(st.sampled_from(cells), st.integers(1, 2))),
        requests=draw(st.dictionaries(requests, st.integers(1, 9), max_size=6)),
    )


def choices(instance):
    """Return for each day what a nurse may do on it."""
    return [("", *(shift for each, shift in instance.cover if each == day)) for day in range(instance.days)]


class TestTelling:
    @given(instances(), st.data())
    def test_any_roster_costs_and_breaks_what_the_competition_says(self, instance, data):
        row = st.tuples(*map(st.sampled_from, choices(instance)))
        grid = data.draw(st.tuples(*[row] * len(instance.nurses)))
        case = inrc1.build(instance)
        report = check(case.problem, roster_of(instance, grid))
        assert (report.penalty, len(report.hard)) == (*case.price(grid),)
        assert case.price(grid) == (sum(cost(instance, grid).values()), len(broken(instance, grid)))
        assert case.grid(roster_of(instance, grid)) == grid

    @given(instances(most_cells=6))
    def test_what_is_solved_is_best_by_the_competition(self, instance):
        rows = list(product(*choices(instance)))
        grids = [grid for grid in product(rows, repeat=len(instance.nurses)) if not broken(instance, grid)]
        result = solve(inrc1.build(instance).problem, engine="highs", time_limit=20)
        if grids:
            best = min(sum(cost(instance, grid).values()) for grid in grids)
            assert result.objective == pytest.approx(best, abs=1e-6)
            assert result.bound <= best + 1e-6
        else:
            assert result.roster is None

    def test_refuses_what_cannot_be_told(self):
        weekends = {"MaxWorkingWeekendsInFourWeeks": 1}
        with pytest.raises(
            ValueError, match="contract 'c' limits weekends in four weeks, and there are more than four"
        ):
            inrc1.build(alone("." * 30, limits=weekends, weights=weekends))
        with pytest.raises(ValueError, match="contract 'c' has an unwanted pattern of nothing but free days"):
            inrc1.build(alone("...", patterns=(Pattern(steps=("None", "None")),)))
        with pytest.raises(InputError, match="weight"):
            inrc1.build(alone("...", weights={"CompleteWeekends": 10**7}))


@with_real_data
class TestRealData:
    @pytest.mark.parametrize("name", ["sprint01", "sprint_late01", "medium_late02", "long01"])
    def test_rosters_of_real_instances_cost_the_same(self, name):
        instance = read(DATA / f"{name}.xml")
        case = inrc1.build(instance)
        draw = random.Random(name)
        grid = [[""] * instance.days for _ in instance.nurses]
        for day in range(instance.days):
            asked = [shift for (each, shift), number in instance.cover.items() if each == day for _ in range(number)]
            for row, shift in zip(draw.sample(grid, len(asked)), asked, strict=True):
                row[day] = shift
        report = check(case.problem, roster_of(instance, grid))
        assert report.feasible
        assert (report.penalty, 0) == case.price(tuple(map(tuple, grid)))
