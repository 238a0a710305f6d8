from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.service.invitations import Invitations, Turnout, expected_attendance, invitations_needed
from civicvol.service.reliability import Reliability
from tests.service.sheets import at


def person(number, probability=None):
    """Return somebody who comes with a probability; without one, as somebody new does."""
    given = {} if probability is None else {"prior_rate": 1 - probability}
    return Reliability(volunteer=f"v{number}", as_of=at("12:00"), **given)


def people(*probabilities):
    return tuple(person(number, each) for number, each in enumerate(probabilities, start=1))


def close(*numbers):
    return pytest.approx(numbers, abs=1e-12)


class TestTheTurnout:
    def test_of_nobody_is_nobody(self):
        assert expected_attendance(()).distribution == (1.0,)
        assert expected_attendance(()).mean == 0.0

    def test_of_three_is_worked_out_by_hand(self):
        turnout = expected_attendance((0.5, 0.8, 0.9))
        assert turnout.distribution == close(0.01, 0.14, 0.49, 0.36)
        assert turnout.mean == pytest.approx(2.2)

    def test_of_two_alike_is_binomial(self):
        assert expected_attendance((0.5, 0.5)).distribution == close(0.25, 0.5, 0.25)

    def test_of_those_who_surely_come_or_not(self):
        assert expected_attendance((1, 0, 1)).distribution == (0.0, 0.0, 1.0, 0.0)

    @pytest.mark.parametrize(("heads", "chance"), [(0, 1.0), (1, 0.99), (2, 0.85), (3, 0.36), (4, 0.0)])
    def test_says_how_likely_so_many_are(self, heads, chance):
        assert expected_attendance((0.5, 0.8, 0.9)).at_least(heads) == pytest.approx(chance)

    @pytest.mark.parametrize("heads", [-1, 1.0, None])
    def test_takes_whole_heads(self, heads):
        with pytest.raises(InputError, match="heads"):
            Turnout().at_least(heads)

    @pytest.mark.parametrize("wrong", [0.5, (1.5,), ("0.5",), (float("nan"),)])
    def test_takes_probabilities(self, wrong):
        with pytest.raises(InputError, match="probabilities"):
            expected_attendance(wrong)

    def test_takes_no_more_than_ten_thousand(self):
        with pytest.raises(InputError, match="at most 10,000 members, not 10001"):
            expected_attendance([0.5] * 10_001)

    @pytest.mark.parametrize("wrong", [(), (0.5, 0.4), (2.0, -1.0)])
    def test_is_a_distribution(self, wrong):
        with pytest.raises(InputError, match=r"Turnout\.distribution"):
            Turnout(distribution=wrong)


class TestTheInvitations:
    """Of people who come with 0.5: one of 1, 2, 3 comes with 0.5, 0.75, 0.875."""

    @pytest.mark.parametrize(
        ("target", "number"), [(0.0, 0), (0.5, 1), (0.51, 2), (0.75, 2), (0.76, 3), (0.875, 3), (0.9375, 4)]
    )
    def test_are_the_fewest_that_reach_the_target(self, target, number):
        found = invitations_needed(people(0.5, 0.5, 0.5, 0.5), 1, target)
        assert found.invited == ("v1", "v2", "v3", "v4")[:number]
        assert found.enough

    def test_keep_to_the_order_of_preference(self):
        assert invitations_needed(people(0.5, 0.9, 0.5), 1, 0.9).invited == ("v1", "v2")

    def test_are_none_where_nobody_is_needed(self):
        found = invitations_needed(people(0.5), 0, 1.0)
        assert (found.invited, found.probability, found.enough) == ((), 1.0, True)

    def test_are_all_where_they_are_too_few(self):
        found = invitations_needed(people(0.5, 0.5), 1, 0.8)
        assert (found.invited, found.enough) == (("v1", "v2"), False)
        assert found.text() == (
            "even with all 2 invited, at least 1 come with a probability of only 75.0 %; wanted is 80.0 %"
        )
        assert found.text("zh") == "即使邀请全部2人，至少1人到场的可能也只有75.0%，要求80.0%"

    def test_are_never_enough_of_fewer_people_than_are_needed(self):
        found = invitations_needed(people(1.0, 1.0), 3, 0.01)
        assert (found.probability, found.enough) == (0.0, False)

    def test_go_beyond_those_who_come_anyway(self):
        coming = (person(8, 0.5), person(9, 0.5))
        assert invitations_needed(people(0.5, 0.5), 1, 0.75, coming=coming).invited == ()
        assert invitations_needed(people(0.5, 0.5), 1, 0.8, coming=coming).invited == ("v1",)

    def test_say_so_in_words(self):
        found = invitations_needed(people(0.5, 0.5, 0.5), 1, 0.75)
        assert found.text() == "invite 2 of 3: at least 1 come with a probability of 75.0 %; wanted is 75.0 %"
        assert found.text("zh") == "邀请3人中的2人：至少1人到场的可能为75.0%，要求75.0%"

    def test_of_a_dozen_newcomers(self):
        """Ten of ten come with 0.9^10 = 0.349; of eleven, ten or more with 0.697; of twelve, with 0.889."""
        newcomers = tuple(map(person, range(14)))
        chances = [invitations_needed(newcomers, 10, target).probability for target in (0.3, 0.35, 0.7)]
        assert chances == pytest.approx([0.348678, 0.697357, 0.889130], abs=1e-6)


