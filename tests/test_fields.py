from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import InputError, _fields


class Colour(StrEnum):
    RED = "red"


@attrs.frozen(kw_only=True)
class Cup:
    id: str = attrs.field(validator=_fields.identifier)
    size: int = attrs.field(default=1, validator=_fields.whole(1, 3))
    full: bool = attrs.field(default=False, validator=_fields.flag)
    colour: object = None


ACCEPTED = [
    (_fields.text, ["", "a b", "\n", "x" * 10_000, Colour.RED]),
    (_fields.identifier, ["v1", "a b", "采样", "x" * 10_000]),
    (_fields.flag, [True, False]),
    (_fields.whole(), [0, 1, _fields.MOST_MINUTES]),
    (_fields.whole(-2, 3), [-2, 3]),
    (_fields.number(), [0, 0.0, 0.5, 10**9]),
    (_fields.optional(_fields.whole()), [None, 3]),
    (_fields.is_a(str, "text"), ["", Colour.RED]),
    (_fields.exactly(str, "text"), [""]),
    (_fields.day, [date(2026, 3, 1)]),
    (_fields.wall_time, [time(0), time(23, 59)]),
    (_fields.zone, [ZoneInfo("Asia/Shanghai")]),
    (_fields.tuple_of(_fields.text), [(), ("a", "a")]),
    (_fields.tuple_of(_fields.text, unique=str, least=1), [("a",), ("a", "b")]),
    (_fields.set_of(_fields.text), [frozenset(), frozenset("a")]),
]
REFUSED = [
    (_fields.text, [None, 1, b"a", "x" * 10_001]),
    (_fields.identifier, ["", " ", "a ", "\ta", "a\nb", "a\0", 1, None, "x" * 10_001]),
    (_fields.flag, [0, 1, None, "false"]),
    (_fields.whole(), [-1, _fields.MOST_MINUTES + 1, 1.0, True, "1", None]),
    (_fields.whole(-2, 3), [-3, 4]),
    (_fields.number(), [-0.1, 1e9 + 1, float("nan"), float("inf"), True, "1", None]),
    (_fields.optional(_fields.whole()), [-1, ""]),
    (_fields.is_a(str, "text"), [b""]),
    (_fields.exactly(str, "text"), [Colour.RED]),
    (_fields.day, [datetime(2026, 3, 1), "2026-03-01", None]),
    (_fields.wall_time, [time(8, tzinfo=UTC), time(8, 0, 1), time(8, 0, 0, 1), "08:00", datetime(2026, 3, 1)]),
    (_fields.zone, ["Asia/Shanghai", UTC, None]),
    (_fields.tuple_of(_fields.text), [["a"], "a", None, ("a", 1)]),
    (_fields.tuple_of(_fields.text, unique=str, least=1), [(), ("a", "a")]),
    (_fields.set_of(_fields.text), [{"a"}, None, frozenset((1,))]),
]


def each(cases):
    return [
        pytest.param(check, value, id=f"{place}-{value!r:.20}")
        for place, (check, values) in enumerate(cases)
        for value in values
    ]


class TestChecks:
    @pytest.mark.parametrize(("check", "value"), each(ACCEPTED))
    def test_accept_what_they_ask_for(self, check, value):
        assert check.wrong(value) is None

    @pytest.mark.parametrize(("check", "value"), each(REFUSED))
    def test_say_what_is_wrong_with_anything_else(self, check, value):
        assert check.wrong(value).startswith(("must ", "has "))

    @pytest.mark.parametrize(
        ("check", "value", "message"),
        [
            (_fields.whole(1, 5000), 5001, "must be from 1 to 5,000"),
            (_fields.number(0.5, 2), 3, "must be from 0.5 to 2"),
            (_fields.tuple_of(_fields.flag), (True, 1), "has a member (number 2) that must be True or False"),
            (_fields.tuple_of(_fields.text, unique=str.lower), ("A", "b", "a"), "has 'a' twice"),
            (_fields.tuple_of(_fields.text, least=1), (), "must have at least 1 member"),
            (_fields.tuple_of(_fields.text, least=2), (), "must have at least 2 members"),
        ],
    )
    def test_say_it_exactly(self, check, value, message):
        assert check.wrong(value) == message


