import importlib.util
from pathlib import Path

import pytest

from civicvol import Roster, check, datasets, io, solve, why_unfilled

PATH = Path(__file__).resolve().parents[2] / "examples" / "demo.py"


@pytest.fixture(scope="module")
def demo():
    spec = importlib.util.spec_from_file_location("demo", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(demo, capsys, tmp_path):
    def run(*arguments):
        demo.main([*arguments, "--out", str(tmp_path / "made" / "out")])
        return capsys.readouterr().out, tmp_path / "made" / "out"

    return run


def test_it_prints_the_first_week_the_cover_the_fairness_and_every_open_place(run):
    printed, _ = run()
    for title in ("Duty sheet", "Cover", "Spread of minutes", "Open places", "Result"):
        assert f"\n{title}" in f"\n{printed}"
    days = {line[:10] for line in printed.splitlines() if line.startswith("2026-03-")}
    assert days == {f"2026-03-0{day}" for day in range(1, 8)}
    problem = datasets.sanhua()
    gaps = why_unfilled(problem, solve(problem).roster)
    assert gaps
    unwrapped = " ".join(printed.split())
    assert all(" ".join(str(gap).split()) in unwrapped for gap in gaps)
    assert "optimal" in printed


def test_it_fits_a_terminal(run):
    printed, _ = run()
    assert max(len(line) for line in printed.splitlines() if not line.startswith("Written")) <= 100


def test_it_writes_the_roster_as_json_csv_and_html(run):
    _, out = run()
    assert {path.name for path in out.iterdir()} == {"roster.json", "roster.csv", "roster.html"}
    roster = io.from_json((out / "roster.json").read_text(encoding="utf-8"), Roster)
    assert check(datasets.sanhua(), roster).feasible
    names = [each.name for each in datasets.sanhua().volunteers if roster.of_volunteer(each.id)]
    for name in ("roster.csv", "roster.html"):
        text = (out / name).read_text(encoding="utf-8")
        assert all(person in text for person in names)


def test_it_speaks_chinese(run):
    printed, _ = run("--language", "zh")
    assert "值班表" in printed
    assert "空缺名额" in printed
    assert "Duty sheet" not in printed


def test_another_seed_is_another_neighbourhood(run):
    assert run("--seed", "1")[0].splitlines()[3] != run()[0].splitlines()[3]
