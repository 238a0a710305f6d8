from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Cadence, CoverRequirement, Horizon, InputError, Shift, ShiftTemplate, SkillNeed, TimeSpan
from civicvol.testing import horizons, shifts

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = TimeSpan.on(date(2026, 3, 24), time(18), time(21), BERLIN)


def faults(make, **fields):
    with pytest.raises(InputError) as caught:
        make(**fields)
    return [(fault.field, fault.id, fault.value) for fault in caught.value.faults]


class TestCoverRequirement:
    def test_wants_one_helper_unless_it_says_otherwise(self):
        line = CoverRequirement()
        assert (line.role, line.minimum, line.desired, line.maximum) == ("helper", 1, 1, 1)

    def test_wants_at_least_what_it_needs(self):
        line = CoverRequirement(minimum=3)
        assert (line.desired, line.maximum) == (3, 3)
        line = CoverRequirement(minimum=3, desired=4)
        assert line.maximum == 4

    def test_may_want_nobody(self):
        assert CoverRequirement(minimum=0).maximum == 0

    def test_takes_skills_by_id(self):
        line = CoverRequirement(all_of=["nurse"], any_of=[SkillNeed(skill="cook", level=2), "drive"])
        assert line.all_of == (SkillNeed(skill="nurse"),)
        assert line.any_of == (SkillNeed(skill="cook", level=2), SkillNeed(skill="drive"))

    def test_does_not_want_fewer_than_it_needs(self):
        assert faults(CoverRequirement, role="lead", minimum=3, desired=2) == [("CoverRequirement.desired", "lead", 2)]

    def test_takes_no_fewer_than_it_wants(self):
        found = faults(CoverRequirement, role="lead", minimum=1, desired=3, maximum=2)
        assert found == [("CoverRequirement.maximum", "lead", 2)]

    @pytest.mark.parametrize("wrong", [-1, 100_001, 1.0, "1", None, True])
    def test_counts_heads_in_whole_numbers(self, wrong):
        assert ("CoverRequirement.minimum", None, wrong) in faults(CoverRequirement, minimum=wrong)

    def test_names_all_faults_at_once(self):
        found = faults(CoverRequirement, role="", all_of="nurse", any_of=[3], minimum=-1, desired=1, maximum=1)
        assert [field for field, _, _ in found] == [
            "CoverRequirement.role",
            "CoverRequirement.all_of",
            "CoverRequirement.any_of",
            "CoverRequirement.minimum",
        ]


class TestShift:
    def test_wants_one_helper_unless_it_says_otherwise(self):
        assert Shift(id="a", position="gate", span=EVENING).cover == (CoverRequirement(),)

    def test_lasts_as_long_as_the_clock_says(self):
        assert Shift(id="a", position="gate", span=EVENING).minutes == 180
        night = TimeSpan.on(date(2026, 3, 28), time(22), time(6), BERLIN)
        assert Shift(id="a", position="gate", span=night).minutes == 420

    def test_finds_its_lines_by_role(self):
        lead = CoverRequirement(role="lead")
        shift = Shift(id="a", position="gate", span=EVENING, cover=[CoverRequirement(), lead])
        assert shift.line("lead") is lead
        with pytest.raises(InputError, match="role of 'a' is not a role of this shift, not 'cook'"):
            shift.line("cook")

    def test_touches_the_days_until_the_last_minute(self):
        day = date(2026, 3, 24)
        for end, last in [(time(23, 59), 24), (time(0), 24), (time(0, 1), 25)]:
            shift = Shift(id="a", position="gate", span=TimeSpan.on(day, time(18), end, BERLIN))
            assert shift.dates(BERLIN) == (day, date(2026, 3, last))

    def test_touches_other_days_in_another_zone(self):
        shift = Shift(id="a", position="gate", span=EVENING)
        assert shift.dates(ZoneInfo("Asia/Shanghai")) == (date(2026, 3, 25), date(2026, 3, 25))

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("id", ""),
            ("position", None),
            ("span", "18:00-21:00"),
            ("cover", ()),
            ("cover", ("helper",)),
            ("cover", CoverRequirement()),
            ("cover", (CoverRequirement(), CoverRequirement(minimum=2))),
            ("unit", ""),
        ],
    )
    def test_names_the_field_the_shift_and_the_value(self, field, wrong):
        ((named, id, value),) = faults(Shift, **{"id": "a", "position": "gate", "span": EVENING} | {field: wrong})
        assert (named, value) == (f"Shift.{field}", wrong)
        assert id == (None if field == "id" else "a")

    @given(st.data())
    def test_touches_every_day_of_its_span(self, data):
        horizon = data.draw(horizons())
        shift = data.draw(shifts(horizon))
        first, last = shift.dates(horizon.zone)
        assert first <= last
        assert first == shift.span.start.astimezone(horizon.zone).date()
        assert (last - first).days <= shift.minutes // (23 * 60) + 1


