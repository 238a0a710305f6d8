import csv
import json
import os
from itertools import product
from pathlib import Path

import _curtois
import attrs
import curtois
import pytest
from _curtois import Cover, Instance, ShiftType, Staff
from _outside import run
from hypothesis import assume, given
from hypothesis import strategies as st

from civicvol import Assignment, Roster, Status, check, solve

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CIVICVOL_DATA") or REPOSITORY.parent / "shared" / "data") / "curtois"
with_real_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the instances of Curtois and Qu are not in {DATA}")

TEXT = """\
# Two people, nine days, two types of shift.
SECTION_HORIZON
# The horizon length in days:
9

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,480,
L,600,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, ...
A,E=9|L=2,3000,960,3,2,2,1
B,E=9|L=0,4320,0,5,1,1,2

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
A,2,E,3
B,2,L,2

SECTION_SHIFT_OFF_REQUESTS
B,3,E,5

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
2,E,1,100,1
3,E,3,100,1
3,L,0,10,7
8,L,2,0,4
"""
INSTANCE = Instance(
    days=9,
    types=(ShiftType(id="E", minutes=480), ShiftType(id="L", minutes=600, not_next=frozenset({"E"}))),
    staff=(
        Staff(
            id="A",
            most_shifts={"E": 9, "L": 2},
            most_minutes=3000,
            least_minutes=960,
            most_in_a_row=3,
            least_in_a_row=2,
            least_days_off=2,
            most_weekends=1,
            days_off=frozenset({0}),
        ),
        Staff(
            id="B",
            most_shifts={"E": 9, "L": 0},
            most_minutes=4320,
            least_minutes=0,
            most_in_a_row=5,
            least_in_a_row=1,
            least_days_off=1,
            most_weekends=2,
        ),
    ),
    wanted={("A", 2, "E"): 3.0, ("B", 2, "L"): 2.0},
    unwanted={("B", 3, "E"): 5.0},
    cover={
        (2, "E"): Cover(needed=1, under=100, over=1),
        (3, "E"): Cover(needed=3, under=100, over=1),
        (3, "L"): Cover(needed=0, under=10, over=7),
        (8, "L"): Cover(needed=2, under=0, over=4),
    },
)
A, B = INSTANCE.staff
AT_EASE = Staff(
    id="C",
    most_shifts={},
    most_minutes=90_000,
    least_minutes=0,
    most_in_a_row=99,
    least_in_a_row=0,
    least_days_off=0,
    most_weekends=99,
)


def grid_of(*rows):
    """Return the roster that lines of one letter a day say, a dot for a free day."""
    return tuple(tuple("" if day == "." else day for day in row) for row in rows)


def roster_of(instance, grid):
    return Roster(
        [
            Assignment(volunteer=member.id, shift=f"{day} {shift}")
            for member, row in zip(instance.staff, grid, strict=True)
            for day, shift in enumerate(row)
            if shift
        ]
    )


