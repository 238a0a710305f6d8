import json
import sys
from argparse import Namespace
from types import SimpleNamespace

import _beside
import district
import pytest
from compare import DisagreementError

from civicvol import Result, datasets, rules, solve

TINY = ["--areas", "2", "--volunteers", "60", "--days", "3", "--time-limit", "30"]
SECONDS = ("build_seconds", "compile_seconds", "solve_seconds", "check_seconds", "total_seconds")


@pytest.fixture
def figures(capsys):
    """Return a function that runs the benchmark on a tiny district and returns its figures."""

    def run(*arguments, code=0):
        assert district.main([*TINY, "--json", *arguments]) == code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def options():
    return district.parsed([*TINY, "--peer", "cpsat", "--peer-volunteers", "20", "--peer-seconds", "5"])


@pytest.fixture(scope="module")
def best():
    return solve(datasets.district(areas=2, volunteers=60, days=3)).objective


class TestTheDistrict:
    @pytest.mark.parametrize("executor", ["serial", "threads", "processes", "dask --workers 1"])
    def test_has_the_same_roster_wherever_it_is_solved(self, figures, best, executor):
        found = figures("--executor", *executor.split())
        assert all(found[name] > 0 for name in SECONDS)
        assert found["peak_memory_mb"] is None or found["peak_memory_mb"] > 20
        problem = datasets.district(areas=2, volunteers=60, days=3)
        assert (found["status"], found["gap"], found["hard_violations"]) == ("optimal", 0, 0)
        assert found["objective"] == found["bound"] == pytest.approx(best)
        assert found["places"] == sum(line.desired for _, line in problem.lines)
        assert 0 < found["filled"] < found["places"]
        assert found["candidates"] > found["filled"]

    def test_may_count_minutes(self, figures):
        assert figures("--fairness", "minutes")["objective"] != figures()["objective"]
        options = Namespace(days=3, mobile=0.0, seed=0, fairness="minutes")
        kinds = {type(rule) for rule in district.built(options, areas=2, volunteers=60).rules}
        assert rules.FairShare in kinds
        assert rules.FairShifts not in kinds

    def test_may_be_coupled(self, figures):
        found = figures("--mobile", "0.5")
        assert found["mobile"] == 0.5
        assert found["candidates"] > figures()["candidates"]

    def test_says_where_time_was_too_short(self, figures):
        found = figures("--time-limit", "0")
        assert (found["status"], found["stopped"], found["hard_violations"]) == ("feasible", "time limit", 0)
        assert found["gap"] == (found["objective"] - found["bound"]) / found["objective"] > 0

    def test_fails_where_nothing_is_found(self, figures, monkeypatch):
        sizes = dict.fromkeys(("candidates", "compile seconds", "solve seconds", "check seconds"), 0)
        nothing = Result(status="unknown", statistics=sizes)
        monkeypatch.setattr(district, "timed", lambda *_, **__: (nothing, 1.0))
        found = figures(code=1)
        assert (found["status"], found["filled"], found["objective"]) == ("unknown", 0, None)
        assert found["gap"] is found["hard_violations"] is None

    def test_fails_where_a_hard_rule_is_broken(self, figures, monkeypatch):
        monkeypatch.setattr(district, "check", lambda *_: SimpleNamespace(hard=["too many"]))
        assert figures(code=1)["hard_violations"] == 1


class TestPeople:
    def test_read_a_table(self, capsys):
        assert district.main(TINY) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        assert printed.out.startswith("District\nfigure ")
        assert "\ngap              0.0000%\n" in printed.out

    def test_see_how_far_it_is(self, capsys, best, monkeypatch):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        assert district.main(TINY) == 0
        assert f"cost {best:,.0f}, " in capsys.readouterr().err

    def test_read_a_table_of_each_list(self):
        rows = [{"areas": 2, "seconds": 1.0}, {"areas": 4, "note": "none"}]
        whole, lists = district.tables({"gap": None, "scaling": rows})
        assert whole.rows == (("gap", None),)
        assert lists.title == "scaling"
        assert lists.rows == ((2, 1.0, None), (4, None, "none"))


class TestBareHighs:
    def test_is_the_same_problem(self, figures):
        found = figures("--bare")
        assert found["ratio_to_bare"] == pytest.approx(found["civicvol_seconds"] / found["bare_mip_seconds"])
        assert found["bare_lp_seconds"] > 0
        assert [found[f"{name}_unproven"] for name in ("civicvol", "bare_mip", "bare_lp")] == [0, 0, 0]

    def test_may_be_cut_short(self, figures):
        found = figures("--bare", "--bare-time-limit", "0")
        assert found["bare_mip_unproven"] == found["civicvol_unproven"] > 0

    def test_says_where_the_proofs_differ(self, monkeypatch, capsys):
        wrong = {"seconds": 1.0, "proven": True, "objective": 1.0}
        monkeypatch.setattr(_beside, "by_highs", lambda *_, **__: wrong)
        assert district.main([*TINY, "--bare"]) == 1
        assert "and HiGHS alone 1.0" in capsys.readouterr().err


