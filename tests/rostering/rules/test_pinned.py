from civicvol import CoverRequirement, check
from civicvol.rostering.rules import Pinned


def gate(make):
    return make.shift("gate", "24 09:00-11:00", cover=[CoverRequirement(), CoverRequirement(role="lead", minimum=0)])


def test_a_pin_that_is_on_the_roster_is_kept(make):
    assert make.amounts(Pinned(), gate(make), on="li:gate", pinned=[make.assignment("li:gate")]) == []


def test_each_pin_that_is_missing_counts(make):
    pins = [make.assignment("li:gate"), make.assignment("li:door")]
    door = make.shift("door", "25 09:00-11:00")
    assert make.amounts(Pinned(), gate(make), door, on="", pinned=pins) == [1, 1]


def test_another_role_is_not_what_was_settled(make):
    assert make.amounts(Pinned(), gate(make), on="li:gate/lead", pinned=[make.assignment("li:gate")]) == [1]


def test_others_may_come_as_well(make):
    people = [make.person("li"), make.person("wu")]
    assert make.amounts(Pinned(), *people, gate(make), on="li:gate wu:gate", pinned=[make.assignment("li:gate")]) == []


def test_holds_also_where_the_problem_does_not_name_it(make):
    problem = make.problem(gate(make), rules=(), pinned=[make.assignment("li:gate")])
    assert [violation.rule for violation in check(problem, make.roster("")).hard] == ["Pinned"]


def test_stays_although_somebody_else_would_do(make):
    people = [make.person("li"), make.person("wu")]
    pins = [make.assignment("wu:gate")]
    assert make.solved(Pinned(), *people, gate(make), pinned=pins) == {"wu:gate"}


def test_says_who_is_missing_where(make):
    (violation,) = make.found(Pinned(), gate(make), on="", pinned=[make.assignment("li:gate")])
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"li is pinned to {where} but not on it"
    assert violation.message.zh == "li已固定在post，2026年3月24日周二 09:00–11:00，但不在班表上"