class TestReading:
    def test_reads_every_section(self):
        assert _curtois.parse(TEXT) == INSTANCE

    def test_reads_what_is_laid_out_otherwise(self):
        lines = TEXT.replace(",", " , ").replace("|", " | ").splitlines()
        assert _curtois.parse("\r\n".join(f" {line},, " for line in lines)) == INSTANCE

    def test_reads_sections_in_any_order_and_in_pieces(self):
        sections = [f"SECTION_{each}" for each in TEXT.split("SECTION_")[1:]]
        assert _curtois.parse("\n".join(reversed(sections)) + "SECTION_STAFF\n") == INSTANCE

    def test_needs_no_more_than_days_shifts_and_staff(self):
        found = _curtois.parse("SECTION_HORIZON\n7\nSECTION_SHIFTS\nSECTION_STAFF\nA,,0,0,0,0,0,0\nSECTION_COVER\n")
        assert (found.days, found.types, found.staff[0].most_shifts, found.cover) == (7, (), {}, {})

    def test_adds_up_wishes_for_one_shift(self):
        found = _curtois.parse(TEXT.replace("A,2,E,3", "A,2,E,3\nA,2,E,0.5"))
        assert found.wanted["A", 2, "E"] == 3.5

    def test_reads_a_file(self, tmp_path):
        path = tmp_path / "small.txt"
        path.write_text(TEXT, encoding="utf-8-sig")
        assert _curtois.read(path) == INSTANCE
        path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(ValueError, match="is not text in UTF-8"):
            _curtois.read(path)

    @pytest.mark.parametrize(
        ("right", "wrong", "message"),
        [
            ("SECTION_HORIZON", "SECTION_WEATHER", "line 2: there is no section 'WEATHER'"),
            ("# Two people", "Two people", "line 1: is in no section; is this an instance of Curtois and Qu?"),
            ("SECTION_STAFF", "SECTION_COVER", "has no SECTION_STAFF"),
            ("\n9\n", "\n9\n9\n", "SECTION_HORIZON must have one line"),
            ("\n9\n", "\n\n", "SECTION_HORIZON must have one line"),
            ("\n9\n", "\n0\n", "line 4: '0' must be a whole number from 1 to"),
            ("\n9\n", "\nnine\n", "line 4: 'nine' must be a whole number"),
            ("L,600,E", "L,600,E,E", "line 9: needs 2 to 3 values, but has 4"),
            ("L,600,E", "L", "line 9: needs 2 to 3 values, but has 1"),
            ("L,600,E", "L,600,N", "line 9: there is no shift 'N'"),
            ("L,600,E", "E,600", "line 9: the shift 'E' is there already"),
            ("L,600,E", ",600", "line 9: the shift has no id"),
            ("L,600,E", "L,1441", "line 9: '1441' must be a whole number from 1 to 1,440"),
            ("L,600,E", "L,-60", "line 9: '-60' must be"),
            ("L=2", "L", "line 13: 'L' must be like E=14"),
            ("L=2", "N=2", "line 13: there is no shift 'N'"),
            ("L=2", "L=", "line 13: '' must be"),
            ("2,2,1", "2,2", "line 13: needs 8 values, but has 7"),
            ("B,E=9", "A,E=9", "line 14: the staff member 'A' is there already"),
            ("A,0\n", "C,0\n", "line 17: there is no staff member 'C'"),
            ("A,0\n", "A,9\n", "line 17: '9' must be a whole number from 0 to 8"),
            ("A,2,E,3", "A,2,E", "line 20: needs 4 values, but has 3"),
            ("A,2,E,3", "A,9,E,3", "line 20: '9' must be"),
            ("A,2,E,3", "A,2,N,3", "line 20: there is no shift 'N'"),
            ("A,2,E,3", "A,2,E,-3", "line 20: '-3' must be a number from 0"),
            ("A,2,E,3", "A,2,E,nan", "line 20: 'nan' must be a number from 0"),
            ("A,2,E,3", "A,2,E,much", "line 20: 'much' must be a number from 0"),
            ("3,E,3,100", "2,E,3,100", "line 29: the shift 'E' of day 2 has its cover already"),
            ("8,L,2,0,4", "8,L,2,0,inf", "line 31: 'inf' must be"),
            ("8,L,2,0,4", "8,L,2.5,0,4", "line 31: '2.5' must be"),
        ],
    )
    def test_says_what_is_wrong_and_where(self, right, wrong, message):
        assert right in TEXT
        with pytest.raises(ValueError, match="^" + message.replace("?", r"\?")):
            _curtois.parse(TEXT.replace(right, wrong, 1))

    def test_says_which_sections_are_missing(self):
        with pytest.raises(ValueError, match=r"^has no SECTION_SHIFTS and no SECTION_STAFF$"):
            _curtois.parse("SECTION_HORIZON\n7\n")


