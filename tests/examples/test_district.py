import importlib.util
import sys
from pathlib import Path

import pytest

from civicvol import Progress, Result, Status, datasets, solve

PATH = Path(__file__).resolve().parents[2] / "examples" / "district.py"
SMALL = ["--areas", "3", "--volunteers", "60", "--days", "3"]


def loaded():
    spec = importlib.util.spec_from_file_location("district_example", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def example():
    return loaded()


def test_it_prints_the_result_and_where_most_places_are_open(example, capsys):
    example.main(SMALL)
    printed = capsys.readouterr()
    assert printed.err == ""
    best = solve(datasets.district(areas=3, volunteers=60, days=3))
    assert f"\nobjective              {best.objective:,.2f}\n" in printed.out
    title, headings, _, *rows = printed.out.partition("\n\n")[2].splitlines()
    assert (title, headings.split()) == ("Areas with most open places", ["area", "volunteers", "places", "open"])
    short = sorted((area.places - area.filled for area in best.areas), reverse=True)[:5]
    assert [int(row.split()[-1].replace(",", "")) for row in rows] == short


def test_it_draws_a_bar_in_a_terminal(example, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    example.main(SMALL)
    assert "s left" in capsys.readouterr().err


def test_it_tells_what_is_known_so_far(example):
    progress = Progress(seconds=18.0, objective=1_234.6, bound=1_200.0, parts=8, done=3, time_left=41.9)
    assert example.standing(progress) == "cost 1,235, at least 1,200, 42 s left"
    assert example.standing(Progress(seconds=1.0, time_left=59.0)) == "59 s left"


def test_it_says_where_there_is_no_roster(example, monkeypatch):
    monkeypatch.setattr(example, "solve", lambda *_, **__: Result(status=Status.UNKNOWN))
    with pytest.raises(SystemExit, match="unknown"):
        example.main(SMALL)


def test_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(SystemExit, match="pip install tqdm"):
        loaded()
