import json
import subprocess
from datetime import date, time, timedelta

import _area
import attrs
import pytest
from compare import DisagreementError

from civicvol import (
    Assignment,
    CoverRequirement,
    Horizon,
    Limit,
    PastDuty,
    Period,
    Position,
    RosterProblem,
    Shift,
    TimeSpan,
    Travel,
    Volunteer,
    datasets,
    default_rules,
    rules,
    solve,
)
from civicvol.rostering import Request

ZONE = "Asia/Shanghai"
SUNDAY = date(2026, 3, 1)
FAIR = tuple(rules.FairShifts() if isinstance(rule, rules.FairShare) else rule for rule in default_rules())
GUARD = CoverRequirement(desired=2, maximum=3, importance=0.5)


def without(*kinds):
    return [rule for rule in FAIR if not isinstance(rule, kinds)]


def shift(day, begin, end, position="gate", **fields):
    on = SUNDAY + timedelta(days=day)
    return Shift(id=f"{position}{day}", position=position, span=TimeSpan.on(on, time(begin), time(end), ZONE), **fields)


@pytest.fixture
def tiny():
    """Return a problem of two people and two shifts, a Sunday's and a Monday's."""
    return RosterProblem(
        horizon=Horizon(first_day=SUNDAY, last_day=SUNDAY + timedelta(days=1), zone=ZONE),
        volunteers=[
            Volunteer(id="li", preferences=["gate", "tent"], limits=[Limit(per=Period.MONTH, shifts=1, minutes=240)]),
            Volunteer(id="wu"),
        ],
        shifts=[shift(0, 20, 22, cover=[GUARD]), shift(1, 7, 10, "tent")],
        positions=[Position(id="gate"), Position(id="tent")],
        rules=FAIR,
    )


@pytest.fixture(scope="module")
def area():
    return datasets.district(areas=1, volunteers=40, days=7)


@pytest.fixture(scope="module")
def best(area):
    return solve(area, engine="highs")


