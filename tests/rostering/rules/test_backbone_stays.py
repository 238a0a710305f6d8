import pytest

from civicvol import CoverRequirement, solve
from civicvol.rostering.rules import BackboneStays, MaximumCover, MinimumCover


def people(make):
    li, mu = (make.person(id, affiliations=["core"]) for id in ("li", "mu"))
    return li, mu, make.person("wu"), make.person("xu")


@pytest.mark.parametrize(
    ("on", "expected"),
    [("wu:a", [2]), ("li:a wu:a", [1]), ("li:a mu:a wu:a xu:a", []), ("li:a", []), ("", [])],
)
def test_two_of_them_stay_while_others_do(make, on, expected):
    rule, shift = BackboneStays(group="core", least=2), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on=on) == expected


@pytest.mark.parametrize(("on", "expected"), [("", [2]), ("li:a", [1]), ("li:a mu:a", [])])
def test_or_always(make, on, expected):
    rule, shift = BackboneStays(group="core", least=2, always=True), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on=on) == expected


def test_the_others_are_released_first(make):
    def stay(number):
        shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=number)])
        rules = [BackboneStays(group="core", least=2), MinimumCover(), MaximumCover()]
        return {each.volunteer for each in solve(make.problem(*people(make), shift, rules=rules)).roster}

    assert len(stay(3)) == 3
    assert stay(2) == {"li", "mu"}
    assert stay(1) in ({"li"}, {"mu"})


def test_says_who_is_missing(make):
    (violation,) = make.found(BackboneStays(group="core"), *people(make), make.shift("a", "24 09:00-11:00"), on="wu:a")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 0 of at least 1 of the backbone (core): 1 missing"
    assert violation.message.zh.endswith("：骨干（core）至少需1人，现有0人，缺1人")
