import csv
import json
from datetime import date, datetime, time

import pytest
from _outside import Case, run

from civicvol import CoverRequirement, Horizon, Position, RosterProblem, Shift, TimeSpan, Volunteer, rules

HORIZON = Horizon(first_day=date(2026, 3, 2), last_day=date(2026, 3, 4), zone="UTC")


def read(path):
    """Return the staff of a toy benchmark: on three days somebody is needed, and each day's first letter has it."""
    names = path.read_text(encoding="utf-8").split()
    if not names:
        raise ValueError("names nobody")
    return names


def build(names, cost=7.0):
    """Return the toy benchmark as a case in which the second day is not covered, by its own reckoning too."""
    if len(names) > 3:
        raise ValueError("has too many people")
    days = [datetime.combine(day, time(9), HORIZON.zone) for day in HORIZON.days]
    problem = RosterProblem(
        horizon=HORIZON,
        volunteers=[Volunteer(id=name) for name in names],
        positions=[Position(id="post")],
        shifts=[
            Shift(
                id=f"s{number}",
                position="post",
                span=TimeSpan(day, day.replace(hour=12)),
                cover=[CoverRequirement(minimum=need)],
            )
            for number, (day, need) in enumerate(zip(days, (1, len(names) + 1, 1), strict=True))
        ],
        rules=[rules.MinimumCover(weight=7.0), rules.MaximumCover(weight=None)],
    )
    return Case(
        problem=problem,
        staff=names,
        days=3,
        cells={f"s{number}": (number, "X") for number in range(3)},
        price=lambda grid: (cost, sum(row.count("X") != 2 for row in grid)),
    )


@pytest.fixture
def files(tmp_path):
    for name, text in (("small", "li"), ("pair", "li wu")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


class TestRun:
    def test_prints_figures_as_json(self, files, capsys):
        arguments = [str(files / "small.txt"), str(files / "pair.txt"), "--json", "--time-limit", "20", "--seed", "3"]
        assert run("Toys.", read, build, arguments) == 0
        small, pair = json.loads(capsys.readouterr().out)
        assert small.pop("seconds") < 20
        assert small == {
            "instance": "small",
            "engine": "highs",
            "status": "optimal",
            "objective": 7.0,
            "bound": 7.0,
            "hard_violations": 1,
        }
        assert pair["instance"] == "pair"

    def test_prints_a_table_otherwise(self, files, capsys):
        assert run("Toys.", read, build, [str(files / "small.txt"), "--engine", "highs"]) == 0
        heading, line = capsys.readouterr().out.splitlines()
        assert heading.split()[:3] == ["instance", "engine", "status"]
        assert line.split()[:5] == ["small", "highs", "optimal", "7", "7"]

    def test_writes_rosters(self, files):
        out = files / "deep" / "out"
        assert run("Toys.", read, build, [str(files / "small.txt"), str(files / "pair.txt"), "--out", str(out)]) == 0
        assert (out / "small.csv").read_text(encoding="utf-8") == "X,X,X\n"
        with (out / "pair.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == 2
        assert sorted(map("".join, zip(*rows, strict=True))) == ["X", "X", "XX"]

    def test_says_that_there_is_no_roster(self, files, capsys):
        def impossible(names):
            case = build(names)
            hard = [rules.MinimumCover(weight=None)]
            return Case(
                problem=RosterProblem(
                    horizon=HORIZON,
                    volunteers=case.problem.volunteers,
                    positions=case.problem.positions,
                    shifts=case.problem.shifts,
                    rules=hard,
                ),
                staff=case.staff,
                days=3,
                cells=case.cells,
                price=case.price,
            )

        file, out = str(files / "small.txt"), files / "out"
        assert run("Toys.", read, impossible, [file, "--out", str(out)]) == 0
        assert capsys.readouterr().out.splitlines()[1].split()[2:5] == ["infeasible", "-", "-"]
        assert list(out.iterdir()) == []

    def test_tells_of_an_objective_that_is_not_the_cost(self, files, capsys):
        file = str(files / "small.txt")
        assert run("Toys.", read, lambda names: build(names, cost=6.0), [file, "--json"]) == 1
        printed = capsys.readouterr()
        assert json.loads(printed.out)[0]["objective"] == 7.0
        assert printed.err == f"{file}: the objective is 7, but the roster costs 6\n"

    @pytest.mark.parametrize(
        ("name", "text", "message"),
        [
            ("none.txt", None, "No such file or directory"),
            ("none.txt", "", "names nobody"),
            ("none.txt", "a b c d", "has too many people"),
            ("none.txt", "a a", "volunteers"),
        ],
    )
    def test_says_what_is_wrong_with_a_file(self, files, capsys, name, text, message):
        if text is not None:
            (files / name).write_text(text, encoding="utf-8")
        assert run("Toys.", read, build, [str(files / name), "--json"]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith(f"{files / name}: ")
        assert message in printed.err

    def test_solves_nothing_before_all_files_are_read(self, files, capsys):
        assert run("Toys.", read, build, [str(files / "small.txt"), str(files / "none.txt")]) == 2
        assert "optimal" not in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--engine", "steam"], "engine must be"),
            (["--time-limit", "-1"], "time_limit must be"),
            (["--seed", "-1"], "seed must be"),
        ],
    )
    def test_says_what_is_wrong_with_an_option(self, files, capsys, arguments, message):
        assert run("Toys.", read, build, [str(files / "small.txt"), *arguments]) == 2
        assert message in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [[], ["--json"], ["x/a.txt", "y/a.txt"], ["a.txt", "--speed", "9"]])
    def test_refuses_a_wrong_command_line(self, arguments):
        with pytest.raises(SystemExit) as stopped:
            run("Toys.", read, build, arguments)
        assert stopped.value.code == 2