class TestThePlainArea:
    def test_is_told_in_whole_numbers(self, tiny):
        told = _area.plain_area(tiny)
        gate, tent = told.pop("lines")
        assert (gate["end"] - gate["start"], gate["minutes"]) == (120, 120)
        assert (tent["start"] - gate["end"], tent["minutes"]) == (540, 180)
        assert (tent["day"] - gate["day"], tent["week"] - gate["week"]) == (1, 1)
        assert (tent["month"] - gate["month"], tent["horizon"] - gate["horizon"]) == (0, 0)
        cover = ("minimum", "desired", "maximum", "minimum_price", "desired_price")
        assert [gate[name] for name in cover] == [1, 2, 3, 5_000, 500]
        assert [tent[name] for name in cover] == [1, 1, 1, 10_000, 0]
        assert told == {
            "people": [
                [("week", "minutes", 720), ("month", "minutes", 240), ("month", "shifts", 1)],
                [("week", "minutes", 720)],
            ],
            "candidates": [[0, 0, 0], [0, 1, 1], [1, 0, 0], [1, 1, 0]],
            "rest": 600,
            "days_in_a_row": 6,
            "fair_price": 1,
            "steps": 100,
            "scale": 1,
        }

    def test_multiplies_what_is_not_whole(self, tiny):
        told = _area.plain_area(
            attrs.evolve(
                tiny,
                volunteers=[Volunteer(id="li", preferences=["bins", "tent", "gate"])],
                positions=[*tiny.positions, Position(id="bins")],
                shifts=[shift(0, 20, 22)],
            )
        )
        assert told["scale"] == told["fair_price"] == 3
        assert told["candidates"] == [[0, 0, 4]]
        assert told["lines"][0]["minimum_price"] == 30_000

    @pytest.mark.parametrize(
        ("born", "position", "hours", "count"),
        [
            (1990, "gate", 5, 1),
            (2010, "gate", 4, 1),
            (2010, "gate", 5, 0),
            (1950, "gate", 4, 1),
            (1950, "gate", 5, 0),
            (1990, "suit", 2, 1),
            (1990, "suit", 3, 0),
        ],
    )
    def test_leaves_out_who_may_not_stay_as_long(self, tiny, born, position, hours, count):
        person = Volunteer(id="li", birth_date=date(born, 1, 1), guardian_consent=True)
        posts = [Position(id="gate"), Position(id="suit", longest_stretch=120)]
        long = shift(0, 9, 9 + hours, position)
        told = _area.plain_area(attrs.evolve(tiny, volunteers=[person], positions=posts, shifts=[long]))
        assert len(told["candidates"]) == count

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"rules": default_rules()}, "do not know FairShare"),
            ({"rules": [*FAIR, rules.MostWeekends(weekends=1)]}, "do not know MostWeekends"),
            ({"rules": [*without(rules.FairShifts), rules.FairShifts(by_offer=True)]}, "do not know FairShifts"),
            ({"rules": [*without(rules.MostMinutes), rules.MostMinutes(minutes=9, weight=1.0)]}, "know MostMinutes"),
            ({"rules": without(rules.MinimumRest, rules.NoOverlap)}, "one rule each of MinimumRest, NoOverlap$"),
            ({"rules": [*FAIR, rules.MinimumRest(minutes=60)]}, "one rule each of MinimumRest$"),
            ({"rules": without(rules.MostShifts)}, "one duty a day"),
            ({"rules": [*without(rules.DesiredCover), rules.DesiredCover(weight=None)]}, "places that may stay open"),
            ({"rules": [*without(rules.FairShifts), rules.FairShifts(weight=3.14159)]}, "prices that are whole"),
            ({"rules": [*without(rules.SeniorStretch), rules.SeniorStretch(minutes=571)]}, "shorter than the rest"),
            ({"previous": [PastDuty(volunteer="li", span=shift(-1, 8, 9).span)]}, "people without a past"),
            ({"pinned": [Assignment(volunteer="li", shift="gate0")]}, "nothing pinned"),
            ({"volunteers": [Volunteer(id="li", goals=[Limit(per=Period.WEEK, shifts=1)])]}, "people without goals"),
            ({"requests": [Request(volunteer="li", day=SUNDAY, kind="day on")]}, "requests to be off"),
            ({"travel": Travel(elsewhere=601)}, "a rest longer than any way"),
            ({"shifts": [shift(0, 6, 21)]}, "shifts that fit into a day"),
        ],
    )
    def test_refuses_what_the_models_do_not_know(self, tiny, changed, said):
        with pytest.raises(_area.UnknownError, match=said):
            _area.plain_area(attrs.evolve(tiny, **changed))

    def test_may_have_other_limits_for_all(self, tiny):
        told = _area.plain_area(attrs.evolve(tiny, rules=[*FAIR, rules.MostShifts(shifts=4, per=Period.WEEK)]))
        assert told["people"][1] == [("week", "minutes", 720), ("week", "shifts", 4)]


class TestTheModelForCpsat:
    def test_is_the_same_problem(self, area, best):
        found = _area.by_cpsat(area, time_limit=60.0)
        assert (found["status"], best.status) == ("optimal", "optimal")
        assert found["objective"] == pytest.approx(best.objective)
        assert found["bound"] == pytest.approx(best.objective)
        assert "roster" not in found
        objectives = [objective for _, objective, _ in found["trace"]]
        assert objectives == sorted(objectives, reverse=True)
        assert objectives[-1] == pytest.approx(best.objective)

    def test_ends_with_what_is_good_enough(self, area, best):
        enough = 1.5 * best.objective
        found = _area.by_cpsat(area, time_limit=60.0, workers=1, until=enough)
        assert found["objective"] <= enough
        assert all(objective > enough for _, objective, _ in found["trace"][:-1])

    def test_may_find_nothing(self, area):
        found = _area.by_cpsat(area, time_limit=0.0)
        assert found["status"] == "unknown"
        assert (found["objective"], found["bound"], found["trace"]) == (None, None, [])

    def test_says_when_it_cannot_run(self, tiny):
        with pytest.raises(OSError, match=r"^_area_cpsat.py failed: .*refuses"):
            _area.by_cpsat(tiny, time_limit=1.0, workers=-1)

    def test_says_when_it_is_not_called_well(self, tiny):
        with pytest.raises(OSError, match="argument --seed"):
            _area.by_cpsat(tiny, time_limit=1.0, seed="none")


