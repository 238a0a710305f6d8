from typing import ClassVar

import attrs
import pytest

from civicvol import InputError, Label, Rule
from civicvol.rostering.rule import ids_of
from civicvol.rostering.rules import (
    RULES,
    DemandingStretch,
    FairShare,
    GuardianConsent,
    MinimumRest,
    MinorsDailyMinutes,
    MostConsecutiveDays,
    MostMinutes,
    MostShifts,
    NoMinorsAtNight,
    PositionPreference,
    SeniorStretch,
    Together,
    default_rules,
)


@attrs.frozen(kw_only=True)
class NothingOnFriday(Rule):
    """A rule of an app's own."""

    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label("{volunteer} works on Friday ({amount:.1f})", "{volunteer}周五上班（{amount}）")
    reason: ClassVar = Label("rest on Friday", "周五休息")

    def check(self, schedule):
        return iter(())

    def rows(self, columns, program):
        """Write nothing."""


class TestRule:
    def test_is_hard_without_a_weight(self):
        assert NothingOnFriday().hard
        assert not NothingOnFriday(weight=0.5).hard

    def test_is_named_after_its_class(self):
        assert NothingOnFriday().name == "NothingOnFriday"

    def test_is_a_value(self):
        assert MinimumRest(minutes=60) == MinimumRest(minutes=60) != MinimumRest(minutes=60, weight=1.0)
        assert len({MinimumRest(), MinimumRest()}) == 1

    @pytest.mark.parametrize("weight", [0, -1.0, float("nan"), float("inf"), 1e10, "1", True])
    def test_has_a_weight_that_makes_sense(self, weight):
        with pytest.raises(InputError, match=r"MinimumRest\.weight"):
            MinimumRest(weight=weight)

    @pytest.mark.parametrize("rule_class", [FairShare, PositionPreference])
    def test_may_be_always_soft(self, rule_class):
        with pytest.raises(InputError, match=rf"{rule_class.__name__}\.weight must be a number, not None"):
            rule_class(weight=None)

    @pytest.mark.parametrize(
        ("rule_class", "field", "least", "most"),
        [
            (DemandingStretch, "break_minutes", 1, None),
            (FairShare, "piece", 15, None),
            (FairShare, "steps", 1, 1_000),
            (GuardianConsent, "under", 1, 120),
            (MinimumRest, "minutes", 1, None),
            (MinorsDailyMinutes, "minutes", 0, None),
            (MinorsDailyMinutes, "under", 1, 120),
            (MostConsecutiveDays, "days", 1, 366),
            (MostMinutes, "minutes", 0, None),
            (MostShifts, "shifts", 0, 100_000),
            (NoMinorsAtNight, "under", 1, 120),
            (SeniorStretch, "minutes", 1, None),
            (SeniorStretch, "from_age", 0, 150),
        ],
    )
    def test_takes_its_parameters_up_to_their_limits(self, rule_class, field, least, most):
        ends = [(least, least - 1), (most, most and most + 1)]
        for inside, outside in ends if most else ends[:1]:
            assert getattr(rule_class(**{field: inside}), field) == inside
            with pytest.raises(InputError, match=rf"{rule_class.__name__}\.{field} must be from"):
                rule_class(**{field: outside})

    def test_names_all_its_faults(self):
        with pytest.raises(InputError) as caught:
            MostMinutes(minutes=-1, per="week", weight=0.0)
        assert [fault.field for fault in caught.value.faults] == [
            "MostMinutes.weight",
            "MostMinutes.minutes",
            "MostMinutes.per",
        ]

    def test_cannot_be_made_without_its_two_sides(self):
        with pytest.raises(TypeError, match="abstract"):
            Rule()


