"""What the library promises where a problem is solved area by area."""

import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import areas, datasets, rejoin, rules, solve
from civicvol.rostering import dispatch
from civicvol.rostering.dispatch import Here
from tests.rostering.communities import side_by_side

MODULE = sys.modules[solve.__module__]
EACH_APART, ALL_TOGETHER = 1, 2**50
DISTRICTS = st.builds(
    datasets.district,
    areas=st.integers(2, 4),
    volunteers=st.integers(20, 60),
    days=st.integers(2, 4),
    mobile=st.sampled_from((0.0, 0.0, 0.05, 0.5)),
    seed=st.integers(0, 1_000),
)
COMMUNITIES = side_by_side(rules=[rule for rule in rules.default_rules() if rule.name != "ServedUnits"])


def solved(problem, least=EACH_APART, **arguments):
    """Solve a problem whose areas are solved apart where they have so many pairs of people and role lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "_WORTH_A_TASK", least)
        return solve(problem, **arguments)


def known(result):
    """Return what is known of each area, but how long that took."""
    return [attrs.evolve(area, seconds=0.0) for area in result.areas]


class Shuffled(Executor):
    """An executor that takes all work at once and does it in any order."""

    def __init__(self, random):
        self.random = random
        self.given = []

    def submit(self, work, /, *arguments):
        self.given.append((Future(), work, arguments))
        return self.given[-1][0]

    def wait(self, futures, return_when):
        future, work, arguments = self.given.pop(self.random.randrange(len(self.given)))
        future.set_result(Here().submit(work, *arguments).result())
        return [future], ()


class TestTheSum:
    """Areas solved apart cost what the whole costs."""

    @given(DISTRICTS | COMMUNITIES)
    def test_of_the_areas_is_the_whole(self, problem):
        apart, whole = solved(problem), solved(problem, ALL_TOGETHER)
        assert len(apart.areas) == len(areas(problem))
        assert len(whole.areas) == 1
        assert apart.status == whole.status
        if whole.status == "optimal":
            assert apart.objective == pytest.approx(whole.objective, rel=1e-6, abs=1e-6)
            assert sum(area.cost for area in apart.areas) == pytest.approx(apart.objective, rel=1e-6, abs=1e-6)
            assert sum(area.filled for area in apart.areas) == len(apart.roster)
        else:
            assert {violation.rule for violation in apart.conflict} == {each.rule for each in whole.conflict}

    @given(COMMUNITIES)
    def test_of_each_tier_is_that_of_the_whole(self, problem):
        apart, whole = (solved(problem, least, objective="lexicographic") for least in (EACH_APART, ALL_TOGETHER))
        assert apart.status == whole.status
        for one, other in zip(apart.tiers, whole.tiers, strict=True):
            assert (one.tier, one.value) == (other.tier, pytest.approx(other.value, rel=1e-5, abs=1e-5))
            assert one.bound == pytest.approx(one.value, rel=1e-5, abs=1e-5)

    @given(DISTRICTS, st.sampled_from((0.0, 0.01, 0.05)))
    def test_of_the_bounds_holds_however_early_the_search_is_cut_short(self, problem, seconds):
        short, best = solved(problem, time_limit=seconds), solved(problem, ALL_TOGETHER)
        assert short.bound <= best.objective * (1 + 1e-6)
        assert short.objective >= best.bound * (1 - 1e-6)


class TestTheExecutor:
    """The roster is the same whatever the executor and the order."""

    @given(DISTRICTS | COMMUNITIES, st.randoms(use_true_random=False))
    def test_is_of_no_matter_for_the_roster(self, problem, random):
        here = solved(problem)
        shuffled = Shuffled(random)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(dispatch, "wait", shuffled.wait)
            orders = [solved(problem, executor=shuffled)]
        with ThreadPoolExecutor(2) as executor:
            orders.append(solved(problem, executor=executor))
        for there in orders:
            assert (there.status, there.roster, there.bound) == (here.status, here.roster, here.bound)
            assert known(there) == known(here)


class TestEachArea:
    """Each area is rostered as if it were alone."""

    @given(DISTRICTS | COMMUNITIES)
    def test_has_the_roster_that_it_has_by_itself(self, problem):
        result = solved(problem)
        for area, found in zip(areas(problem), result.areas, strict=True):
            alone = solved(area)
            assert (alone.status, alone.roster) == (found.status, found.roster)
            if result.roster is not None:
                assert rejoin(result.roster, area, alone.roster) == result.roster

    @given(DISTRICTS, st.data())
    def test_may_change_without_the_others(self, problem, data):
        gone = data.draw(st.sampled_from(problem.volunteers)).id
        rest = attrs.evolve(problem, volunteers=[each for each in problem.volunteers if each.id != gone])
        before, after = (dict(zip(areas(each), solved(each).areas, strict=True)) for each in (problem, rest))
        for area in before.keys() & after.keys():
            assert before[area].roster == after[area].roster
