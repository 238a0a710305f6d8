import json

import attrs
import published
import pytest

TINY = ["--days", "4", "--volunteers", "60", "--places", "3", "--no-shows", "2"]
SECONDS = ("instead_seconds", "anybody_seconds", "slowest_stand_ins_seconds", "replan_seconds", "solve_seconds")


class TestThePublishedRoster:
    def test_is_mended_and_timed(self, capsys):
        assert published.main(TINY) == 0
        figures = json.loads(capsys.readouterr().out)
        for name in ("neighbourhood", "community"):
            found = figures[name]
            assert all(found[seconds] > 0 for seconds in SECONDS)
            assert found["slowest_stand_ins_seconds"] >= max(found["instead_seconds"], found["anybody_seconds"])
            assert found["slowest_replan_seconds"] >= found["replan_seconds"]
            assert 0 < found["candidates"] + found["others"] < found["volunteers"]
            assert 0 < found["filled"] <= found["places"]
            assert (found["no_shows"], found["proven"], found["hard_violations"]) == (2, 2, 0)
            assert found["changed"] >= 1
            assert found["ratio_to_solve"] > 0
        assert figures["neighbourhood"]["volunteers"] == 60
        assert 30 <= figures["community"]["volunteers"] < 60

    def test_fails_where_it_cannot_be_mended(self, capsys, monkeypatch):
        mend = published.replan
        monkeypatch.setattr(
            published, "replan", lambda *given, **named: attrs.evolve(mend(*given, **named), roster=None, report=None)
        )
        assert published.main(TINY) == 1
        assert json.loads(capsys.readouterr().out)["community"]["hard_violations"] == 2


@pytest.mark.parametrize(
    ("count", "expected"), [(1, ["a"]), (2, ["a", "c"]), (3, ["a", "b", "d"]), (5, list("abcde")), (9, list("abcde"))]
)
def test_members_are_spread_evenly(count, expected):
    assert published.spread("abcde", count) == expected


def test_what_makes_no_sense_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        published.main(["--no-shows", "0"])
    assert "invalid natural value: '0'" in capsys.readouterr().err
