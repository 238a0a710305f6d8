from civicvol.rostering.rules import PositionPreference


def shifts(make):
    return [make.shift("a", "24 09:00-11:00", position="gate"), make.shift("b", "25 09:00-11:00", position="tent")]


def likes(make, *positions, id="li"):
    return make.person(id, preferences=positions)


def test_the_favourite_costs_nothing(make):
    assert make.amounts(PositionPreference(), likes(make, "gate", "tent"), *shifts(make), on="li:a") == []


def test_the_share_they_like_better_counts(make):
    assert make.amounts(PositionPreference(), likes(make, "tent", "gate"), *shifts(make), on="li:a") == [0.5]


def test_a_position_they_did_not_name_comes_last(make):
    assert make.amounts(PositionPreference(), likes(make, "desk", "lift"), *shifts(make), on="li:a li:b") == [1, 1]


def test_who_names_none_does_not_mind(make):
    assert make.amounts(PositionPreference(), *shifts(make), on="li:a li:b") == []


def test_everybody_gets_what_they_like(make):
    people = [likes(make, "tent"), likes(make, "gate", id="wu")]
    assert make.solved(PositionPreference(), *people, *shifts(make)) == {"li:b", "wu:a"}


def test_who_named_one_is_as_dear_as_who_named_many(make):
    people = [likes(make, "tent", "desk", "gate"), likes(make, "tent", id="wu")]
    assert make.solved(PositionPreference(), *people, shifts(make)[0]) == {"li:a"}


def test_is_always_soft():
    assert PositionPreference().weight == 2.0


def test_says_how_many_they_like_better(make):
    (violation,) = make.found(PositionPreference(), likes(make, "tent", "desk", "gate"), *shifts(make), on="li:a")
    where = "gate, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"li likes 2 other positions better than {where}"
    assert violation.message.zh == "li更喜欢另外2个岗位，而不是gate，2026年3月24日周二 09:00–11:00"
