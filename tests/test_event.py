import pickle
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import InputError, Label
from civicvol.errors import RefusedError
from civicvol.event import Event, Log

ZONE = ZoneInfo("Europe/Berlin")
TOO_MUCH = Label("{} is more than the till holds", "超过余额：{}")


def at(hour, minute=0, day=1, fold=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE, fold=fold)


@attrs.frozen(kw_only=True)
class Moved(Event):
    """Money is put into a till, or taken out of it where it is less than 0."""

    amount: int


@attrs.frozen(kw_only=True)
class Till(Log[Moved, int]):
    """A till, which never holds less than nothing."""

    kind: ClassVar = Moved
    start: int = 0

    def _begin(self):
        return self.start

    def _after(self, state, event):
        if state + event.amount < 0:
            raise event.refusal(TOO_MUCH.filled(-event.amount))
        return state + event.amount


def moved(amount, when=None):
    return Moved(at=when or at(9), by="li", amount=amount)


class TestEvent:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("at", datetime(2026, 3, 1, 9)),
            ("at", datetime(2026, 3, 1, 9, 0, 1, tzinfo=ZONE)),
            ("at", "2026-03-01 09:00"),
            ("by", ""),
            ("by", None),
            ("why", None),
        ],
    )
    def test_says_which_field_is_wrong(self, field, value):
        with pytest.raises(InputError) as caught:
            Event(**{"at": at(9), "by": "li"} | {field: value})
        assert [(fault.field, fault.value) for fault in caught.value.faults] == [(f"Event.{field}", value)]

    def test_is_at_a_time_that_the_clock_shows(self):
        skipped, shown = at(2, 30, day=29), at(3, 30, day=29)
        assert Event(at=skipped, by="li") == Event(at=shown, by="li")
        assert Event(at=at(2, 30, day=28), by="li").at == at(2, 30, day=28)

    def test_keeps_which_of_two_hours_it_was(self):
        twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE)
        for fold in (0, 1):
            assert Event(at=twice.replace(fold=fold), by="li").at.fold == fold

    def test_refuses_itself_by_name_with_every_reason(self):
        reasons = Label("too late", "太晚"), Label("too much", "太多")
        error = moved(1).refusal(*reasons)
        assert isinstance(error, RefusedError)
        assert (error.step, error.reasons) == ("Moved", reasons)


