"""The contracts accept rules that keep them, of an app's own too, and say what is wrong with the others."""

from datetime import date, time
from typing import Any, ClassVar

import attrs
import numpy as np
import pytest

from civicvol import (
    Assignment,
    AssignmentRule,
    Horizon,
    InputError,
    Label,
    Position,
    Roster,
    RosterProblem,
    Rule,
    Shift,
    TimeSpan,
    Volunteer,
)
from civicvol.rostering.rules import MinimumCover, Pinned
from civicvol.testing import assert_rule_is_described, assert_two_sided

DAYS = range(23, 27)


def problem(people=("li", "wu"), **fields):
    shifts = [
        Shift(id=f"s{day}", position="post", span=TimeSpan.on(date(2026, 3, day), time(9), time(11), "Asia/Shanghai"))
        for day in DAYS
    ]
    return RosterProblem(
        horizon=Horizon(first_day=date(2026, 3, 23), last_day=date(2026, 3, 29), zone="Asia/Shanghai"),
        volunteers=[Volunteer(id=id) for id in people],
        shifts=shifts,
        positions=[Position(id="post")],
        rules=(),
        **fields,
    )


def roster(*places):
    return Roster(Assignment(volunteer=volunteer, shift=f"s{day}") for volunteer, day in places)


EVERYTHING = roster(*((volunteer, day) for volunteer in ("li", "wu") for day in DAYS))


@attrs.frozen(kw_only=True)
class FewShifts(Rule):
    """Nobody takes more than a few shifts.

    Args:
        most: the most shifts.
    """

    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label("{volunteer} has {amount} too many", "{volunteer}多{amount}班")
    reason: ClassVar = Label("have enough", "已够")

    most: int = 2

    def check(self, schedule):
        for volunteer in schedule.volunteers:
            over = len(schedule.duties[volunteer.id]) - self.most
            if over > 0:
                yield self.violation(over, {"volunteer": str(volunteer)}, volunteers=(volunteer.id,))

    def rows(self, columns, program):
        limits = np.full(len(columns.problem.volunteers), self.most)
        program.at_most(columns.volunteer, np.arange(len(columns)), 1.0, limits, self.weight)


@attrs.frozen(kw_only=True)
class NotLi(AssignmentRule):
    """Li does nothing."""

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label("{volunteer} is on {shift}", "{volunteer}在{shift}")
    reason: ClassVar = Label("are Li", "是李")

    def amount(self, problem, volunteer, shift, line):
        return float(volunteer.id == "li"), {}

    def measure(self, problem):
        return lambda volunteer, line: (volunteer == 0).astype(float)


@attrs.frozen(kw_only=True)
class SmallRoster(Rule):
    """The whole roster has no more than a few assignments; whoever is first answers for it."""

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label("{amount} too many", "多{amount}次")
    reason: ClassVar = Label("have enough", "已够")
    wide: ClassVar = True

    def check(self, schedule):
        first = schedule.problem.volunteers[0]
        over = len(schedule.roster) - 2
        if over > 0 and first in schedule.volunteers:
            yield self.violation(over, {}, volunteers=(first.id,))

    def rows(self, columns, program):
        program.at_most(0 * columns.candidates, columns.candidates, 1.0, [2.0], self.weight)


def failure(rule, on=EVERYTHING, **fields):
    with pytest.raises(AssertionError) as caught:
        assert_two_sided(rule, problem(**fields), on)
    return str(caught.value)


@pytest.mark.parametrize("weight", [None, 2.5])
@pytest.mark.parametrize("rule_class", [FewShifts, NotLi, SmallRoster])
@pytest.mark.parametrize("on", [EVERYTHING, roster(), roster(("wu", 23)), roster(("li", 23), ("li", 24))])
def test_an_apps_own_rule_passes(rule_class, weight, on):
    assert_two_sided(rule_class(weight=weight), problem(), on)
    assert_rule_is_described(rule_class)


@pytest.mark.parametrize("weight", [None, 1.0])
def test_a_problem_may_be_without_people(weight):
    assert_two_sided(MinimumCover(weight=weight), problem(people=()), roster())


