import attrs
import pytest

from civicvol import (
    CoverRequirement,
    InputError,
    Override,
    Roster,
    rules,
    why_not,
)


@pytest.fixture
def problem(kitchen):
    return kitchen


class TestWhyNot:
    def test_names_every_rule_with_its_sentence(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "an", "lunch")
        assert not answer.possible
        assert [violation.rule for violation in answer.against] == ["Qualified", "NoOverlap", "MostShifts"]
        assert str(answer).startswith("an as cook on post, Tue 24 Mar 2026 11:00–13:00: no, because\n- an is not qual")
        assert answer.text("zh").startswith("an（cook），post，2026年3月24日周二 11:00–13:00：不行，因为\n- an不具备")

    def test_says_what_it_would_cost(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "bo", "lunch")
        assert answer.possible
        assert answer.cost == -11_000
        assert "-11,000.00" in str(answer)

    def test_says_that_somebody_is_on_it(self, problem, make):
        answer = why_not(problem, make.roster("bo:lunch/cook"), "bo", "lunch")
        assert answer.assigned
        assert "is on the roster" in str(answer)

    def test_looks_at_the_role_that_fits_best(self, problem, make):
        hall = make.shift("hall", "26 11:00-13:00", cover=[CoverRequirement(role="cook", all_of=["cooking"]),
                                                           CoverRequirement(role="waiter")])  # fmt: skip
        wider = attrs.evolve(problem, shifts=(*problem.shifts, hall))
        assert why_not(wider, Roster(), "an", "hall").assignment.role == "waiter"

    def test_does_not_blame_it_for_what_was_broken_before(self, problem, make):
        answer = why_not(problem, make.roster("an:lunch/cook"), "an", "gate")
        assert "Qualified" not in {violation.rule for violation in answer.against}

    def test_knows_the_places_that_others_have_taken(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "bo", "gate")
        assert [violation.rule for violation in answer.against] == ["MaximumCover"]

    @pytest.mark.parametrize(("volunteer", "shift", "field"), [("xi", "gate", "volunteer"), ("an", "moon", "shift")])
    def test_refuses_ids_it_does_not_know(self, problem, volunteer, shift, field):
        with pytest.raises(InputError) as caught:
            why_not(problem, Roster(), volunteer, shift)
        assert caught.value.faults[0].field == field

    def test_calls_no_improvement_an_obstacle(self, problem, make):
        hard = attrs.evolve(problem, rules=(rules.MinimumCover(weight=None), rules.Qualified()))
        assert why_not(hard, Roster(), "bo", "lunch").possible
        assert [each.rule for each in why_not(hard, Roster(), "an", "lunch").against] == ["Qualified"]

    def test_names_what_causes_it(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "an", "lunch")
        assert answer.causes == ((), *[make.roster("an:gate").assignments] * 2)
        table = answer.table()
        assert table.to_records()[1] == {
            "rule": "NoOverlap",
            "amount": 60,
            "unit": "minutes",
            "why": str(answer.against[1]),
            "caused by": "an on gate as helper",
        }
        assert answer.table("zh").columns[0] == "规则"
        assert "<table" in answer._repr_html_()

    def test_names_the_others_who_cause_it(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "bo", "gate")
        assert answer.causes == (make.roster("an:gate").assignments,)

    def test_looks_at_all_that_a_wide_rule_is_about(self, make):
        shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 09:00-11:00")]
        couple = rules.Apart(companies=[("an", "bo")])
        problem = make.problem(make.person("an"), make.person("bo"), *shifts, rules=[couple])
        assert not why_not(problem, make.roster("an:a"), "bo", "b").possible
        assert why_not(problem, Roster(), "bo", "b").possible

    def test_names_what_was_agreed(self, problem):
        agreed = Override(volunteer="an", shift="lunch", reason="learns to cook", rules={"Qualified"})
        answer = why_not(attrs.evolve(problem, overrides=[agreed]), Roster(), "an", "lunch")
        assert answer.possible
        assert answer.text().endswith("no valid cooking; agreed: learns to cook")
        assert answer.text("zh").endswith("已同意：learns to cook")

    def test_names_only_those_on_the_line_that_is_full(self, make):
        two = [CoverRequirement(role="cook"), CoverRequirement(role="waiter")]
        people = [make.person(id) for id in ("an", "bo", "cy")]
        problem = make.problem(*people, make.shift("hall", "26 11:00-13:00", cover=two), rules=[rules.MaximumCover()])
        answer = why_not(problem, make.roster("an:hall/cook bo:hall/waiter"), "cy", "hall")
        assert [[each.volunteer for each in causes] for causes in answer.causes] == [["an"]]
