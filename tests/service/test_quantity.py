from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.service.quantity import CountUnit, Quantity, Status

NOON = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
SERVED = Quantity(amount=90, unit=CountUnit.MINUTES, as_of=NOON, definition=Label("minutes served", "服务时间"))


def of(unit, amount=2):
    return attrs.evolve(SERVED, unit=unit, amount=amount)


class TestShown:
    @pytest.mark.parametrize(
        ("unit", "amount", "english", "chinese"),
        [
            (CountUnit.MINUTES, 0, "0 h", "0小时"),
            (CountUnit.MINUTES, 59, "0 h 59 min", "0小时59分钟"),
            (CountUnit.MINUTES, 60, "1 h", "1小时"),
            (CountUnit.MINUTES, 90_061, "1,501 h 1 min", "1,501小时1分钟"),
            (CountUnit.PERSON_TIMES, 3, "3 person-times", "3人次"),
            (CountUnit.PEOPLE, 1_200, "1,200 people", "1,200人"),
            (CountUnit.SERVICES, 2, "2 services", "2次服务"),
            (CountUnit.SERVED, 7, "7 people served", "7人受服务"),
        ],
    )
    def test_with_its_unit(self, unit, amount, english, chinese):
        label = of(unit, amount).label
        assert (label.en, label.zh) == (english, chinese)

    def test_with_all_it_means(self):
        assert str(SERVED) == "1 h 30 min (verified; as of 2026-03-01 12:00 Asia/Shanghai; minutes served)"
        assert attrs.evolve(SERVED, status="recorded").text("zh") == (
            "1小时30分钟（已录入（含未核实）；截至2026-03-01 12:00 Asia/Shanghai；服务时间）"
        )


class TestAdding:
    @pytest.mark.parametrize("unit", [CountUnit.MINUTES, CountUnit.PERSON_TIMES])
    def test_is_for_what_adds_up(self, unit):
        assert of(unit) + of(unit, 3) == of(unit, 5)
        assert sum([of(unit), of(unit), of(unit)]) == of(unit, 6)

    @pytest.mark.parametrize("unit", [CountUnit.PEOPLE, CountUnit.SERVICES, CountUnit.SERVED])
    def test_is_not_for_what_may_be_in_both_counts(self, unit):
        with pytest.raises(InputError, match="count them together"):
            of(unit) + of(unit)

    @pytest.mark.parametrize("other", [unit for unit in CountUnit if unit is not CountUnit.MINUTES])
    def test_is_not_for_two_units(self, other):
        for pair in ((SERVED, of(other)), (of(other), SERVED)):
            with pytest.raises(InputError, match=r"^Quantity\.unit must be that of the other quantity"):
                sum(pair)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("as_of", NOON + timedelta(minutes=1)),
            ("status", Status.RECORDED),
            ("definition", Label("minutes there")),
        ],
    )
    def test_is_not_for_two_meanings(self, field, value):
        with pytest.raises(InputError) as caught:
            SERVED + attrs.evolve(SERVED, **{field: value})
        assert caught.value.faults[0].field == f"Quantity.{field}"

    def test_knows_one_moment_in_two_zones(self):
        elsewhere = attrs.evolve(SERVED, as_of=NOON.astimezone(ZoneInfo("UTC")))
        assert (SERVED + elsewhere).amount == 180

    @pytest.mark.parametrize("other", [1, 1.5, None, "1 h", False])
    def test_is_not_for_bare_numbers(self, other):
        for adding in (lambda: SERVED + other, lambda: other + SERVED):
            with pytest.raises(InputError, match="must be a Quantity"):
                adding()


class TestFields:
    @pytest.mark.parametrize(
        "fields",
        [
            {"amount": -1},
            {"amount": 1.5},
            {"unit": "minutes"},
            {"as_of": NOON.replace(tzinfo=None)},
            {"status": "maybe"},
        ],
    )
    def test_are_checked(self, fields):
        with pytest.raises(InputError):
            attrs.evolve(SERVED, **fields)

    @pytest.mark.parametrize("kind", [CountUnit, Status])
    def test_have_names_in_both_languages(self, kind):
        assert all(each.label.en and each.label.zh for each in kind)
