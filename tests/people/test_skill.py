from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assessment, InputError, Label, Qualification, SkillNeed, SkillTag
from civicvol.people import providers
from civicvol.people.skill import as_needs

MARCH_5 = date(2026, 3, 5)


def faults(make, **fields):
    with pytest.raises(InputError) as caught:
        make(**fields)
    return [(fault.field, fault.id, fault.value) for fault in caught.value.faults]


class TestSkillTag:
    def test_is_called_by_its_id_unless_it_has_a_label(self):
        assert SkillTag(id="nurse").label == Label("nurse")
        assert SkillTag(id="nurse", label="Nurse").label == Label("Nurse")
        assert SkillTag(id="nurse", label=Label("Nurse", "护士")).label.zh == "护士"

    def test_takes_any_collection_of_implied_skills(self):
        assert SkillTag(id="a", implies=["b", "c", "b"]) == SkillTag(id="a", implies={"c", "b"})

    @pytest.mark.parametrize("wrong", ["", " nurse", "nurse ", "a\nb", None, 3, "x" * 10_001])
    def test_needs_an_id(self, wrong):
        assert faults(SkillTag, id=wrong, label="Nurse") == [("SkillTag.id", None, wrong)]

    def test_names_all_faults_at_once(self):
        assert faults(SkillTag, id="a", label=3, implies="b") == [
            ("SkillTag.label", "a", 3),
            ("SkillTag.implies", "a", "b"),
        ]

    @pytest.mark.parametrize("wrong", [None, 3, [None], ["b", ""], [["b"]], {"b": 1}])
    def test_implies_ids(self, wrong):
        ((field, id, _),) = faults(SkillTag, id="a", implies=wrong)
        assert (field, id) == ("SkillTag.implies", "a")


class TestSkillNeed:
    def test_asks_for_the_first_level_unless_it_says_otherwise(self):
        assert SkillNeed(skill="nurse").level == 1

    @pytest.mark.parametrize("level", [1, 5])
    def test_takes_levels_from_one_to_five(self, level):
        assert SkillNeed(skill="nurse", level=level).level == level

    @pytest.mark.parametrize("level", [0, 6, -1, 1.0, True, "1", None])
    def test_takes_no_other_level(self, level):
        assert faults(SkillNeed, skill="nurse", level=level) == [("SkillNeed.level", None, level)]

    def test_is_made_from_ids_where_a_list_of_needs_is_asked_for(self):
        two = SkillNeed(skill="cook", level=2)
        assert as_needs(["nurse", two]) == (SkillNeed(skill="nurse"), two)
        assert as_needs("nurse") == "nurse"


class TestQualification:
    def test_counts_always_unless_it_says_otherwise(self):
        assert Qualification(skill="nurse").covers(date.min, date.max)

    def test_counts_on_its_last_day_and_not_the_day_after(self):
        held = Qualification(skill="nurse", valid_until=MARCH_5)
        assert held.covers(MARCH_5, MARCH_5)
        assert not held.covers(MARCH_5, date(2026, 3, 6))

    def test_counts_from_its_first_day_and_not_the_day_before(self):
        held = Qualification(skill="nurse", valid_from=MARCH_5)
        assert held.covers(MARCH_5, MARCH_5)
        assert not held.covers(date(2026, 3, 4), MARCH_5)

    def test_may_be_for_a_single_day(self):
        assert Qualification(skill="nurse", valid_from=MARCH_5, valid_until=MARCH_5).covers(MARCH_5, MARCH_5)

    def test_does_not_end_before_it_begins(self):
        found = faults(Qualification, skill="nurse", valid_from=MARCH_5, valid_until=date(2026, 3, 4))
        assert found == [("Qualification.valid_until", "nurse", date(2026, 3, 4))]

    def test_names_all_faults_at_once(self):
        assert faults(Qualification, skill="", level=9, assessed="seen", valid_from="2026-03-05", valid_until=3) == [
            ("Qualification.skill", None, ""),
            ("Qualification.level", None, 9),
            ("Qualification.assessed", None, "seen"),
            ("Qualification.valid_from", None, "2026-03-05"),
            ("Qualification.valid_until", None, 3),
        ]

    @given(st.dates(), st.dates(), st.dates(), st.dates())
    def test_covers_a_span_where_it_covers_each_end(self, a, b, c, d):
        first, last = sorted((a, b))
        start, end = sorted((c, d))
        held = Qualification(skill="nurse", valid_from=first, valid_until=last)
        assert held.covers(start, end) == (held.covers(start, start) and held.covers(end, end))


def test_assessments_have_a_name_in_both_languages():
    assert all(kind.label.en and kind.label.zh for kind in Assessment)


class TestProviders:
    def test_a_skill_provides_itself(self):
        assert providers([SkillTag(id="a")]) == {"a": {"a"}}

    def test_implication_goes_through_others(self):
        tags = [SkillTag(id="a", implies={"b"}), SkillTag(id="b", implies={"c"}), SkillTag(id="c")]
        assert providers(tags) == {"a": {"a"}, "b": {"a", "b"}, "c": {"a", "b", "c"}}

    def test_a_circle_makes_skills_equal(self):
        tags = [SkillTag(id="a", implies={"b"}), SkillTag(id="b", implies={"a"})]
        assert providers(tags) == {"a": {"a", "b"}, "b": {"a", "b"}}

    def test_a_skill_may_be_implied_by_several(self):
        tags = [SkillTag(id="a", implies={"c"}), SkillTag(id="b", implies={"c"}), SkillTag(id="c")]
        assert providers(tags)["c"] == {"a", "b", "c"}

    @given(st.dictionaries(st.sampled_from("abcde"), st.frozensets(st.sampled_from("abcde"))))
    def test_whoever_provides_a_skill_provides_what_it_implies(self, implied):
        found = providers([SkillTag(id=id, implies=others) for id, others in implied.items()])
        for id, others in implied.items():
            assert id in found[id]
            assert all(found[id] <= found[other] for other in others)