class TestWrongInput:
    def test_is_named(self):
        with pytest.raises(InputError) as caught:
            invitations_needed((1,), -1, 1.5, coming=0.5)
        assert [fault.field for fault in caught.value.faults] == ["reliabilities", "needed", "target", "coming"]

    def test_is_somebody_twice(self):
        with pytest.raises(InputError, match="'v1' twice"):
            invitations_needed(people(0.5), 1, 0.5, coming=people(0.5))

    def test_is_more_than_ten_thousand_people(self):
        with pytest.raises(InputError, match="reliabilities must have at most 10,000 members"):
            invitations_needed(map(person, range(10_001)), 1, 0.5)


def test_travels_as_json():
    found = invitations_needed(people(0.5, 0.8), 1, 0.9)
    assert from_json(to_json(found), Invitations) == found


chances = st.one_of(st.sampled_from((0.0, 1.0, 0.5, 1e-9)), st.floats(0, 1))


def by_subsets(probabilities):
    """Return the chance of each number of people, by going through who comes and who does not."""
    found = [0.0] * (len(probabilities) + 1)
    for who in product((False, True), repeat=len(probabilities)):
        found[sum(who)] += prod(p if comes else 1 - p for comes, p in zip(who, probabilities, strict=True))
    return found


class TestForecasts:
    """The turnout is that of all subsets of people, and no fewer invitations in their order would be enough."""

    @given(st.lists(chances, max_size=9))
    def test_is_the_sum_over_who_comes(self, probabilities):
        turnout = expected_attendance(probabilities)
        assert turnout.distribution == close(*by_subsets(probabilities))
        assert turnout.mean == pytest.approx(sum(probabilities), abs=1e-9)

    @given(st.lists(chances, max_size=7), st.lists(chances, max_size=3), st.integers(0, 6), st.floats(0, 1))
    def test_invites_the_fewest(self, probabilities, sure, needed, target):
        options = people(*probabilities)
        coming = tuple(person(100 + number, each) for number, each in enumerate(sure))
        found = invitations_needed(options, needed, target, coming=coming)
        assert found.invited == tuple(each.volunteer for each in options[: len(found.invited)])
        real = [each.probability for each in (*coming, *options)]
        reach = [
            sum(by_subsets(real[: len(coming) + number])[needed:]) >= target - 1e-9
            for number in range(len(options) + 1)
        ]
        if found.enough:
            assert reach[len(found.invited)]
        else:
            assert len(found.invited) == len(options)
        surely = [
            sum(by_subsets(real[: len(coming) + number])[needed:]) >= target + 1e-9
            for number in range(len(found.invited))
        ]
        assert not any(surely)
