from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import TimeSpan
from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.service.activity import Activity
from civicvol.service.attendance import Attendance, Outcome
from civicvol.service.attendance_absence import Appealed, AppealGranted
from civicvol.service.reliability import Reliability, reliability
from tests.service.sheets import at, sheet

NOW = at("21:00", 400)


def duty(days_ago, outcome=Outcome.PRESENT, volunteer="li", id=None):
    """Return an attendance at an activity that ended so many days before now."""
    end = NOW - timedelta(days_ago)
    activity = Activity(id=id or f"a{days_ago}{outcome}", span=TimeSpan(end - timedelta(hours=3), end))
    return Attendance(volunteer=volunteer, activity=activity, outcome=outcome)


def rate(*attendances, **options):
    return reliability("li", attendances, NOW, **options).no_show_rate


class TestTheRate:
    """With the prior of 0.1 by 4 duties: (0.4 + no-shows) / (4 + duties), each duty halved every 90 days."""

    def test_is_the_prior_of_somebody_new(self):
        assert rate() == 0.1
        assert reliability("li", (), NOW).probability == 0.9

    @pytest.mark.parametrize(
        ("outcome", "days", "expected"),
        [
            (Outcome.NO_SHOW, 0, 1.4 / 5),
            (Outcome.NO_SHOW, 90, 0.9 / 4.5),
            (Outcome.NO_SHOW, 180, 0.65 / 4.25),
            (Outcome.PRESENT, 0, 0.4 / 5),
            (Outcome.PRESENT, 90, 0.4 / 4.5),
        ],
    )
    def test_counts_a_duty_by_how_long_ago_it_was(self, outcome, days, expected):
        assert rate(duty(days, outcome)) == pytest.approx(expected)

    def test_adds_duties_up(self):
        found = rate(duty(0, Outcome.NO_SHOW), duty(90), duty(180, Outcome.NO_SHOW), duty(90, id="other"))
        assert found == pytest.approx((0.4 + 1.25) / (4 + 1.25 + 1))

    def test_takes_other_measures(self):
        options = {"half_life_days": 10, "prior_rate": 0.5, "prior_weight": 2}
        assert rate(duty(20, Outcome.NO_SHOW), **options) == pytest.approx((1 + 0.25) / (2 + 0.25))

    def test_goes_by_the_time_since_the_planned_end(self):
        begun = duty(-1 / 1440, Outcome.NO_SHOW)
        assert rate(begun) == 0.1
        assert rate(duty(0, Outcome.NO_SHOW)) > 0.1

    @pytest.mark.parametrize("outcome", [Outcome.EXCUSED, Outcome.WALK_IN, Outcome.EXPECTED])
    def test_is_not_moved_by_what_says_nothing(self, outcome):
        assert rate(duty(1, outcome)) == 0.1

    def test_is_of_one_person(self):
        assert rate(duty(1, Outcome.NO_SHOW, "wang")) == 0.1


class TestAnAppeal:
    def test_clears_the_no_show_once_it_is_granted(self):
        log = sheet(
            Appealed(volunteer="li", at=at("21:30"), by="li"), AppealGranted(volunteer="li", at=at("22:00"), by="zhou")
        )
        before, after = log.attendances(at("21:59")), log.attendances(at("22:00"))
        assert reliability("li", before, at("22:00")).missed == 1
        cleared = reliability("li", after, at("22:00"))
        assert (cleared.missed, cleared.excused, cleared.no_show_rate) == (0, 1, 0.1)


class TestTheText:
    def test_says_how_the_rate_comes_about(self):
        found = reliability("li", (duty(0, Outcome.NO_SHOW), duty(90), duty(3, Outcome.EXCUSED)), NOW)
        assert (found.came, found.missed, found.excused, found.shows, found.no_shows) == (1, 1, 1, 0.5, 1.0)
        assert found.text().split("\n") == [
            "li: came to 1 of 2 duties that ended by 2027-04-05 21:00",
            "1 excused, not counted",
            "after 90 days a duty counts half",
            "to begin with, 10 of 100 are taken not to come, which weighs as much as 4 duties",
            "likely to come: 75 %",
        ]

    def test_says_it_in_chinese(self):
        assert reliability("li", (duty(0),), NOW).text("zh").split("\n") == [
            "li：截至2027-04-05 21:00结束的1次服务中到场1次",
            "每过90天，一次服务的权重减半",
            "初始假定每100次缺席10次，相当于4次服务的权重",
            "预计到场可能：92%",
        ]


class TestWrongInput:
    def test_is_named(self):
        with pytest.raises(InputError) as caught:
            reliability("", (1,), "now", half_life_days=0, prior_rate=2, prior_weight=0)
        assert [fault.field for fault in caught.value.faults] == [
            "volunteer",
            "attendances",
            "as_of",
            "half_life_days",
            "prior_rate",
            "prior_weight",
        ]

    def test_is_an_activity_twice(self):
        with pytest.raises(InputError, match="attendances of 'li' must have each activity once"):
            rate(duty(1), duty(1))

    def test_is_a_sum_below_nothing(self):
        with pytest.raises(InputError, match=r"Reliability\.no_shows"):
            Reliability(volunteer="li", as_of=NOW, no_shows=-1)


def test_travels_as_json():
    found = reliability("li", (duty(7), duty(9, Outcome.NO_SHOW)), NOW)
    assert from_json(to_json(found), Reliability) == found


histories = st.lists(
    st.tuples(st.integers(0, 2000), st.sampled_from(Outcome)), max_size=8, unique_by=lambda each: each[0]
).map(lambda each: tuple(duty(days, outcome) for days, outcome in each))


class TestReliability:
    """A no-show never makes anybody more reliable, coming never less, and both fade back to the prior."""

    @given(histories, st.integers(2001, 4000))
    def test_goes_down_with_a_no_show_and_up_with_a_show(self, history, days):
        known = rate(*history)
        assert rate(*history, duty(days, Outcome.PRESENT)) <= known <= rate(*history, duty(days, Outcome.NO_SHOW))
        assert 0 < known < 1

    @given(histories)
    def test_fades(self, history):
        rates = [reliability("li", history, NOW + timedelta(days)).no_show_rate for days in (0, 90, 900, 20_000)]
        gaps = [abs(each - 0.1) for each in rates]
        assert gaps == sorted(gaps, reverse=True)
        assert gaps[-1] < 1e-9

    @given(histories)
    def test_does_not_depend_on_the_order(self, history):
        assert rate(*history) == pytest.approx(rate(*reversed(history)))