class TestAsValidators:
    def test_name_every_field_that_is_wrong_with_its_id_and_value(self):
        with pytest.raises(InputError) as caught:
            Cup(id="c1", size=9, full=2, colour=object())
        found = [(fault.field, fault.id, fault.value) for fault in caught.value.faults]
        assert found == [("Cup.size", "c1", 9), ("Cup.full", "c1", 2)]

    def test_give_no_id_where_the_id_itself_is_wrong(self):
        with pytest.raises(InputError) as caught:
            Cup(id=" ")
        assert [(fault.field, fault.id) for fault in caught.value.faults] == [("Cup.id", None)]

    def test_give_no_id_that_is_no_text(self):
        with pytest.raises(InputError) as caught:
            Cup(id=3, size=0)
        assert [(fault.field, fault.id) for fault in caught.value.faults] == [("Cup.id", None), ("Cup.size", None)]

    def test_let_good_values_be(self):
        assert attrs.asdict(Cup(id="c1", size=3)) == {"id": "c1", "size": 3, "full": False, "colour": None}


class TestRequire:
    def test_names_every_argument_that_is_wrong(self):
        with pytest.raises(InputError) as caught:
            _fields.require(a=(1, _fields.text), b=("b", _fields.text), c=(None, _fields.flag))
        assert [(fault.field, fault.value) for fault in caught.value.faults] == [("a", 1), ("c", None)]

    def test_is_silent_when_nothing_is(self):
        assert _fields.require(a=("a", _fields.text)) is None


class TestConverters:
    @pytest.mark.parametrize(
        ("value", "found"), [([1, 2], (1, 2)), ((1,), (1,)), (iter("ab"), ("a", "b")), (range(2), (0, 1))]
    )
    def test_make_tuples_of_collections(self, value, found):
        assert _fields.as_tuple(value) == found

    @pytest.mark.parametrize("value", ["ab", b"ab", {"a": 1}, None, 3])
    def test_leave_what_is_no_collection_of_members(self, value):
        assert _fields.as_tuple(value) is value
        assert _fields.as_frozenset(value) is value

    def test_make_sets_of_what_can_be_in_one(self):
        assert _fields.as_frozenset(["a", "a"]) == frozenset("a")
        assert _fields.as_frozenset([["a"]]) == (["a"],)

    def test_make_zones_of_their_names(self):
        assert _fields.as_zone("Asia/Shanghai") is ZoneInfo("Asia/Shanghai")
        assert _fields.as_zone(ZoneInfo("UTC")) is ZoneInfo("UTC")

    @pytest.mark.parametrize("value", ["Nowhere/Town", "", "/etc/passwd", "../zone", "a\0b", "Asia", None, 8])
    def test_leave_what_is_no_zone(self, value):
        assert _fields.as_zone(value) is value


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(anything)
def test_nothing_makes_a_check_or_converter_fail(value):
    for check, _ in ACCEPTED:
        assert check.wrong(value) is None or isinstance(check.wrong(value), str)
    for convert in (_fields.as_tuple, _fields.as_frozenset, _fields.as_zone):
        convert(value)


def test_text_that_cannot_be_written_is_refused():
    assert _fields.text.wrong("\ud800") == "must be text that can be written"
    assert _fields.identifier.wrong("a\ud800") is not None


def test_members_that_cannot_be_compared_are_refused():
    unique = _fields.tuple_of(_fields.is_a(list, "a list"), unique=lambda member: member)
    assert unique.wrong(([1],)).startswith("has a member that cannot be compared with others, a list")


def test_an_argument_of_another_kind_is_refused():
    _fields.expect("day", 3, int, "a number")
    with pytest.raises(InputError, match="day must be a number, not 'x'"):
        _fields.expect("day", "x", int, "a number")