class TestPeers:
    def test_solve_the_same_area(self, figures):
        found = figures("--peer", "cpsat", "--peer-volunteers", "20", "--peer-seconds", "20")
        ours, peer = found["peers"]
        assert (ours["status"], ours["solver"], peer["solver"]) == ("optimal", "civicvol", "cpsat")
        assert peer["objective"] == pytest.approx(ours["objective"])
        assert peer["bound"] <= peer["objective"]
        assert peer["ratio"] == peer["seconds_to_reach"] / ours["seconds"]

    def test_may_not_come_as_far(self, options, monkeypatch):
        late = {"seconds": 6.0, "objective": 12.0, "bound": 1.0, "trace": [(1.0, 20.0, 0.0), (5.0, 12.0, 1.0)]}
        monkeypatch.setattr(_beside, "by_cpsat", lambda *_, **__: dict(late))
        (found,) = _beside.beside_cpsat(options, None, {"objective": 11.0, "seconds": 2.0})
        assert (found["seconds_to_reach"], found["ratio"]) == (None, 3.0)
        (found,) = _beside.beside_cpsat(options, None, {"objective": 12.0, "seconds": 2.0})
        assert (found["seconds_to_reach"], found["ratio"]) == (5.0, 2.5)
        (found,) = _beside.beside_cpsat(options, None, {"objective": None, "seconds": 2.0})
        assert found["seconds_to_reach"] is None

    def test_may_not_be_installed(self, figures, monkeypatch):
        monkeypatch.setattr(_beside, "find_spec", lambda _: None)
        monkeypatch.setattr(_beside, "by_timefold", lambda *_, **__: "no Java")
        _, *missing = figures("--peer", "cpsat", "--peer", "timefold", "--peer-volunteers", "20")["peers"]
        notes = ["OR-Tools is not installed: pip install 'civicvol[cpsat]'", "no Java"]
        assert [each["note"] for each in missing] == notes

    def test_stand_beside_what_is_found_in_a_tenth_of_the_time(self, figures, monkeypatch):
        slow = {"status": "feasible", "seconds": 9.0, "objective": 1e9, "bound": None, "trace": []}
        monkeypatch.setattr(_beside, "by_timefold", lambda *_, **__: slow)
        ours, peer, early = figures("--peer", "timefold", "--peer-volunteers", "20", "--peer-seconds", "50")["peers"]
        assert peer == {"solver": "timefold", "status": "feasible", "seconds": 9.0, "objective": 1e9, "bound": None}
        assert early["objective"] == ours["objective"]
        assert 0 < early["seconds"] < 5

    def test_must_not_claim_more_than_is_true(self):
        ours = {"solver": "civicvol", "objective": 5.0, "bound": 5.0}
        _beside.require_possible([ours, {"solver": "cpsat", "objective": 7.0, "bound": 4.0}, {"note": "missing"}])
        with pytest.raises(
            DisagreementError, match=r"cpsat says that no roster costs less than 6.0, but one costs 5.0"
        ):
            _beside.require_possible([ours, {"solver": "cpsat", "objective": 7.0, "bound": 6.0}])

    def test_that_do_not_run_are_named(self, options, monkeypatch, capsys):
        monkeypatch.setattr(_beside, "by_cpsat", lambda *_, **__: (_ for _ in ()).throw(OSError("it broke")))
        assert district.main([*TINY, "--peer", "cpsat", "--peer-volunteers", "20"]) == 2
        assert capsys.readouterr().err == "it broke\n"


class TestSizes:
    def test_grow_at_a_fixed_area(self, figures):
        found = figures("--scaling", "--scaling-areas", "1", "3", "--scaling-volunteers", "20")
        small, large = found["scaling"]
        assert (small["volunteers"], large["volunteers"]) == (20, 60)
        assert small["candidates"] < large["candidates"]
        both = [(each["volunteers"], each["total_seconds"]) for each in (small, large)]
        assert found["exponent"] == pytest.approx(_beside.exponent(both))

    @pytest.mark.parametrize("power", [0.5, 1.0, 1.7])
    def test_have_an_exponent(self, power):
        assert _beside.exponent([(size, 3.0 * size**power) for size in (2, 4, 8, 16)]) == pytest.approx(power)


def test_two_workers_are_compared_with_one(figures):
    found = figures("--speedup")
    assert found["speedup"] == found["one_worker_seconds"] / found["two_workers_seconds"] > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--executor", "serial", "--workers", "2"], "--workers is for the other executors"),
        (["--peer", "cpsat", "--fairness", "minutes"], "share out shifts"),
        (["--scaling-areas", "4", "4"], "two sizes at least"),
        (["--workers", "0"], "invalid natural value: '0'"),
        (["--peer", "abacus"], "invalid choice: 'abacus'"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, said, capsys):
    with pytest.raises(SystemExit, match="2"):
        district.main(arguments)
    assert said in capsys.readouterr().err


def test_a_district_that_cannot_be_is_named(capsys):
    assert district.main([*TINY, "--mobile", "2"]) == 2
    assert "mobile" in capsys.readouterr().err