class TestReckoning:
    @pytest.mark.parametrize(
        ("rows", "cost"),
        [
            # Wishes 3 and 2; one missing at 100 on day 2, three on day 3; two missing on day 8 for nothing.
            ((".........", "........."), 3 + 2 + 100 + 300),
            # A's wish is met, and with it the cover of day 2.
            (("..E......", "........."), 2 + 300),
            # One too many on day 2; B works on day 3 and wished not to; one of three is there.
            (("..EL.....", "..EE....."), 2 + 1 + 5 + 200 + 7),
            # Day 8 has one; work on day 5 is not asked for, and free.
            (("..E..E..L", "........."), 2 + 300),
        ],
    )
    def test_prices_wishes_and_cover(self, rows, cost):
        assert _curtois.cost(INSTANCE, grid_of(*rows)) == cost
        assert check(curtois.build(INSTANCE).problem, roster_of(INSTANCE, grid_of(*rows))).penalty == cost

    @pytest.mark.parametrize(
        ("member", "row", "found"),
        [
            (A, ".EEE..EE.", []),
            (A, "EEE......", ["work on day 0, a day off"]),
            (A, ".EEEE....", ["4 days of work in a row from day 1"]),
            (A, ".E.......", ["480 minutes", "1 days of work in a row from day 1"]),
            (A, ".EE.EE...", ["1 days off in a row from day 3"]),
            (A, ".......EE", []),
            (A, "..EE....E", []),
            (A, ".LL...LL.", ["4 shifts L"]),
            (A, ".LE......", ["E on day 2 must not follow L"]),
            (A, ".EL......", []),
            (B, "EEEEE.EE.", []),
            (B, "EEEEEE.EE", ["6 days of work in a row from day 0"]),
            (B, "......L..", ["1 shifts L"]),
            (B, "EEEE.EEEE", []),
            (B, ".........", []),
        ],
    )
    def test_finds_what_is_broken(self, member, row, found):
        alone = Instance(days=9, types=INSTANCE.types, staff=(member,))
        assert _curtois.broken(alone, grid_of(row)) == [f"{member.id}: {text}" for text in found]
        assert check(curtois.build(alone).problem, roster_of(alone, grid_of(row))).feasible == (not found)

    @pytest.mark.parametrize(
        ("limits", "row", "good"),
        [
            ({"most_minutes": 1440}, "EEE......", True),
            ({"most_minutes": 1439}, "EEE......", False),
            ({"least_minutes": 1440}, "EEE......", True),
            ({"least_minutes": 1441}, "EEE......", False),
            ({"most_weekends": 1}, ".....EE..", True),
            ({"most_weekends": 0}, ".....E...", False),
            ({"most_weekends": 0}, "......E..", False),
            ({"most_weekends": 0}, "EEEEE..EE", True),
            ({"most_weekends": 1}, ".....E....E...", True),
            ({"most_weekends": 1}, "......E.....E", False),
            ({"most_weekends": 1}, ".....E.......E", False),
            ({"most_weekends": 0}, "....E..", True),
            ({"most_weekends": 1}, "....." + "E" + "." * 27 + "E.", False),  # day 33 is in another month
            ({"most_minutes": 960}, "E" + "." * 33 + "EE", False),
            ({"least_minutes": 960}, "E" + "." * 33 + "E", True),
            ({"most_shifts": {"E": 2}}, "E" + "." * 33 + "EE", False),
            ({"least_minutes": 4320}, "DDD", True),
            ({"least_minutes": 10**9}, "DDD", False),
            ({"most_in_a_row": 0}, ".........", True),
            ({"most_in_a_row": 0}, "....E....", False),
            ({"most_in_a_row": 2}, "EE.EE.EE.", True),
            ({"least_in_a_row": 3}, "EE.EEE.EE", True),
            ({"least_in_a_row": 3}, "EE.EE.EEE", False),
            ({"least_in_a_row": 99}, "EE.....EE", True),
            ({"least_in_a_row": 99}, ".EEEEEEE.", False),
            ({"least_days_off": 3}, "..E...E..", True),
            ({"least_days_off": 3}, "..E..EE..", False),
            ({"least_days_off": 99}, "..EEEEE..", True),
            ({"most_shifts": {"E": 2}}, "EELL.....", True),
            ({"most_shifts": {"E": 2}}, "EEE......", False),
            ({"days_off": frozenset({1, 8})}, "E.EEEEEE.", True),
            ({"days_off": frozenset({1, 8})}, "........E", False),
        ],
    )
    def test_keeps_to_each_limit_and_no_other(self, limits, row, good):
        types = (*INSTANCE.types, ShiftType(id="D", minutes=1440))
        alone = Instance(days=len(row), types=types, staff=(attrs.evolve(AT_EASE, **limits),))
        assert (not _curtois.broken(alone, grid_of(row))) is good
        assert check(curtois.build(alone).problem, roster_of(alone, grid_of(row))).feasible is good