class TestDisagreement:
    def test_about_what_a_roster_costs(self, tiny):
        found = {"roster": [(0, 0), (1, 1)], "objective": 500.0}
        assert _area.confirmed(tiny, found) == _area.confirmed(tiny, {**found, "objective": 500.5}) == 500.0
        with pytest.raises(DisagreementError, match=r"costs 500.0, not 499.5$"):
            _area.confirmed(tiny, {**found, "objective": 499.5})

    def test_about_what_a_roster_may_be(self, tiny):
        with pytest.raises(DisagreementError, match=r"breaks a hard rule: .*rests 540 minutes"):
            _area.confirmed(tiny, {"roster": [(1, 0), (1, 1)], "objective": 501.0})

    def test_is_none_where_nothing_was_found(self, tiny):
        assert _area.confirmed(tiny, {"roster": None, "objective": None}) is None

    def test_of_a_model_is_not_kept_back(self, tiny, monkeypatch):
        wrong = json.dumps({"roster": [], "objective": 1.0})
        monkeypatch.setattr(_area.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, wrong, ""))
        with pytest.raises(DisagreementError, match=r"costs 16000.0, not 1.0$"):
            _area.by_timefold(tiny, time_limit=1.0)


class TestTheModelForTimefold:
    @pytest.fixture
    def installed(self, tmp_path, monkeypatch):
        """Return a function that puts packages of the same names in place of those that are installed, or not."""

        def install(*, timefold=True, jpype="def getDefaultJVMPath(): pass"):
            package = tmp_path / "timefold"
            package.mkdir()
            (package / "__init__.py").touch()
            for name in ("solver", "solver/config", "solver/domain", "solver/score") if timefold else ():
                (package / name).mkdir()
                (package / name / "__init__.py").write_text("def __getattr__(name): return print\n")
            (tmp_path / "jpype.py").write_text(jpype)
            monkeypatch.setenv("PYTHONPATH", str(tmp_path))

        return install

    def test_comes_close_or_says_what_is_missing(self, area, best):
        found = _area.by_timefold(area, time_limit=2.0)
        if isinstance(found, str):
            assert found.startswith("Timefold")
        else:
            assert found["objective"] >= best.objective
            assert found["trace"][-1][1] == pytest.approx(found["objective"])

    def test_says_when_the_package_is_missing(self, tiny, installed):
        installed(timefold=False)
        said = _area.by_timefold(tiny, time_limit=1.0)
        assert said == "Timefold's Python package is not installed: pip install timefold"

    def test_says_when_there_is_no_java(self, tiny, installed):
        installed(jpype="def getDefaultJVMPath(): raise ValueError")
        assert "needs a Java virtual machine" in _area.by_timefold(tiny, time_limit=1.0)

    def test_says_when_python_is_too_new(self, tiny, installed):
        installed(jpype="import sys\nsys.version_info = (3, 13, 0)\ndef getDefaultJVMPath(): pass")
        assert "up to Python 3.12 only" in _area.by_timefold(tiny, time_limit=1.0)

    def test_says_when_it_cannot_run(self, tiny, installed):
        installed(jpype="raise OSError('no luck')")
        with pytest.raises(OSError, match=r"^_area_timefold.py failed: OSError: no luck$"):
            _area.by_timefold(tiny, time_limit=1.0)
