import importlib.util
import json
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from civicvol import Assignment, Roster, Status, rules

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CIVICVOL_DATA") or REPOSITORY.parent / "shared" / "data") / "emf2024"
PATH = REPOSITORY / "examples" / "emf_camp.py"

with_real_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the exports of EMF Camp 2024 are not in {DATA}")


@pytest.fixture(scope="module")
def emf():
    spec = importlib.util.spec_from_file_location("emf_camp", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(role, start, end, least=1, most=2, **more):
    return {
        "role": role,
        "venue": "Tent",
        "start": f"2022-06-0{start}:00",
        "end": f"2022-06-0{end}:00",
        "min_needed": least,
        "max_needed": most,
        **more,
    }


BAR, GATE, CYBAR = (
    row("Bar", "3 10:00", "3 12:00", 2, 4, signed_up=1),
    row("Gate", "3 11:45", "3 14:00", 1, 1, signed_up=3),
    row("CYBAR", "4 22:50", "5 01:00", 0, 2, signed_up=0),
)
HISTOGRAM = {"0": 10, "1": 20, "2": 8, "3": 2}
ROLES = {
    "Bar": {"interested_volunteers": 21, "trained_volunteers": 15},
    "CYBAR": {"interested_volunteers": 12, "trained_volunteers": 15},
    "Gate": {"interested_volunteers": 30},
}


@pytest.fixture
def folder(tmp_path):
    """Return a function that writes the exports of a small event."""

    def write(shifts=(BAR, GATE, CYBAR), histogram=HISTOGRAM, roles=ROLES, **more):
        (tmp_path / "Shift.json").write_text(json.dumps(shifts))
        (tmp_path / "Volunteer.json").write_text(json.dumps({"shift_histogram": histogram, **more}))
        if roles is not None:
            (tmp_path / "Role.json").write_text(json.dumps({"roles": roles}))
        return tmp_path

    return write


@pytest.fixture
def run(emf, capsys):
    """Return a function that runs the example and returns its exit status, what it printed and its complaint."""

    def run(*arguments):
        status = emf.main(list(map(str, arguments)))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def willingness(problem):
    return Counter(each.limits[0].shifts for each in problem.volunteers)


def holders(problem, skill):
    return {each.id for each in problem.volunteers if skill in {held.skill for held in each.qualifications}}


def assert_totals_met(emf, event, problem, roles):
    for role, facts in roles.items():
        interested = holders(problem, emf.interest_in(role))
        trained = holders(problem, emf.training_for(role))
        assert len(interested) == facts["interested_volunteers"]
        assert len(trained) == facts.get("trained_volunteers", 0)
        asked = {need.skill for need in problem.position(role).needs}
        assert (emf.training_for(role) in asked) == ("trained_volunteers" in facts)
        assert emf.interest_in(role) in asked


class TestTheDraw:
    @pytest.mark.parametrize("seed", range(3))
    def test_every_published_total_is_met_exactly(self, emf, folder, seed):
        event = emf.read_event(folder())
        problem = emf.build_problem(event, seed)
        assert willingness(problem) == {int(taken): count for taken, count in HISTOGRAM.items()}
        assert_totals_met(emf, event, problem, ROLES)

    def test_bar_and_cybar_share_the_trained_who_are_interested_where_possible(self, emf, folder):
        problem = emf.build_problem(emf.read_event(folder()), 0)
        trained = holders(problem, emf.training_for("Bar"))
        assert trained == holders(problem, emf.training_for("CYBAR"))
        bar, cybar = (holders(problem, emf.interest_in(role)) for role in ("Bar", "CYBAR"))
        assert trained >= bar & cybar
        assert trained <= bar | cybar

    def test_they_do_not_share_where_the_numbers_differ(self, emf, folder):
        roles = {**ROLES, "CYBAR": {"interested_volunteers": 12, "trained_volunteers": 5}}
        problem = emf.build_problem(emf.read_event(folder(roles=roles)), 0)
        assert len(holders(problem, emf.training_for("CYBAR"))) == 5
        assert holders(problem, emf.training_for("CYBAR")) <= holders(problem, emf.interest_in("CYBAR"))

    def test_more_trained_than_interested_are_drawn_among_the_others_too(self, emf, folder):
        roles = {**ROLES, "Gate": {"interested_volunteers": 3, "trained_volunteers": 7}}
        problem = emf.build_problem(emf.read_event(folder(roles=roles)), 0)
        trained = holders(problem, emf.training_for("Gate"))
        assert len(trained) == 7
        assert trained > holders(problem, emf.interest_in("Gate"))

    def test_the_keen_are_interested_more_often(self, emf, folder):
        event = emf.read_event(folder(histogram={"0": 200, "9": 200}, roles={"Gate": {"interested_volunteers": 100}}))
        problem = emf.build_problem(event, 0)
        interested = holders(problem, emf.interest_in("Gate"))
        keen = {each.id for each in problem.volunteers if each.limits[0].shifts}
        assert 75 < len(interested & keen) < 100

    def test_the_same_seed_draws_the_same_people(self, emf, folder):
        event = emf.read_event(folder())
        assert emf.build_problem(event, 1) == emf.build_problem(event, 1) != emf.build_problem(event, 2)

    def test_everybody_sleeps_eight_hours_between_two_days(self, emf, folder):
        problem = emf.build_problem(emf.read_event(folder(shifts=[BAR, row("Bar", "6 10:00", "6 12:00")])), 0)
        for each in problem.volunteers:
            spans = each.availability.offered
            assert spans
            gaps = [
                (after.start_minute - before.end_minute, problem.day_of(before) != problem.day_of(after))
                for before, after in pairwise(spans)
            ]
            assert all(minutes >= 480 for minutes, overnight in gaps if overnight)


class TestOtherYears:
    def test_without_roles_interest_follows_the_share_of_places(self, emf, folder):
        event = emf.read_event(folder(roles=None))
        assert event.trained == {}
        assert event.interested == {"Bar": 40, "CYBAR": 40, "Gate": round(4 * 40 / 7)}

    def test_without_a_total_the_histogram_counts_and_a_larger_total_adds_people_who_took_none(self, emf, folder):
        assert len(emf.read_event(folder()).willing) == 40
        event = emf.read_event(folder(total_volunteers=45))
        assert Counter(event.willing) == {0: 15, 1: 20, 2: 8, 3: 2}

    def test_a_maximum_below_the_minimum_takes_the_minimum(self, emf, folder):
        (shift,) = emf.read_event(folder(shifts=[row("Bar", "3 10:00", "3 12:00", 2, 0)])).shifts
        assert (shift.cover[0].minimum, shift.cover[0].maximum) == (2, 2)

    def test_times_are_on_the_event_s_clock_and_days_begin_at_five(self, emf, folder):
        event = emf.read_event(folder(shifts=[row("Bar", "4 02:00", "4 04:00")]))
        problem = emf.build_problem(event, 0)
        assert str(problem.horizon.first_day) == "2022-06-03"
        assert event.shifts[0].span.start.utcoffset().total_seconds() == 3600

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (row("Bar", "3 10:00", "3 10:00"), "does not end after it begins"),
            (row("Bar", "3 10:00", "3 09:00"), "does not end after it begins"),
            (row("Bar", "3 25:00", "3 12:00"), "hour must be in 0..23"),
            (row("Bar", "3 10:00", "3 12:00", -1, 2), "minimum"),
            (row("Bar", "3 10:00", "3 12:00", "many", 2), "'str'"),
            ({"role": "Bar", "min_needed": 1}, "it has no 'start'"),
        ],
    )
    def test_a_shift_that_cannot_be_is_left_out_with_its_reason(self, emf, folder, wrong, words):
        event = emf.read_event(folder(shifts=[wrong, GATE]))
        assert [shift.position for shift in event.shifts] == ["Gate"]
        (reason,) = event.left_out
        assert reason.startswith("shift 1, Bar")
        assert words in reason