PRICES = st.sampled_from([0, 0.5, 1, 7, 100])


@st.composite
def instances(draw, most_cells=27):
    """Draw a small instance, with at most so many cells of staff and day."""
    days = draw(st.integers(1, min(9, most_cells)))
    names = draw(st.lists(st.sampled_from("ELN"), min_size=1, max_size=3, unique=True))
    types = [
        ShiftType(
            id=name,
            minutes=draw(st.sampled_from([240, 480, 1440])),
            not_next=draw(st.frozensets(st.sampled_from(names), max_size=2)),
        )
        for name in names
    ]
    staff = [
        Staff(
            id=f"p{number}",
            most_shifts=draw(st.dictionaries(st.sampled_from(names), st.integers(0, 9))),
            most_minutes=draw(st.sampled_from([960, 2400, 10**9])),
            least_minutes=draw(st.sampled_from([0, 0, 480, 960])),
            most_in_a_row=draw(st.sampled_from([0, 1, 2, 3, 9, 99])),
            least_in_a_row=draw(st.sampled_from([0, 1, 2, 3, 99])),
            least_days_off=draw(st.sampled_from([0, 1, 2, 3, 99])),
            most_weekends=draw(st.integers(0, 2)),
            days_off=draw(st.frozensets(st.integers(0, days - 1), max_size=2)),
        )
        for number in range(draw(st.integers(0, min(3, most_cells // days))))
    ]
    places = st.tuples(st.integers(0, days - 1), st.sampled_from(names))
    wishes = st.just({})
    if staff:
        people = st.sampled_from([member.id for member in staff])
        wishes = st.dictionaries(
            st.tuples(people, st.integers(0, days - 1), st.sampled_from(names)), PRICES, max_size=6
        )
    cover = st.builds(Cover, needed=st.integers(0, 3), under=PRICES, over=PRICES)
    return Instance(
        days=days,
        types=tuple(types),
        staff=tuple(staff),
        wanted=draw(wishes),
        unwanted=draw(wishes),
        cover=draw(st.dictionaries(places, cover, max_size=8)),
    )


class TestTelling:
    @given(instances(), st.data())
    def test_any_roster_costs_and_breaks_what_the_benchmark_says(self, instance, data):
        cells = st.sampled_from(["", *(each.id for each in instance.types)])
        row = st.tuples(*[cells] * instance.days)
        grid = data.draw(st.tuples(*[row] * len(instance.staff)))
        report = check(curtois.build(instance).problem, roster_of(instance, grid))
        assert report.penalty == pytest.approx(_curtois.cost(instance, grid), abs=1e-9)
        found = {text.split(":")[0] for text in _curtois.broken(instance, grid)}
        assert {name for each in report.hard for name in each.volunteers} == found

    @given(instances(most_cells=7))
    def test_what_is_solved_is_the_best_of_all_rosters(self, instance):
        ids = ["", *(each.id for each in instance.types)]
        assume(len(ids) ** (instance.days * len(instance.staff)) <= 3_000)
        rows = list(product(ids, repeat=instance.days))
        rosters = product(rows, repeat=len(instance.staff))
        costs = [_curtois.cost(instance, grid) for grid in rosters if not _curtois.broken(instance, grid)]
        case = curtois.build(instance)
        result = solve(case.problem, engine="highs")
        assert result.status is (Status.OPTIMAL if costs else Status.INFEASIBLE)
        if costs:
            assert result.objective == pytest.approx(min(costs), abs=1e-6)
            assert case.price(case.grid(result.roster)) == (pytest.approx(result.objective, abs=1e-6), 0)

    def test_nobody_has_two_shifts_on_one_day(self):
        instance = Instance(days=1, types=INSTANCE.types, staff=(AT_EASE,))
        roster = Roster([Assignment(volunteer="C", shift=shift) for shift in ("0 E", "0 L")])
        (found,) = check(curtois.build(instance).problem, roster).hard
        assert found.rule == "MostShifts"


class TestCommand:
    def solved(self, capsys, *arguments):
        code = run("Instances.", _curtois.read, curtois.build, [*map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    @pytest.fixture
    def small(self, tmp_path):
        path = tmp_path / "small.txt"
        path.write_text(TEXT)
        return path

    def test_prints_figures_and_writes_a_roster(self, capsys, small, tmp_path):
        code, out, _ = self.solved(capsys, small, "--engine", "highs", "--json", "--out", tmp_path / "out")
        (found,) = json.loads(out)
        seconds = found.pop("seconds")
        with (tmp_path / "out" / "small.csv").open(newline="") as file:
            grid = tuple(map(tuple, csv.reader(file)))
        # A works on day 2, B's wish for L cannot be, and day 3 has A and B: one missing at 100, B's wish off at 5.
        assert found == {
            "instance": "small",
            "engine": "highs",
            "status": "optimal",
            "objective": 107.0,
            "bound": 107.0,
            "hard_violations": 0,
        }
        assert (code, len(grid), {len(row) for row in grid}) == (0, 2, {9})
        assert (_curtois.cost(INSTANCE, grid), _curtois.broken(INSTANCE, grid)) == (107.0, [])
        assert 0 < seconds < 60

    @pytest.mark.parametrize(
        ("right", "wrong", "message"),
        [("L,600,E", "L,600,N", "there is no shift 'N'"), ("8,L,2,0,4", "8,L,2,0,1e7", "must be from 0.001 to 1e+06")],
    )
    def test_refuses_a_file_it_cannot_use(self, capsys, small, right, wrong, message):
        small.write_text(TEXT.replace(right, wrong))
        code, out, error = self.solved(capsys, small, "--json")
        assert (code, out) == (2, "")
        assert message in error

    def test_refuses_a_file_that_is_not_there(self, capsys, tmp_path):
        code, _, error = self.solved(capsys, tmp_path / "none.txt")
        assert code == 2
        assert "none.txt: No such file" in error


@with_real_data
class TestPublishedInstances:
    def best_known(self):
        with (DATA / "best_known.csv").open(newline="") as file:
            return list(csv.DictReader(file))

    def test_are_read_whole(self):
        for row in self.best_known():
            instance = _curtois.read(DATA / f"Instance{row['instance']}.txt")
            sizes = len(instance.staff), len(instance.types), instance.days
            assert sizes == (int(row["staff"]), int(row["shift_types"]), int(row["days"]))
            assert len(instance.cover) == instance.days * len(instance.types)

    @pytest.mark.parametrize(("number", "seconds"), [("1", 60), ("4", 5), ("8", 5)])
    def test_have_no_roster_better_than_the_best_known(self, number, seconds):
        best = next(float(row["best_known_cost"]) for row in self.best_known() if row["instance"] == number)
        case = curtois.build(_curtois.read(DATA / f"Instance{number}.txt"))
        result = solve(case.problem, engine="highs", time_limit=seconds)
        assert result.bound <= best + 1e-6
        if result.roster is not None:
            assert case.price(case.grid(result.roster)) == (result.objective, 0)
            assert result.objective >= best
        if result.status is Status.OPTIMAL:
            assert result.objective == best
