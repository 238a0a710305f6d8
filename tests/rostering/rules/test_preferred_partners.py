from civicvol import CoverRequirement
from civicvol.rostering.rules import PreferredPartners

TWO = [CoverRequirement(minimum=2)]


def people(make, *partners):
    return [make.person("li", partners=partners), make.person("wu"), make.person("xu")]


def shifts(make):
    return [make.shift("a", "24 09:00-11:00", cover=TWO), make.shift("b", "25 09:00-11:00", cover=TWO)]


def test_one_of_the_partners_is_enough(make):
    assert make.amounts(PreferredPartners(), *people(make, "wu", "xu"), *shifts(make), on="li:a wu:a") == []


def test_each_shift_with_none_of_them_counts(make):
    both = people(make, "wu")
    assert make.amounts(PreferredPartners(), *both, *shifts(make), on="li:a li:b xu:a wu:b") == [1]
    assert make.amounts(PreferredPartners(), *both, *shifts(make), on="li:a li:b") == [1, 1]


def test_who_names_none_does_not_mind(make):
    assert make.amounts(PreferredPartners(), *people(make), *shifts(make), on="li:a xu:b") == []


def test_to_like_is_not_to_be_liked(make):
    assert make.amounts(PreferredPartners(), *people(make, "wu"), *shifts(make), on="wu:a xu:a") == []


def test_the_same_time_elsewhere_is_not_together(make):
    elsewhere = make.shift("c", "24 09:00-11:00", position="gate")
    assert make.amounts(PreferredPartners(), *people(make, "wu"), *shifts(make), elsewhere, on="li:a wu:c") == [1]


def test_another_role_of_the_shift_is_together(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(), CoverRequirement(role="lead")])
    assert make.amounts(PreferredPartners(), *people(make, "wu"), shift, on="li:a wu:a/lead") == []


def test_past_duties_do_not_count(make):
    assert make.amounts(PreferredPartners(), *people(make, "wu"), make.past("22 09:00-10:00"), on="") == []


def test_may_be_for_some_people_and_positions_only(make):
    gate = make.shift("c", "26 09:00-11:00", position="gate")
    them = [*shifts(make), gate]
    assert make.amounts(PreferredPartners(positions={"gate"}), *people(make, "wu"), *them, on="li:a li:c") == [1]
    assert make.amounts(PreferredPartners(group="cadre"), *people(make, "wu"), *them, on="li:a li:c") == []


def test_a_partner_need_not_be_of_the_group(make):
    li = make.person("li", partners=["wu"], affiliations=["cadre"])
    both = [li, make.person("wu")]
    assert make.amounts(PreferredPartners(group="cadre"), *both, *shifts(make), on="li:a wu:a li:b") == [1]


def test_partners_are_put_together(make):
    four = [
        make.person("li", partners=["yu"]),
        make.person("wu"),
        make.person("xu", partners=["wu"]),
        make.person("yu"),
    ]
    pins = [make.assignment("li:a"), make.assignment("xu:b")]
    found = make.solved(PreferredPartners(), *four, *shifts(make), pinned=pins)
    assert found >= {"li:a", "yu:a", "xu:b", "wu:b"}


def test_says_who_is_without_a_partner(make):
    (violation,) = make.found(PreferredPartners(), *people(make, "wu"), *shifts(make), on="li:a")
    assert violation.message.en == "li has none of the partners they like at post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.zh == "li在post，2026年3月24日周二 09:00–11:00没有与想搭档的人同班"