@pytest.mark.parametrize("weight", [None, 1.0])
def test_other_rules_are_left_aside(weight):
    pinned = [Assignment(volunteer="li", shift="s23")]
    assert_two_sided(FewShifts(weight=weight), problem(pinned=pinned), roster())
    assert_two_sided(Pinned(weight=weight), problem(pinned=pinned), roster())


def test_the_roster_fits_the_problem():
    with pytest.raises(InputError, match="this problem knows"):
        assert_two_sided(FewShifts(), problem(), roster(("xu", 23)))


class TestWhatItSays:
    def test_where_the_rows_are_too_loose(self):
        class Loose(FewShifts):
            def rows(self, columns, program):
                attrs.evolve(self, most=self.most + 1).rows_of_parent(columns, program)

            def rows_of_parent(self, columns, program):
                FewShifts.rows(self, columns, program)

        text = failure(Loose(most=3))
        assert "Loose(weight=None, most=3): check and rows differ" in text
        assert "check: 2 violations\n  - li has 1 too many (amount 1)\n  - wu has 1 too many (amount 1)" in text
        assert "rows: nothing that forbids the roster" in text
        assert "roster: li on s23 as helper, " in text

    def test_where_the_rows_are_too_tight(self):
        class Tight(FewShifts):
            def rows(self, columns, program):
                program.charge(columns.candidates, None, np.ones(columns.count))

        text = failure(Tight(), roster(("li", 23)))
        assert "check: 0 violations\nrows: no solution\nroster: li on s23 as helper" in text

    def test_where_the_price_differs(self):
        class Cheap(FewShifts):
            def rows(self, columns, program):
                program.charge(columns.candidates, 0.5, np.ones(columns.count))

        text = failure(Cheap(weight=2.0))
        assert "check: 2 violations, a penalty of 8" in text
        assert "rows: a cost of 4, which is -4 on the check's" in text

    def test_where_a_soft_rule_forbids(self):
        class Hardened(FewShifts):
            def rows(self, columns, program):
                attrs.evolve(FewShifts(most=self.most)).rows(columns, program)

        assert "rows: no solution, although the rule is soft" in failure(Hardened(weight=1.0))

    def test_where_the_rows_pay_without_end(self):
        class Bottomless(FewShifts):
            def rows(self, columns, program):
                program.add_columns([-1.0], np.inf)

        assert "its rows have no cheapest solution" in failure(Bottomless(weight=1.0))

    def test_where_there_is_much_to_show(self):
        class Silent(FewShifts):
            def rows(self, columns, program):
                """Write nothing."""

        people = [f"v{number}" for number in range(10)]
        text = failure(Silent(most=0), roster(*((volunteer, 23) for volunteer in people)), people=people)
        assert "check: 10 violations\n" in text
        assert "  - and 2 more\n" in text

    def test_where_nobody_is_on_the_roster(self):
        class Unready(FewShifts):
            def rows(self, columns, program):
                program.require(columns.candidates, None)

        assert failure(Unready(), roster()).endswith("roster: nobody")

    def test_where_measure_and_amount_differ(self):
        class Other(NotLi):
            def measure(self, problem):
                return lambda volunteer, line: (volunteer == 1).astype(float)

        assert "for 'li' on 's23' as 'helper', amount says 1 and measure says 0" in failure(Other(), roster())

    def test_where_measure_has_another_shape(self):
        class Short(NotLi):
            def measure(self, problem):
                return lambda volunteer, line: np.zeros(3)

        assert "measure returns the shape (3,) for (8,)" in failure(Short(), roster())

    def test_where_the_check_looks_at_everybody(self):
        class Nosy(FewShifts):
            def check(self, schedule):
                return FewShifts.check(self, type(schedule)(schedule.problem, schedule.roster))

        assert "must look at schedule.volunteers and schedule.shifts only" in failure(Nosy())

    def test_where_an_assignment_matters_for_others(self):
        class Narrow(SmallRoster):
            wide = False

        said = "its check finds {} in the whole roster and +0 of that volunteer and that shift"
        assert f"without wu on s24 as helper, {said.format('-1')}" in failure(Narrow())
        three = roster(("li", 24), ("li", 25), ("wu", 25))
        assert f"with wu on s23 as helper, {said.format('+1')}" in failure(Narrow(), three)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"rule": "Else"}, "rule is 'Else'"),
            ({"hard": False}, "hard is False"),
            ({"amount": 0}, "amount is 0"),
            ({"amount": float("nan")}, "amount is nan"),
            ({"penalty": 1.0}, "penalty is 1.0, not weight times amount"),
            ({"message": Label("only English")}, "message is Label"),
            ({"volunteers": ()}, "it names neither volunteers nor shifts"),
            ({"volunteers": ("xu",)}, r"volunteers are ('xu',)"),
            ({"shifts": ("t1",)}, r"shifts are ('t1',)"),
            ({"facts": {"day": date(2026, 3, 23)}}, "facts: {'day'"),
            ({"facts": {"count": np.int64(3)}}, "facts: {'count'"),
        ],
    )
    def test_where_a_violation_is_not_well_formed(self, change, message):
        class Odd(FewShifts):
            def check(self, schedule):
                return (attrs.evolve(violation, **change) for violation in FewShifts.check(self, schedule))

        text = failure(Odd())
        assert "a violation is not well formed" in text
        assert message in text


