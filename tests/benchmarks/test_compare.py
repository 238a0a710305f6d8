import json
import subprocess
from argparse import Namespace

import compare
import pytest

from civicvol import datasets, solve

TINY = ["--volunteers", "12", "--days", "3", "--time-limit", "20"]


@pytest.fixture
def options():
    return Namespace(days=3, time_limit=20.0, workers=8, engines=["highs"])


@pytest.fixture
def answered(monkeypatch):
    """Return a function that lets the plain model answer something else."""

    def answer(**fields):
        def plain(*_arguments, **_options):
            said = {"status": "optimal", "seconds": 1.0, "objective": None, "bound": None, "roster": None, **fields}
            return subprocess.CompletedProcess([], 0, json.dumps(said), "")

        monkeypatch.setattr(compare.subprocess, "run", plain)

    return answer


class TestThePlainModel:
    @pytest.mark.parametrize("seed", [0, 1])
    def test_is_the_same_problem(self, options, seed):
        problem = datasets.sanhua(seed=seed, days=3, volunteers=12)
        best = solve(problem, engine="highs")
        found = compare.by_hand(problem, options, seed, volunteers=12)
        assert (found["status"], best.status) == ("optimal", "optimal")
        assert found["objective"] == pytest.approx(best.objective)
        assert found["bound"] == pytest.approx(best.objective)

    def test_is_compared_on_the_command_line(self, capsys):
        assert compare.main([*TINY, "--seeds", "1", "--engines", "highs"]) == 0
        found = json.loads(capsys.readouterr().out)
        (month,) = found["months"]
        assert list(month["runs"]) == ["highs", "plain"]
        assert month["ratios"]["highs"]["objective"] == pytest.approx(1.0)
        assert found["highs_seconds_to_plain"] == month["ratios"]["highs"]["seconds"] > 0

    def test_says_when_it_cannot_run(self, capsys):
        assert compare.main([*TINY, "--workers", "-1", "--engines", "highs"]) == 2
        assert "the plain model failed: " in capsys.readouterr().err


class TestDisagreement:
    def test_about_what_a_roster_costs(self, answered, capsys):
        answered(objective=1.0, bound=1.0, roster=[])
        assert compare.main([*TINY, "--engines", "highs"]) == 1
        assert "the plain model's roster costs" in capsys.readouterr().err

    def test_about_what_a_roster_may_be(self, answered, capsys):
        problem = datasets.sanhua(days=3, volunteers=12)
        shift, line = problem.lines[0]
        everybody = [(each.id, shift.id, line.role) for each in problem.volunteers]
        answered(objective=1.0, bound=1.0, roster=everybody)
        assert compare.main([*TINY, "--engines", "highs"]) == 1
        assert "the plain model's roster breaks a hard rule" in capsys.readouterr().err

    def test_about_what_no_roster_can_cost_less_than(self, answered, capsys):
        answered(bound=1e9)
        assert compare.main([*TINY, "--engines", "highs"]) == 1
        assert "plain says that no roster costs less than 1000000000.0" in capsys.readouterr().err

    def test_is_none_where_nothing_was_found(self, answered, capsys):
        answered(status="unknown")
        assert compare.main([*TINY, "--seeds", "1", "--engines", "highs"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["highs_objective_to_plain"] is None
        assert found["highs_seconds_to_plain"] > 0


def test_an_engine_that_is_not_there_is_named(capsys):
    assert compare.main([*TINY, "--engines", "abacus"]) == 2
    assert "abacus" in capsys.readouterr().err
