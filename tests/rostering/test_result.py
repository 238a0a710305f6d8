import attrs
import pytest

from civicvol import Label, Tier
from civicvol.rostering.check import CheckReport
from civicvol.rostering.engines import Status
from civicvol.rostering.result import AreaResult, Result, TierResult
from civicvol.rostering.rule import Violation

NORTH = AreaResult(
    name=Label("North", "北"),
    volunteers=4,
    places=6,
    filled=5,
    status=Status.OPTIMAL,
    cost=10.0,
    bound=10.0,
    seconds=0.5,
)
AREAS = (
    NORTH,
    attrs.evolve(NORTH, name=Label("South", "南"), filled=1),
    attrs.evolve(NORTH, name=Label("East", "东"), filled=6, status=Status.FEASIBLE, bound=9.0),
    attrs.evolve(NORTH, name=Label("West", "西"), filled=2, status=Status.FEASIBLE, bound=4.0),
    AreaResult(
        name=Label("Hill", "山"),
        volunteers=1,
        places=1,
        filled=0,
        status=Status.UNKNOWN,
        failure="MemoryError: none left",
    ),
    AreaResult(name=Label("Mill", "坊"), volunteers=1, places=0, filled=0, status=Status.INFEASIBLE),
)
BROKEN = Violation(rule="NoOverlap", hard=True, amount=1.0, penalty=0.0, message=Label("li cannot do both", "不行"))


class TestGap:
    @pytest.mark.parametrize(
        ("objective", "bound", "gap"),
        [(200.0, 150.0, 0.25), (200.0, 200.0, 0.0), (200.0, 200.1, 0.0), (0.0, 0.0, 0.0)],
    )
    def test_is_a_share_of_the_objective(self, objective, bound, gap):
        assert Result(status=Status.FEASIBLE, objective=objective, bound=bound).gap == gap

    @pytest.mark.parametrize("known", [{"objective": 1.0}, {"bound": 1.0}, {}])
    def test_is_not_known_without_both(self, known):
        assert Result(status=Status.UNKNOWN, **known).gap is None


class TestByArea:
    def test_shows_first_what_needs_a_look(self):
        # What failed, then what is not proven, then the rest, each with the most places open first.
        names = [row["area"] for row in Result(status=Status.FEASIBLE, areas=AREAS).by_area().to_records()]
        assert names == ["Hill", "West", "East", "Mill", "South", "North"]

    def test_shows_what_is_known_of_each(self):
        north = Result(status=Status.FEASIBLE, areas=AREAS).by_area().to_records()[-1]
        assert north == {
            "area": "North",
            "volunteers": 4,
            "places": 6,
            "filled": 5,
            "status": "optimal",
            "cost": 10.0,
            "bound": 10.0,
            "seconds": 0.5,
        }

    def test_says_in_place_of_the_status_why_an_area_failed(self):
        hill = Result(status=Status.FEASIBLE, areas=AREAS).by_area().to_records()[0]
        assert (hill["status"], hill["cost"], hill["bound"]) == ("MemoryError: none left", None, None)

    def test_reads_in_chinese(self):
        table = Result(status=Status.FEASIBLE, areas=AREAS).by_area("zh")
        assert table.title == "片区"
        assert table.columns == ("片区", "志愿者", "岗位名额", "已排", "状态", "代价", "下界", "秒")
        assert [(row[0], row[4]) for row in table.rows] == [
            ("山", "MemoryError: none left"),
            ("西", "可行"),
            ("东", "可行"),
            ("坊", "无解"),
            ("南", "最优"),
            ("北", "最优"),
        ]
        (unknown,) = Result(status=Status.UNKNOWN, areas=[attrs.evolve(AREAS[4], failure="")]).by_area("zh").rows
        assert unknown[4] == "未知"


class TestShown:
    def test_names_what_failed_and_what_is_broken(self):
        shown = str(Result(status=Status.INFEASIBLE, stopped="areas failed", areas=AREAS, conflict=(BROKEN,)))
        assert "infeasible (areas failed)" in shown
        assert shown.splitlines()[-2:] == ["! Hill: MemoryError: none left", "! li cannot do both"]

    @pytest.mark.parametrize(
        ("known", "tables"),
        [
            ({}, 1),
            ({"areas": AREAS[:1]}, 1),
            ({"areas": AREAS}, 2),
            ({"tiers": (TierResult(tier=Tier.COVER, value=1.0),)}, 2),
            ({"report": CheckReport()}, 2),
            ({"conflict": (BROKEN,)}, 2),
        ],
    )
    def test_has_a_table_for_each_thing_that_is_known(self, known, tables):
        assert Result(status=Status.FEASIBLE, **known)._repr_html_().count("<table") == tables