def template(**fields):
    base = {
        "id": "gate",
        "position": "gate",
        "cadence": Cadence.weekly(date(2026, 3, 1), "TU", "TH"),
        "start": time(18),
        "end": time(21),
    }
    return ShiftTemplate(**base | fields)


def march(first, last, **fields):
    return Horizon(first_day=date(2026, 3, first), last_day=date(2026, 3, last), zone=BERLIN, **fields)


class TestShiftTemplate:
    def test_makes_a_shift_for_each_day_of_its_cadence(self):
        made = template(unit="east").expand(march(23, 31))
        assert [shift.id for shift in made] == ["gate@2026-03-24", "gate@2026-03-26", "gate@2026-03-31"]
        assert made[0] == Shift(id="gate@2026-03-24", position="gate", span=EVENING, unit="east")

    def test_makes_the_same_shifts_again(self):
        assert template().expand(march(1, 31)) == template().expand(march(1, 31))

    def test_makes_them_for_parts_of_a_horizon_as_for_the_whole(self):
        daily = template(cadence=Cadence.daily(date(2026, 3, 1)), start=time(2), end=time(6))
        parts = [march(20, 28, day_start=time(5)), march(29, 31, day_start=time(5))]
        assert sum((daily.expand(part) for part in parts), ()) == daily.expand(march(20, 31, day_start=time(5)))

    def test_ends_on_the_next_day_where_the_end_is_not_later(self):
        (night,) = template(start=time(22), end=time(6)).expand(march(24, 24))
        assert night.minutes == 480
        (whole_day,) = template(start=time(8), end=time(8)).expand(march(24, 24))
        assert whole_day.minutes == 1440

    def test_keeps_to_the_wall_clock_over_a_clock_change(self):
        nights = template(cadence=Cadence.daily(date(2026, 3, 1)), start=time(22), end=time(6)).expand(march(27, 29))
        assert [night.minutes for night in nights] == [480, 420, 480]

    def test_leaves_out_a_day_whose_hours_the_clock_change_skips(self):
        early = template(cadence=Cadence.daily(date(2026, 3, 1)), start=time(2), end=time(3)).expand(march(28, 30))
        assert [shift.id for shift in early] == ["gate@2026-03-28", "gate@2026-03-30"]

    def test_begins_and_ends_with_the_horizon(self):
        daily = template(cadence=Cadence.daily(date(2026, 3, 1)), start=time(2), end=time(4))
        made = daily.expand(march(24, 25, day_start=time(5)))
        assert [shift.id for shift in made] == ["gate@2026-03-25", "gate@2026-03-26"]

    def test_makes_nothing_outside_its_cadence(self):
        assert template(cadence=Cadence.daily(date(2026, 4, 1))).expand(march(1, 31)) == ()

    def test_names_all_faults_at_once(self):
        found = faults(
            ShiftTemplate,
            id="gate",
            position=3,
            cadence="daily",
            start="18:00",
            end=time(21, tzinfo=BERLIN),
            cover=None,
        )
        assert [field for field, _, _ in found] == [
            "ShiftTemplate.position",
            "ShiftTemplate.cadence",
            "ShiftTemplate.start",
            "ShiftTemplate.end",
            "ShiftTemplate.cover",
        ]
        assert {id for _, id, _ in found} == {"gate"}

    @pytest.mark.parametrize("wrong", [None, "march", 3])
    def test_is_expanded_over_a_horizon(self, wrong):
        with pytest.raises(InputError, match="horizon must be a Horizon"):
            template().expand(wrong)