class TestWhoBelongsTogether:
    """A problem is taken apart only between people whom no rule ties."""

    @pytest.fixture
    def problem(self, make):
        return make.problem(make.person("an"), make.person("bo"), make.person("cy"), make.shift("a", "24 09:00-11:00"))

    def tied(self, rule, problem):
        return [set(group) for group in rule.ties(problem)]

    def test_is_nobody_unless_a_rule_says_so(self, problem):
        assert self.tied(NothingOnFriday(), problem) == []
        assert self.tied(MostMinutes(minutes=60), problem) == []

    def test_is_everybody_where_a_rule_is_wide(self, problem):
        @attrs.frozen(kw_only=True)
        class Wide(NothingOnFriday):
            wide: ClassVar = True

        assert self.tied(Wide(), problem) == [{"an", "bo", "cy"}]

    @pytest.mark.parametrize("kind", ["volunteer", "shift"])
    def test_is_everybody_where_a_rule_names_some_or_their_shifts(self, problem, kind):
        @attrs.frozen(kw_only=True)
        class Names(NothingOnFriday):
            some: tuple[str, ...] = attrs.field(default=(), metadata=ids_of(kind))

        assert self.tied(Names(), problem) == [{"an", "bo", "cy"}]

    def test_is_nobody_where_a_rule_names_something_else(self, problem):
        @attrs.frozen(kw_only=True)
        class Names(NothingOnFriday):
            some: tuple[str, ...] = attrs.field(default=(), metadata=ids_of("position"))

        assert self.tied(Names(), problem) == []

    def test_is_everybody_where_a_flag_compares_them(self, problem):
        assert self.tied(FairShare(), problem) == []
        assert self.tied(FairShare(by_offer=True), problem) == [{"an", "bo", "cy"}]

    def test_is_each_company_by_itself(self, problem):
        assert self.tied(Together(companies=[("bo", "an"), ("cy", "bo")]), problem) == [{"an", "bo"}, {"bo", "cy"}]
        assert self.tied(Together(), problem) == []

    def test_a_part_of_a_rule_is_the_rule_unless_it_says_otherwise(self):
        rule = MinimumRest(minutes=60, weight=2.0)
        assert rule.part({"an"}) is rule
        assert rule.part(()) is rule

    def test_a_part_of_companies_are_those_of_its_people(self):
        rule = Together(companies=[("bo", "an"), ("cy", "di"), ("an", "ed")], positions={"post"}, weight=3.0)
        part = rule.part({"an", "bo", "ed"})
        assert part == Together(companies=[("bo", "an"), ("an", "ed")], positions={"post"}, weight=3.0)
        assert rule.part({"xu"}) is None


class TestViolation:
    def test_reads_in_both_languages(self):
        violation = NothingOnFriday().violation(1.25, {"volunteer": "李{0}"}, volunteers=("li",))
        assert str(violation) == violation.message.en == "李{0} works on Friday (1.2)"
        assert violation.message.zh == "李{0}周五上班（1.25）"

    def test_costs_weight_times_amount(self):
        assert NothingOnFriday(weight=4.0).violation(1.5, {"volunteer": "li"}).penalty == 6.0
        assert NothingOnFriday().violation(1.5, {"volunteer": "li"}).penalty == 0.0

    def test_carries_its_facts(self):
        violation = NothingOnFriday().violation(2, {"volunteer": "li"}, shifts=("a",))
        assert violation.facts == {"amount": 2, "volunteer": "li"}
        assert (violation.rule, violation.hard, violation.shifts) == ("NothingOnFriday", True, ("a",))


class TestTheFamily:
    def test_has_every_rule_once(self):
        assert len({rule_class.__name__ for rule_class in RULES}) == len(RULES)

    def test_is_a_sound_start_as_a_whole(self):
        kinds = [type(rule) for rule in default_rules()]
        assert set(kinds) <= set(RULES)
        assert len(set(kinds)) == len(kinds)
        assert all(not rule.hard for rule in default_rules() if "Cover" in rule.name and rule.name != "MaximumCover")


def test_the_default_prices_put_cover_before_wishes():
    prices = {rule.name: rule.weight for rule in default_rules() if not rule.hard}
    assert (prices.pop("MinimumCover"), prices.pop("DesiredCover")) == (10_000, 1_000)
    assert max(prices.values()) <= 4
