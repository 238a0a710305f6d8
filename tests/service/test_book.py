from datetime import timedelta

import pytest
from hypothesis import given

from civicvol.errors import InputError, RefusedError
from civicvol.service.book import ServiceBook
from tests.service.books import (
    LATER,
    a_full_book,
    book_of,
    books,
    entry,
    moment,
    moments_of,
    recorded,
    reversed_,
    verified,
)


class TestBook:
    def test_keeps_what_was_written_into_it(self):
        book = ServiceBook().record(recorded(entry()), verified("e1"), reversed_("e1"))
        assert [type(event).__name__ for event in book.events] == ["Recorded", "Verified", "Reversed"]
        assert (book.events[2].by, book.events[2].at, book.events[2].why) == ("chair", LATER, "wrong day")

    def test_is_written_into_as_a_whole_or_not_at_all(self):
        book = ServiceBook()
        with pytest.raises(RefusedError):
            book.record(recorded(entry("e1")), recorded(entry("e2")), verified("e3"))
        assert book == ServiceBook()

    def test_takes_events_in_their_order(self):
        with pytest.raises(RefusedError):
            book_of(entry()).record(recorded(entry("e2"), at=LATER - timedelta(minutes=1)))

    def test_is_not_made_of_events_that_cannot_be(self):
        with pytest.raises(InputError, match=r"ServiceBook\.events has an event \(number 1\) that cannot be"):
            ServiceBook(events=[verified("e1")])

    @pytest.mark.parametrize("wrong", [{"two_persons": 1}, {"events": ["Recorded"]}, {"events": 7}])
    def test_is_not_made_of_something_else(self, wrong):
        with pytest.raises(InputError):
            ServiceBook(**wrong)

    def test_stays_as_strict_as_it_was_made(self):
        strict = ServiceBook(two_persons=True).record(recorded(entry()))
        assert strict.two_persons
        assert strict.state.two_persons
        with pytest.raises(RefusedError):
            strict.record(verified("e1", by="office"))


class TestStateAt:
    def test_knows_what_was_written_by_then(self):
        book = ServiceBook().record(recorded(entry(), at=moment(12)), verified("e1", at=moment(13)))
        assert list(book.state_at(moment(11, 59)).entries) == []
        assert [kept.verified for kept in book.state_at(moment(12)).entries.values()] == [False]
        assert [kept.verified for kept in book.state_at(moment(13)).entries.values()] == [True]

    @given(books())
    def test_is_what_the_events_until_then_make(self, book):
        for as_of in moments_of(book):
            until = ServiceBook(events=[event for event in book.events if event.at <= as_of])
            assert book.state_at(as_of) == until.state

    def test_needs_a_moment(self):
        with pytest.raises(InputError):
            ServiceBook().state_at("noon")


class TestKnows:
    def test_everybody_who_left_a_trace(self):
        assert a_full_book().knows("v1")
        assert book_of(entry("e1", "v2")).record(reversed_("e1")).knows("v2")
        assert not a_full_book().knows("office")

    def test_is_asked_about_an_id(self):
        with pytest.raises(InputError, match="volunteer must be an id"):
            a_full_book().knows(["v1"])

    def test_facts_that_were_taken_back(self):
        assert [fact.id for fact in a_full_book().facts()] == ["t1", "h1", "q1", "q2", "c1"]


class TestManyEntries:
    def test_are_recorded_one_by_one(self):
        """Two thousand, each giving a book of its own."""
        book = ServiceBook()
        for number in range(2_000):
            book = book.record(recorded(entry(f"e{number}", f"v{number % 50}", at=f"a{number}")))
        assert len(book.state.entries) == 2_000
        assert list(book.state.entries)[:2] == ["e0", "e1"]