class TestWhatIsPrinted:
    def test_json_is_one_object_with_the_figures(self, run, folder):
        status, printed, _ = run(folder(), "--json", "--seed", 1)
        found = json.loads(printed)
        assert status == 0
        assert found["status"] == Status.OPTIMAL
        assert found["minimum_total"] == 3
        assert 0 <= found["minimum_met"] <= 3
        assert found["hard_violations"] == 0
        assert found["bound"] == found["objective"]
        assert found["gap"] == 0
        assert found["seconds"] > 0
        assert sum(found["load"].values()) == 40

    def test_the_real_outcome_is_reckoned_from_the_files(self, run, folder):
        real = json.loads(run(folder(), "--json")[1])["real"]
        assert real["minimum_met"] == 1 + 1 + 0
        assert real["shifts_under_minimum"] == 1
        assert real["places_filled"] == 4
        assert real["load"] == HISTOGRAM

    def test_places_of_a_shift_left_out_are_not_met(self, run, folder):
        found = json.loads(run(folder(shifts=[GATE, row("Bar", "3 10:00", "3 10:00", 5, 5)]), "--json")[1])
        assert found["minimum_total"] == 6
        assert found["minimum_met"] <= 1
        assert found["shifts_under_minimum"] == 2 - found["minimum_met"]
        assert len(found["left_out"]) == 1

    def test_the_table_has_both_outcomes(self, run, folder):
        status, printed, _ = run(folder(shifts=[BAR, GATE, row("Bar", "3 10:00", "3 10:00")]))
        assert status == 0
        assert "self sign-up" in printed
        assert "left out: shift 3" in printed
        assert "0 hard rules broken" in printed

    def test_a_file_that_does_not_say_who_signed_up_leaves_the_real_outcome_open(self, run, folder):
        shifts = [row("Bar", "3 10:00", "3 12:00")]
        assert json.loads(run(folder(shifts=shifts), "--json")[1])["real"] is None
        assert "not known" in run(folder(shifts=shifts))[1]

    def test_nobody_at_all_leaves_all_places_open(self, run, folder):
        status, printed, _ = run(folder(histogram={}, roles=None), "--json")
        found = json.loads(printed)
        assert status == 0
        assert (found["minimum_met"], found["shifts_under_minimum"]) == (0, 2)

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ({"Shift.json": None}, "Shift.json cannot be used"),
            ({"Shift.json": "["}, "Shift.json cannot be used"),
            ({"Shift.json": "[1]"}, "Shift.json cannot be used"),
            ({"Shift.json": "[]"}, "has no shift that can be staffed"),
            ({"Volunteer.json": None}, "Volunteer.json cannot be used"),
            ({"Volunteer.json": "{}"}, "shift_histogram"),
            ({"Volunteer.json": '{"shift_histogram": {"some": 2}}'}, "some"),
            ({"Volunteer.json": '{"shift_histogram": {"1": 2.5}}'}, "float"),
            ({"Role.json": '{"roles": {"Bar": {}}}'}, "interested_volunteers"),
            ({"Role.json": '{"roles": {"Bar": {"interested_volunteers": 41}}}'}, "41 are interested in Bar, of 40"),
        ],
    )
    def test_what_is_wrong_with_a_folder_is_one_sentence(self, run, folder, files, words):
        place = folder()
        for name, content in files.items():
            if content is None:
                (place / name).unlink()
            else:
                (place / name).write_text(content)
        status, printed, complaint = run(place)
        assert (status, printed) == (2, "")
        assert words in complaint

    def test_a_folder_that_is_not_there_is_named(self, run, tmp_path):
        status, _, complaint = run(tmp_path / "nowhere")
        assert status == 2
        assert "nowhere" in complaint

    def test_without_a_folder_the_environment_says_where_it_is_or_it_is_beside_the_repository(self, emf, monkeypatch):
        monkeypatch.setenv("CIVICVOL_DATA", "/data")
        assert emf.default_folder() == Path("/data/emf2024")
        monkeypatch.delenv("CIVICVOL_DATA")
        assert emf.default_folder() == REPOSITORY.parent / "shared" / "data" / "emf2024"

    def test_a_wrong_time_limit_is_named(self, run, folder):
        status, _, complaint = run(folder(), "--time-limit", -1)
        assert status == 2
        assert "time_limit" in complaint


