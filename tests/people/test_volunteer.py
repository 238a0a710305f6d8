from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import InputError, Limit, Qualification, SkillNeed, Volunteer
from civicvol.calendar import Period
from civicvol.testing import volunteers


def born(*day):
    return Volunteer(id="li", birth_date=date(*day))


def faults(**fields):
    with pytest.raises(InputError) as caught:
        Volunteer(**fields)
    return [(fault.field, fault.id, fault.value) for fault in caught.value.faults]


class TestName:
    def test_is_the_id_where_there_is_no_other(self):
        assert str(Volunteer(id="v7")) == "v7"
        assert str(Volunteer(id="v7", name="")) == "v7"

    def test_is_what_people_call_them(self):
        assert str(Volunteer(id="v7", name="李明")) == "李明"


class TestUnits:
    def test_are_home_and_those_served(self):
        assert Volunteer(id="li", home="b1", serves=["g2", "g3"]).units == {"b1", "g2", "g3"}

    def test_may_be_none(self):
        assert Volunteer(id="li").units == frozenset()


class TestAge:
    def test_goes_up_on_the_birthday(self):
        assert born(2008, 3, 25).age_on(date(2026, 3, 24)) == 17
        assert born(2008, 3, 25).age_on(date(2026, 3, 25)) == 18

    def test_is_0_on_the_day_of_birth(self):
        assert born(2026, 3, 25).age_on(date(2026, 3, 25)) == 0

    def test_of_leap_day_children_goes_up_on_1_march_of_common_years(self):
        assert born(2008, 2, 29).age_on(date(2026, 2, 28)) == 17
        assert born(2008, 2, 29).age_on(date(2026, 3, 1)) == 18

    def test_of_leap_day_children_goes_up_on_29_february_of_leap_years(self):
        assert born(2008, 2, 29).age_on(date(2028, 2, 28)) == 19
        assert born(2008, 2, 29).age_on(date(2028, 2, 29)) == 20

    def test_is_not_known_without_a_birth_date(self):
        assert Volunteer(id="li").age_on(date(2026, 3, 1)) is None

    @given(st.dates(max_value=date(2100, 1, 1)), st.dates(max_value=date(2100, 1, 1)))
    def test_never_goes_down(self, birth, day):
        volunteer = Volunteer(id="li", birth_date=birth)
        assert 0 <= volunteer.age_on(day + timedelta(days=1)) - volunteer.age_on(day) <= 1


class TestMeets:
    NEED = SkillNeed(skill="first-aid", level=2)
    DAY = date(2026, 3, 24)

    def meets(self, *held, providers=("first-aid", "nurse")):
        return Volunteer(id="li", qualifications=held).meets(self.NEED, providers, self.DAY, self.DAY)

    def test_a_qualification_at_the_level_is_enough(self):
        assert self.meets(Qualification(skill="first-aid", level=2))
        assert not self.meets(Qualification(skill="first-aid", level=1))

    def test_one_that_provides_the_skill_is_enough(self):
        assert self.meets(Qualification(skill="nurse", level=3))
        assert not self.meets(Qualification(skill="nurse", level=3), providers=("first-aid",))

    def test_an_expired_one_is_not(self):
        assert not self.meets(Qualification(skill="first-aid", level=2, valid_until=date(2026, 3, 23)))

    def test_one_has_to_do_it_alone(self):
        expired = Qualification(skill="first-aid", level=5, valid_until=date(2026, 3, 23))
        assert not self.meets(expired, Qualification(skill="first-aid", level=1))


class TestFaults:
    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("name", 3),
            ("birth_date", "1990-01-01"),
            ("home", ""),
            ("serves", "b1"),
            ("qualifications", ["nurse"]),
            ("availability", None),
            ("preferences", "gate"),
            ("preferences", ("gate", "gate")),
            ("limits", [60]),
            ("affiliations", [3]),
            ("guardian_consent", 1),
        ],
    )
    def test_name_the_field_the_volunteer_and_the_value(self, field, wrong):
        ((named, id, value),) = faults(id="li", **{field: wrong})
        assert (named, id) == (f"Volunteer.{field}", "li")
        assert value == wrong or set(value) == set(wrong)

    @pytest.mark.parametrize("wrong", [None, "", "  ", "a\tb", 7, ["li"]])
    def test_name_an_id_that_is_none(self, wrong):
        assert faults(id=wrong, name="Li") == [("Volunteer.id", None, wrong)]

    def test_are_listed_all_at_once(self):
        assert [field for field, _, _ in faults(id="li", birth_date=3, serves=4, guardian_consent=None)] == [
            "Volunteer.birth_date",
            "Volunteer.serves",
            "Volunteer.guardian_consent",
        ]

    def test_name_the_member_of_a_list(self):
        with pytest.raises(InputError, match=r"has a member \(number 2\) that must be a Qualification"):
            Volunteer(id="li", qualifications=[Qualification(skill="a"), "b"])

    def test_name_a_period_that_is_limited_twice(self):
        twice = [Limit(per=Period.DAY, minutes=60), Limit(per=Period.DAY, shifts=1)]
        with pytest.raises(InputError, match=r"Volunteer\.limits of 'li' has 'day' twice"):
            Volunteer(id="li", limits=twice)

    def test_name_a_member_that_no_set_can_hold(self):
        with pytest.raises(InputError, match=r"Volunteer\.serves of 'li' has a member \(number 1\)"):
            Volunteer(id="li", serves=[[]])


@given(volunteers())
def test_any_volunteer_is_a_value(volunteer):
    again = attrs.evolve(volunteer, serves=list(volunteer.serves), limits=list(volunteer.limits))
    assert again == volunteer
    assert hash(again) == hash(volunteer)
