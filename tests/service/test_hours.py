from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.service.hours import Acceptance, HoursPolicy, Rounding
from civicvol.service.hours_presets import HOURS_PRESETS
from civicvol.service.provenance import Provenance
from civicvol.service.purpose import Purpose

SHANGHAI = "Asia/Shanghai"


class TestRounding:
    @pytest.mark.parametrize(
        ("rounding", "minutes", "rounded"),
        [
            ("down", 0, 0),
            ("down", 14, 0),
            ("down", 15, 15),
            ("down", 29, 15),
            ("nearest", 7, 0),
            ("nearest", 8, 15),
            ("nearest", 22, 15),
            ("nearest", 23, 30),
            ("up", 0, 0),
            ("up", 1, 15),
            ("up", 15, 15),
            ("up", 16, 30),
        ],
    )
    def test_gives_whole_units(self, rounding, minutes, rounded):
        assert Rounding(rounding).of(minutes, 15) == rounded

    def test_sends_half_a_unit_up(self):
        assert [Rounding.NEAREST.of(minutes, 60) for minutes in (29, 30, 89, 90)] == [0, 60, 60, 120]

    @pytest.mark.parametrize("rounding", Rounding)
    def test_leaves_minutes_as_they_are(self, rounding):
        assert rounding.of(68, 1) == 68


class TestDays:
    def test_begin_at_midnight(self):
        policy = HoursPolicy(zone=SHANGHAI)
        assert policy.day_of(datetime(2026, 3, 1, 23, 59, tzinfo=ZoneInfo(SHANGHAI))) == date(2026, 3, 1)

    def test_begin_when_the_policy_says(self):
        policy = HoursPolicy(zone="Europe/Berlin", day_start=time(5))
        berlin = ZoneInfo("Europe/Berlin")
        assert policy.day_of(datetime(2026, 3, 29, 4, 59, tzinfo=berlin)) == date(2026, 3, 28)
        assert policy.day_of(datetime(2026, 3, 29, 5, tzinfo=berlin)) == date(2026, 3, 29)

    def test_are_those_of_the_zone(self):
        midnight_in_china = datetime(2026, 3, 1, 17, tzinfo=ZoneInfo("UTC"))
        assert HoursPolicy(zone=SHANGHAI).day_of(midnight_in_china) == date(2026, 3, 2)


class TestPolicy:
    def test_says_all_it_does(self):
        policy = HoursPolicy(
            name=Label("our rules", "本社区办法"),
            zone=SHANGHAI,
            unit=15,
            rounding="up",
            least_minutes=30,
            least_percent=60,
            most_travel=45,
            most_per_activity=120,
            most_per_day=480,
            acceptances=[
                Acceptance(purpose="points", provenances=["clocked", "entered by a leader"]),
                Acceptance(purpose="stars", provenances=[]),
            ],
        )
        assert policy.definition("points").en == (
            "our rules (in units of 15 minutes, rounded up; up to 45 minutes of travel for each activity count; "
            "less than 30 minutes at an activity do not count; less than 60 % of an activity does not count; at most "
            "120 minutes for an activity; at most 480 minutes a day; for points only time that is clocked or "
            "entered by a leader)"
        )
        assert policy.definition("stars").en.endswith("for stars only time that is of no provenance)")
        assert policy.definition().zh == (
            "本社区办法（以15分钟为单位，向上取整；每次活动最多计45分钟路途时间；一次活动不足30分钟不计；"
            "不足活动时长的60%不计；每次活动最多120分钟；每天最多480分钟）"
        )

    def test_says_what_it_does_by_itself(self):
        assert str(HoursPolicy(zone=SHANGHAI).definition()) == "in minutes; travel does not count"

    def test_accepts_what_is_not_spoken_of(self):
        policy = HoursPolicy(zone=SHANGHAI, acceptances=[Acceptance(purpose="points", provenances=["clocked"])])
        assert policy.accepts(Provenance.CLOCKED, Purpose.POINTS)
        assert not policy.accepts(Provenance.LATE, Purpose.POINTS)
        assert policy.accepts(Provenance.LATE, Purpose.STARS)
        assert policy.accepts(Provenance.LATE, None)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"zone": "Mars"}, "zone"),
            ({"unit": 20}, "unit"),
            ({"unit": True}, "unit"),
            ({"rounding": "sideways"}, "rounding"),
            ({"least_percent": 101}, "least_percent"),
            ({"most_travel": -1}, "most_travel"),
            ({"most_per_day": 1.5}, "most_per_day"),
            ({"name": 7}, "name"),
            ({"day_start": "05:00"}, "day_start"),
            ({"acceptances": ["clocked"]}, "acceptances"),
        ],
    )
    def test_refuses_what_cannot_be(self, fields, field):
        with pytest.raises(InputError) as caught:
            HoursPolicy(**{"zone": SHANGHAI, **fields})
        assert [fault.field for fault in caught.value.faults] == [f"HoursPolicy.{field}"]

    def test_has_caps_of_whole_units(self):
        HoursPolicy(zone=SHANGHAI, unit=60, most_per_activity=120, most_per_day=480)
        with pytest.raises(InputError) as caught:
            HoursPolicy(zone=SHANGHAI, unit=60, most_per_activity=119, most_per_day=481)
        assert [fault.value for fault in caught.value.faults] == [119, 481]

    def test_accepts_for_a_purpose_once(self):
        with pytest.raises(InputError, match="twice"):
            HoursPolicy(zone=SHANGHAI, acceptances=[Acceptance(purpose="points", provenances=[])] * 2)

    @pytest.mark.parametrize("fields", [{"purpose": "fame"}, {"provenances": 7}, {"provenances": ["a dream"]}])
    def test_accepts_only_what_there_is(self, fields):
        with pytest.raises(InputError):
            Acceptance(**{"purpose": "points", "provenances": ["clocked"], **fields})


@pytest.mark.parametrize("preset", HOURS_PRESETS, ids=lambda preset: preset.id)
class TestPresets:
    def test_say_where_they_come_from(self, preset):
        assert preset.source
        assert preset.policy.name.en
        assert preset.policy.name.zh