class TestWillingness:
    def test_more_shifts_than_somebody_is_willing_to_take_are_never_reported_as_an_outcome(self, emf, folder):
        event = emf.read_event(folder())
        problem = emf.build_problem(event, 0)
        result = emf.solve(problem)
        unwilling = next(each.id for each in problem.volunteers if not each.limits[0].shifts)
        roster = Roster([Assignment(volunteer=unwilling, shift=problem.shifts[0].id, role=emf.ROLE)])
        with pytest.raises(AssertionError, match="more than they are willing"):
            emf.figures(event, problem, attrs.evolve(result, roster=roster))

    def test_own_limits_are_a_hard_rule(self, emf):
        assert rules.OwnShifts() in emf.RULES


@with_real_data
class TestTheRealEvent:
    def test_every_published_total_is_met_exactly(self, emf):
        event = emf.read_event(DATA)
        problem = emf.build_problem(event, 0)
        histogram = json.loads((DATA / "Volunteer.json").read_text())["shift_histogram"]
        assert len(problem.volunteers) == 1305
        assert willingness(problem) == {int(taken): count for taken, count in histogram.items()}
        assert_totals_met(emf, event, problem, json.loads((DATA / "Role.json").read_text())["roles"])

    def test_it_beats_self_sign_up_in_half_a_minute(self, run):
        status, printed, _ = run(DATA, "--json")
        found = json.loads(printed)
        assert status == 0
        assert found["minimum_total"] == 1051
        assert found["real"]["minimum_met"] == 969
        assert found["real"]["shifts_under_minimum"] == 40
        assert found["minimum_met"] > 969
        assert found["shifts_under_minimum"] < 40
        assert found["hard_violations"] == 0
        assert found["bound"] <= found["objective"]
        assert found["seconds"] > 0
