import attrs
import numpy as np

from civicvol import datasets, rules
from civicvol.rostering import blocks
from civicvol.rostering.blocks import blocks_of


def areas_of(problem):
    """Return the area that each shift is in, by the first letters of its unit."""
    return [shift.unit[:3] for shift in problem.shifts]


class TestBlocks:
    def test_are_the_areas_that_people_keep_to(self):
        problem = datasets.district(areas=4, volunteers=80, days=2, mobile=0.2)
        found = blocks_of(problem)
        assert len(set(found.tolist())) == 4
        assert len(set(zip(found.tolist(), areas_of(problem), strict=True))) == 4

    def test_are_one_where_everybody_serves_next_door_too(self):
        problem = datasets.district(areas=2, volunteers=40, days=2, mobile=1.0)
        assert set(blocks_of(problem).tolist()) == {0}

    def test_are_one_where_no_rule_keeps_people_to_places(self):
        problem = datasets.district(areas=2, volunteers=40, days=2)
        anywhere = attrs.evolve(problem, rules=[rules.MinimumCover()])
        assert blocks_of(anywhere).tolist() == [0] * len(problem.shifts)

    def test_are_one_where_nobody_serves_anywhere(self):
        problem = datasets.district(areas=2, volunteers=0, days=2)
        assert set(blocks_of(problem).tolist()) == {0}

    def test_are_not_looked_for_among_too_many_kinds_of_people(self, monkeypatch):
        monkeypatch.setattr(blocks, "_MOST_KINDS", 1)
        problem = datasets.district(areas=2, volunteers=40, days=2)
        assert np.count_nonzero(blocks_of(problem)) == 0
