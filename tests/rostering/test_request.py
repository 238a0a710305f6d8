from datetime import date

import pytest

from civicvol import InputError, Request, RequestKind

DAY = date(2026, 3, 24)


def faults(**fields):
    with pytest.raises(InputError) as caught:
        Request(**{"volunteer": "li", "day": DAY, "kind": "day off"} | fields)
    return [(fault.field, fault.id, fault.value) for fault in caught.value.faults]


class TestKind:
    @pytest.mark.parametrize("kind", RequestKind)
    def test_may_be_given_by_name(self, kind):
        position = "gate" if kind.of_shift else None
        assert Request(volunteer="li", day=DAY, kind=str(kind), position=position).kind is kind

    @pytest.mark.parametrize("kind", ["holiday", None, 3, "DAY_OFF"])
    def test_is_one_that_there_is(self, kind):
        assert faults(kind=kind) == [("Request.kind", None, kind)]

    def test_has_a_name_for_people(self):
        assert [kind.label.en for kind in RequestKind] == [str(kind) for kind in RequestKind]
        assert len({kind.label.zh for kind in RequestKind}) == len(RequestKind)


class TestPosition:
    @pytest.mark.parametrize("kind", ["shift on", "shift off"])
    def test_is_needed_for_a_shift(self, kind):
        assert [fault[:2] for fault in faults(kind=kind)] == [("Request.position", "li")]
        assert Request(volunteer="li", day=DAY, kind=kind, position="gate").position == "gate"

    @pytest.mark.parametrize("kind", ["day on", "day off"])
    def test_does_not_belong_to_a_day(self, kind):
        assert faults(kind=kind, position="gate") == [("Request.position", "li", "gate")]


@pytest.mark.parametrize("importance", [0, -1, 1e-4, 2e6, float("nan"), "much", True, None])
def test_importance_is_more_than_nothing(importance):
    ((field, id, _),) = faults(importance=importance)
    assert (field, id) == ("Request.importance", None)


def test_all_faults_are_told_at_once():
    assert [field for field, _, _ in faults(volunteer="", day="2026-03-24", kind="x", importance=0)] == [
        "Request.volunteer",
        "Request.day",
        "Request.kind",
        "Request.importance",
    ]


class TestInAProblem:
    def faults(self, make, *requests):
        with pytest.raises(InputError) as caught:
            make.problem(make.shift("a", "24 09:00-11:00"), requests=requests)
        return [(fault.field, fault.id, fault.value) for fault in caught.value.faults]

    def test_who_asks_must_be_known(self, make):
        assert self.faults(make, Request(volunteer="wu", day=DAY, kind="day off")) == [
            ("Request.volunteer", None, "wu")
        ]

    def test_the_position_must_be_known(self, make):
        asked = Request(volunteer="li", day=DAY, kind="shift on", position="gate")
        assert self.faults(make, asked) == [("Request.position", "li", "gate")]

    @pytest.mark.parametrize("day", [date(2026, 3, 22), date(2026, 4, 6)])
    def test_the_day_must_be_in_the_horizon(self, make, day):
        assert self.faults(make, Request(volunteer="li", day=day, kind="day off")) == [("Request.day", "li", day)]

    @pytest.mark.parametrize("day", [date(2026, 3, 23), date(2026, 4, 5)])
    def test_the_first_and_the_last_day_are_in_it(self, make, day):
        asked = Request(volunteer="li", day=day, kind="day off")
        assert make.problem(requests=[asked]).requests_of(RequestKind.DAY_OFF) == (asked,)
        assert make.problem(requests=[asked]).requests_of(RequestKind.DAY_ON) == ()

    def test_nobody_asks_twice(self, make):
        asked = [Request(volunteer="li", day=DAY, kind="day off", importance=importance) for importance in (1, 2)]
        ((field, _, _),) = self.faults(make, *asked)
        assert field == "RosterProblem.requests"

    def test_people_may_ask_for_two_positions_and_two_kinds(self, make):
        asked = [
            Request(volunteer="li", day=DAY, kind="shift off", position="post"),
            Request(volunteer="li", day=DAY, kind="shift on", position="post"),
            Request(volunteer="li", day=DAY, kind="day on"),
        ]
        problem = make.problem(make.shift("a", "24 09:00-11:00"), requests=asked)
        assert ("requests", 3) in problem.summary().rows