class TestRecording:
    def test_gives_a_new_log_and_leaves_the_old_one(self):
        till = Till(start=2)
        later = till.record(moved(3), moved(-5, at(10)))
        assert (till.state, till.events) == (2, ())
        assert (later.state, later.events, later.start) == (0, (moved(3), moved(-5, at(10))), 2)

    def test_of_nothing_changes_nothing(self):
        till = Till(events=[moved(1)])
        assert till.record() == till

    @pytest.mark.parametrize("amount", [-3, -4])
    def test_reaches_the_limit_and_not_beyond(self, amount):
        till = Till().record(moved(3))
        if amount == -3:
            assert till.record(moved(amount)).state == 0
        else:
            with pytest.raises(RefusedError, match="4 is more than the till holds"):
                till.record(moved(amount))

    def test_of_several_is_all_or_nothing(self):
        till = Till().record(moved(3))
        before = till.state, till.events
        with pytest.raises(RefusedError):
            till.record(moved(4), moved(-8), moved(1))
        assert (till.state, till.events) == before

    @pytest.mark.parametrize("when", [at(9), at(9, 1)])
    def test_takes_events_of_the_same_minute_or_later(self, when):
        assert Till().record(moved(1)).record(moved(1, when)).state == 2

    def test_refuses_an_event_before_the_last_one(self):
        with pytest.raises(RefusedError) as caught:
            Till().record(moved(1)).record(moved(1, at(8, 59)))
        assert caught.value.text() == "the last event was later, at 2026-03-01 09:00+01:00"
        assert caught.value.text("zh") == "最近的记录更晚：2026-03-01 09:00+01:00"

    def test_orders_by_what_passes_and_not_by_the_clock(self):
        before, after = (
            datetime(2026, 10, 25, 2, minute, tzinfo=ZONE, fold=fold) for minute, fold in ((50, 0), (10, 1))
        )
        till = Till().record(moved(1, before)).record(moved(1, after))
        assert till.as_of(before).state == 1
        with pytest.raises(RefusedError, match="later"):
            Till().record(moved(1, after)).record(moved(1, before))

    def test_orders_across_zones(self):
        shanghai = datetime(2026, 3, 1, 15, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
        with pytest.raises(RefusedError, match="later"):
            Till().record(moved(1)).record(moved(1, shanghai))

    def test_refuses_events_of_other_logs(self):
        with pytest.raises(RefusedError, match="Event is kept in another log"):
            Till().record(Event(at=at(9), by="li"))

    @pytest.mark.parametrize("value", [None, 3, Moved])
    def test_takes_nothing_but_events(self, value):
        with pytest.raises(InputError, match="must be an event"):
            Till().record(value)


class TestLoading:
    @pytest.mark.parametrize(
        ("events", "message"),
        [
            ([moved(1), moved(-2)], "number 2.* cannot be: Moved is refused: 2 is more than the till holds"),
            ([moved(1, at(10)), moved(1)], "number 2.* cannot be: Moved is refused: the last event was later"),
            ([Event(at=at(9), by="li")], "number 1.* cannot be: Event is refused: Event is kept in another log"),
        ],
    )
    def test_names_the_event_that_cannot_be(self, events, message):
        with pytest.raises(InputError, match=message) as caught:
            Till(events=events)
        assert [fault.field for fault in caught.value.faults] == ["Till.events"]

    @pytest.mark.parametrize("events", [None, "events", [None], [moved(1), 3]])
    def test_takes_nothing_but_events(self, events):
        with pytest.raises(InputError, match=r"Till\.events"):
            Till(events=events)

    def test_of_a_pickled_log_gives_the_same(self):
        till = Till(start=1).record(moved(2))
        again = pickle.loads(pickle.dumps(till))  # noqa: S301
        assert (again, again.state) == (till, 3)


class TestLookingBack:
    till = Till().record(moved(1), moved(2, at(9)), moved(4, at(10)))

    @pytest.mark.parametrize(
        ("when", "state"), [(at(8, 59), 0), (at(9), 3), (at(9, 59), 3), (at(10), 7), (at(9, day=31), 7)]
    )
    def test_to_a_moment_has_what_was_recorded_by_then(self, when, state):
        assert self.till.as_of(when).state == state

    @pytest.mark.parametrize(("number", "state"), [(0, 0), (1, 1), (2, 3), (3, 7)])
    def test_before_a_number_of_events(self, number, state):
        assert self.till.before(number).state == state

    def test_to_now_plays_nothing_again(self):
        assert self.till.before(3) is self.till
        assert self.till.as_of(at(10)) is self.till

    @pytest.mark.parametrize("number", [-1, 4, 1.0, None])
    def test_needs_a_number_of_events_that_there_are(self, number):
        with pytest.raises(InputError, match="number"):
            self.till.before(number)

    def test_needs_a_moment(self):
        with pytest.raises(InputError, match="at must have a named time zone"):
            self.till.as_of(datetime(2026, 3, 1, 9))


steps = st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 90)), max_size=12)


class TestALogIsWhatItsEventsMakeOfIt:
    """Recording events one by one, together, or loading them gives the same; a refused one changes nothing."""

    @given(steps)
    def test_however_they_come(self, steps):
        till, accepted, state = Till(start=3), [], 3
        for amount, minute in steps:
            event = moved(amount, at(9 + minute // 60, minute % 60))
            before = till.state, till.events
            try:
                till = till.record(event)
            except RefusedError:
                assert (till.state, till.events) == before
                assert state + amount < 0 or event.at < accepted[-1].at
            else:
                accepted.append(event)
                state += amount
        assert (till.state, till.events) == (state, tuple(accepted))
        for same in (Till(start=3, events=accepted), Till(start=3).record(*accepted)):
            assert (same, same.state) == (till, state)
        for number in range(len(accepted) + 1):
            assert till.before(number).state == 3 + sum(event.amount for event in accepted[:number])
