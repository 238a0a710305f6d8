from datetime import date, timedelta

import pytest
from hypothesis import given

from civicvol.errors import InputError
from civicvol.service.book import ServiceBook
from civicvol.service.credit import credit
from civicvol.service.hours import Acceptance, HoursPolicy
from civicvol.service.quantity import Status
from civicvol.service.totals import totals
from tests.service.books import (
    LATER,
    POLICY,
    activity,
    book_of,
    books,
    entry,
    moment,
    moments_of,
    policies,
    recorded,
    reversed_,
    verified,
)

MARKET = activity("a1", recipients=40)
VISIT = activity("a2", 14, recipients=3)
BOOK = book_of(
    entry("e1", "v1", at=MARKET),
    entry("e2", "v2", at=MARKET, minutes=60),
    entry("e3", "v1", start=14, at=VISIT),
    entry("e4", "v1", start=17, at=MARKET, minutes=30),
)


def figures(book=BOOK, as_of=LATER, policy=POLICY, **more):
    return [each.amount for each in totals(book, as_of, policy, **more).quantities]


class TestUnits:
    def test_are_counted_each_in_its_way(self):
        """Two people, of whom one came twice to the market and once to the visit."""
        assert figures() == [330, 3, 2, 2, 43]

    def test_are_zero_where_nobody_served(self):
        assert figures(ServiceBook()) == [0, 0, 0, 0, 0]

    def test_say_what_they_are(self):
        assert str(totals(BOOK, LATER, POLICY)) == (
            "Service of everybody\n"
            "amount            definition\n"
            "----------------  " + "-" * 76 + "\n"
            "5 h 30 min        time credited: in minutes; travel does not count\n"
            "3 person-times    each person once for each activity they served at, whatever time is credited\n"
            "2 people          each person who served, once\n"
            "2 services        each activity at which somebody served, once\n"
            "43 people served  the people served, once for each activity\n"
            "Entries that are verified, as of 2026-04-01 00:00 Asia/Shanghai."
        )

    def test_are_shown_in_chinese_and_in_notebooks(self):
        found = totals(BOOK, LATER, POLICY)
        assert found.text("zh").startswith("全体志愿者的服务\n")
        assert "5小时30分钟" in found.text("zh")
        assert found._repr_html_() == found.table().to_html()

    @pytest.mark.parametrize("name", ["hours", "person_times", "people", "services", "served"])
    def test_say_as_of_when_and_which_entries(self, name):
        found = getattr(totals(BOOK, LATER, POLICY, status="recorded"), name)
        assert (found.as_of, found.status) == (LATER, Status.RECORDED)
        assert found.definition.zh


class TestStatus:
    BOOK = ServiceBook().record(
        recorded(entry("e1"), at=moment(12)),
        recorded(entry("e2", day=1, minutes=60), at=moment(12, day=1)),
        verified("e1", at=moment(13, day=1)),
        reversed_("e1", at=moment(14, day=1)),
        recorded(entry("e3", minutes=90), at=moment(14, day=1)),
    )

    @pytest.mark.parametrize(
        ("hour", "minute", "day", "known", "confirmed"),
        [
            (11, 59, 0, 0, 0),
            (12, 0, 0, 120, 0),
            (12, 0, 1, 180, 0),
            (12, 59, 1, 180, 0),
            (13, 0, 1, 180, 120),
            (13, 59, 1, 180, 120),
            (14, 0, 1, 150, 0),
        ],
    )
    def test_is_that_of_the_moment(self, hour, minute, day, known, confirmed):
        as_of = moment(hour, minute, day=day)
        assert figures(self.BOOK, as_of, status="recorded")[0] == known
        assert figures(self.BOOK, as_of, status="verified")[0] == figures(self.BOOK, as_of)[0] == confirmed

    def test_of_a_purpose_counts_its_time(self):
        policy = HoursPolicy(zone="Asia/Shanghai", acceptances=[Acceptance(purpose="points", provenances=["clocked"])])
        book = book_of(entry("e1"), entry("e2", "v2", provenance="self-reported"))
        assert figures(book, policy=policy) == [240, 2, 2, 1, 0]
        assert figures(book, policy=policy, purpose="points") == [120, 2, 2, 1, 0]
        assert "for points only" in totals(book, LATER, policy, purpose="points").hours.definition.en