class TestDescription:
    def undescribed(self, rule_class):
        with pytest.raises(AssertionError) as caught:
            assert_rule_is_described(rule_class)
        return str(caught.value).splitlines()

    def test_lists_everything_that_is_missing(self):
        @attrs.frozen(kw_only=True)
        class Bare(Rule):
            def check(self, schedule):
                return iter(())

            def rows(self, columns, program):
                """Write nothing."""

        assert self.undescribed(Bare) == [
            "Bare is not described:",
            "- unit must be a Label in English and Chinese, not None",
            "- sentence must be a Label in English and Chinese, not None",
            "- reason must be a Label in English and Chinese, not None",
            "- the class must have a docstring of its own",
        ]

    def test_asks_for_both_languages(self):
        class English(FewShifts):
            """Few shifts."""

            reason: ClassVar = Label("have enough")

        assert self.undescribed(English)[1:] == [
            "- reason must be a Label in English and Chinese, not Label(en='have enough', zh='')"
        ]

    def test_asks_for_the_same_facts_in_both_languages(self):
        class Forgetful(FewShifts):
            """Few shifts."""

            sentence: ClassVar = Label("{volunteer} has {amount:.1f} too many", "{volunteer}")

        assert self.undescribed(Forgetful)[1:] == [
            "- sentence must name the same facts in both languages, not ['amount', 'volunteer'] and ['volunteer']"
        ]

    @pytest.mark.parametrize("kind", [object, Any, dict[str, int], Assignment | None, list[int]])
    def test_asks_for_plain_parameters(self, kind):
        rule_class = attrs.make_class(
            "Odd", {"thing": attrs.field(default=None, type=kind)}, bases=(FewShifts,), frozen=True, kw_only=True
        )
        rule_class.__doc__ = "Something odd."
        (_, line) = self.undescribed(rule_class)
        assert line.startswith("- thing must be of plain values, not ")

    @pytest.mark.parametrize("kind", [int, str | None, tuple[date, ...], frozenset[str], time, float])
    def test_accepts_plain_parameters(self, kind):
        rule_class = attrs.make_class(
            "Plain", {"thing": attrs.field(default=None, type=kind)}, bases=(FewShifts,), frozen=True, kw_only=True
        )
        rule_class.__doc__ = "Something plain."
        assert_rule_is_described(rule_class)

    def test_asks_for_types(self):
        rule_class = attrs.make_class("Untyped", {"thing": attrs.field(default=None)}, bases=(FewShifts,), frozen=True)
        rule_class.__doc__ = "Something untyped."
        assert self.undescribed(rule_class)[1:] == ["- the class must be a frozen attrs class whose fields have types"]
