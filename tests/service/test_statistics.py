from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.service.book import ServiceBook
from civicvol.service.person import PersonalDetails
from civicvol.service.person_events import Registered
from civicvol.service.statistics import HIDDEN, Grouping, statistics
from civicvol.service.totals import totals
from tests.service.books import LATER, POLICY, activity, book_of, books, entry, policies, recorded


def served(category, people, start=8, **more):
    """Return an entry of two hours for each person, at an activity of a category."""
    where = activity(f"at {category}", start, category=category, **more)
    return [entry(f"{category} {person}", person, start, at=where) for person in people]


BOOK = book_of(
    *served("gate", "abcdefg"), *served("visits", "hijkl", start=14, unit="g1"), *served(None, "a", start=18)
)


class TestGroups:
    def test_are_shown_with_a_total(self):
        found = statistics(BOOK, "category", LATER, POLICY, least=1)
        assert str(found).splitlines()[:6] == [
            "Service by category",
            "category    people  person-times  minutes",
            "----------  ------  ------------  -------",
            "gate             7             7      840",
            "visits           5             5      600",
            "not stated       1             1      120",
        ]
        assert found.rows[-1] == ("total", 12, 13, 1560)

    def test_have_the_names_people_call_them(self):
        names = {"gate": Label("gate duty", "卡口值守")}
        found = statistics(BOOK, Grouping.CATEGORY, LATER, POLICY, least=1, names=names, language="zh")
        assert found.columns == ("类别", "人", "人次", "分钟")
        assert [row[0] for row in found.rows] == ["卡口值守", "visits", "未注明", "合计"]

    def test_may_be_units(self):
        found = statistics(BOOK, "unit", LATER, POLICY, least=1)
        assert found.rows == (("g1", 5, 5, 600), ("not stated", 7, 8, 960), ("total", 12, 13, 1560))

    def test_may_be_months(self):
        book = ServiceBook(
            events=[
                recorded(entry(f"e{day}", day=day, at=where), at=LATER.replace(day=2))
                for day, where in ((0, "a1"), (29, "a1"), (30, "a2"))
            ]
        )
        found = statistics(book, "month", LATER.replace(day=3), POLICY, status="recorded", least=1)
        assert found.rows == (("2026-03", 1, 1, 240), ("2026-04", 1, 1, 120), ("total", 1, 2, 360))

    def test_may_be_ages_on_the_day(self):
        """Born so that they are 17, 18, 34, 35 and 60 on 2 March 2026; one says nothing, and one did not register."""
        births = {
            "a": date(2008, 3, 3),
            "b": date(2008, 3, 2),
            "c": date(1991, 3, 3),
            "d": date(1991, 3, 2),
            "e": date(1966, 3, 2),
            "f": None,
        }
        registered = [
            Registered(at=LATER, by="office", person=PersonalDetails(volunteer=id, birth_date=birth))
            for id, birth in births.items()
        ]
        book = book_of(*served("gate", "abcdefg")).record(*registered)
        found = statistics(book, "age", LATER, POLICY, least=1)
        assert [row[:2] for row in found.rows] == [
            ("under 18", 1),
            ("18 to 34", 2),
            ("35 to 59", 1),
            ("60 and over", 1),
            ("not stated", 2),
            ("total", 7),
        ]
        chinese = statistics(book, "age", LATER, POLICY, least=1, ages=[18], language="zh")
        assert [row[0] for row in chinese.rows] == ["18岁以下", "18岁及以上", "未注明", "合计"]

    def test_may_be_of_some_days(self):
        found = statistics(BOOK, "category", LATER, POLICY, first_day=date(2026, 3, 3))
        assert found.rows == (("total", 0, 0, 0),)


class TestHiding:
    def test_is_of_small_groups_and_of_another(self):
        """One person's two hours must not come out as what the total leaves."""
        found = statistics(BOOK, "category", LATER, POLICY)
        hidden = (HIDDEN,) * 3
        assert found.rows == (
            ("gate", 7, 7, 840),
            ("visits", *hidden),
            ("not stated", *hidden),
            ("total", 12, 13, 1560),
        )

    def test_is_of_the_total_too_where_there_are_few_people(self):
        assert statistics(book_of(entry()), "category", LATER, POLICY).rows == (
            ("not stated", *(HIDDEN,) * 3),
            ("total", *(HIDDEN,) * 3),
        )
        assert statistics(ServiceBook(), "category", LATER, POLICY).rows == (("total", 0, 0, 0),)

    @given(books(), policies, st.sampled_from(Grouping), st.integers(1, 4))
    def test_leaves_true_figures_of_enough_people(self, book, policy, by, least):
        everything = statistics(book, by, LATER, policy, least=1).rows
        shown = statistics(book, by, LATER, policy, least=least).rows
        for true, row in zip(everything, shown, strict=True):
            assert row in (true, (true[0], HIDDEN, HIDDEN, HIDDEN))
            assert row[1] in (0, HIDDEN) or row[1] >= least
        hidden = [true for true, row in zip(everything[:-1], shown, strict=False) if row != true]
        if hidden and shown[-1] == everything[-1]:
            assert len(hidden) > 1
            assert sum(true[1] for true in hidden) >= least

    @given(books(), policies, st.sampled_from(Grouping))
    def test_or_showing_adds_up_to_the_totals(self, book, policy, by):
        *groups, (_, people, person_times, minutes) = statistics(book, by, LATER, policy, least=1).rows
        whole = totals(book, LATER, policy)
        assert (people, minutes) == (whole.people.amount, whole.hours.amount)
        assert sum(row[3] for row in groups) == minutes
        assert person_times == whole.person_times.amount


class TestNote:
    def test_states_the_definitions(self):
        assert statistics(BOOK, "category", LATER, POLICY).note == (
            "Entries that are verified, as of 2026-04-01 00:00 Asia/Shanghai. people: each person who served, once. "
            "person-times: each person once for each activity they served at, whatever time is credited. minutes: time "
            "credited: in minutes; travel does not count. – stands for figures of fewer than 5 people, and for figures "
            "that would give such away."
        )

    def test_is_silent_of_hiding_where_nothing_is_hidden(self):
        assert "不足" not in statistics(BOOK, "category", LATER, POLICY, least=1, language="zh").note
        assert "人数不足5人" in statistics(BOOK, "category", LATER, POLICY, language="zh").note


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "colour"},
        {"least": 0},
        {"ages": []},
        {"ages": [18, 18]},
        {"ages": 18},
        {"language": "fr"},
        {"as_of": "now"},
        {"names": 7},
    ],
)
def test_refuses_arguments_that_cannot_be(wrong):
    with pytest.raises(InputError):
        statistics(**{"book": BOOK, "by": "age", "as_of": LATER, "policy": POLICY, **wrong})