class TestScope:
    DAYS = book_of(
        *(entry(f"e{day}", "v1", day=day, at=f"a{day}", minutes=10**day) for day in range(3)), entry("x", "v2")
    )

    def test_may_be_one_person(self):
        assert figures(self.DAYS, volunteer="v1") == [111, 3, 1, 3, 0]
        assert figures(self.DAYS, volunteer="nobody") == [0, 0, 0, 0, 0]

    @pytest.mark.parametrize(
        ("first", "last", "minutes", "scope"),
        [
            (None, None, 111, "v1"),
            (3, None, 110, "v1, since 2026-03-03"),
            (None, 3, 11, "v1, until 2026-03-03"),
            (3, 3, 10, "v1, 2026-03-03 to 2026-03-03"),
            (4, 3, 0, "v1, 2026-03-04 to 2026-03-03"),
        ],
    )
    def test_may_be_some_days(self, first, last, minutes, scope):
        days = (None if each is None else date(2026, 3, each) for each in (first, last))
        found = totals(
            self.DAYS, LATER, POLICY, volunteer="v1", **dict(zip(("first_day", "last_day"), days, strict=True))
        )
        assert (found.hours.amount, str(found.scope)) == (minutes, scope)

    def test_does_not_change_what_is_capped(self):
        """What comes last at an activity is cut, also where only that is looked at."""
        policy = HoursPolicy(zone="Asia/Shanghai", most_per_activity=120)
        book = book_of(entry("e1", minutes=90), entry("e2", day=1, minutes=90))
        assert figures(book, policy=policy, first_day=date(2026, 3, 3))[0] == 30


class TestArguments:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"book": []},
            {"as_of": LATER.replace(tzinfo=None)},
            {"policy": None},
            {"status": "perhaps"},
            {"purpose": "fame"},
            {"volunteer": ""},
            {"first_day": "2026-03-01"},
            {"last_day": LATER},
        ],
    )
    def test_are_refused_where_they_cannot_be(self, wrong):
        with pytest.raises(InputError):
            totals(**{"book": BOOK, "as_of": LATER, "policy": POLICY, **wrong})


class TestPromises:
    @given(books(), policies)
    def test_totals_are_the_sum_of_single_records_at_every_moment(self, book, policy):
        for as_of in moments_of(book):
            for status in Status:
                whole = totals(book, as_of, policy, status=status)
                parts = [totals(book, as_of, policy, status=status, volunteer=id) for id in ("v1", "v2", "v3")]
                assert sum(part.hours for part in parts) == whole.hours
                assert sum(part.person_times for part in parts) == whole.person_times
                assert sum(part.people.amount for part in parts) == whole.people.amount

    @given(books(), policies)
    def test_totals_are_the_sum_of_credits(self, book, policy):
        """Against a model that plays the events itself."""
        for as_of in moments_of(book):
            known = {}
            for event in book.events:
                if event.at <= as_of:
                    if type(event).__name__ == "Recorded":
                        known[event.entry.id] = [event.entry, False]
                    elif type(event).__name__ == "Verified":
                        known[event.entry][1] = True
                    else:
                        del known[event.entry]
            for status in Status:
                counting = [each for each, confirmed in known.values() if confirmed or status is Status.RECORDED]
                credits = credit(counting, policy)
                assert figures(book, as_of, policy, status=status)[0] == sum(each.minutes for each in credits)

    @given(books(), policies)
    def test_totals_of_days_add_up(self, book, policy):
        first = date(2026, 3, 26)
        days = [
            totals(book, LATER, policy, first_day=day, last_day=day) for day in (first + timedelta(n) for n in range(7))
        ]
        assert sum(each.hours for each in days) == totals(book, LATER, policy).hours
