from datetime import timedelta

import pytest

from civicvol.errors import RefusedError
from civicvol.service.book import ServiceBook
from tests.service.books import LATER, book_of, entry, recorded, reversed_, verified


def refused(book, event):
    with pytest.raises(RefusedError) as caught:
        book.record(event)
    return caught.value


class TestRecorded:
    def test_is_kept_with_who_recorded_it(self):
        kept = ServiceBook().record(recorded(entry())).state.entries["e1"]
        assert (kept.entry, kept.recorder, kept.verifier, kept.reversal) == (entry(), "office", None, None)
        assert kept.stands
        assert not kept.verified

    def test_has_an_id_of_its_own(self):
        book = ServiceBook().record(recorded(entry()))
        assert refused(book, recorded(entry(day=1))).text() == "there is an entry e1 already"
        assert refused(book.record(reversed_("e1")), recorded(entry())).text("zh") == "已有记录e1"

    @pytest.mark.parametrize("present", [{}, {"present": ()}, {"minutes": 60, "present": entry().spans}])
    @pytest.mark.parametrize(("early", "fits"), [(1, False), (0, True), (-1, True)])
    def test_is_over(self, early, fits, present):
        event = recorded(entry(**present), at=entry().spans[-1].end - timedelta(minutes=early))
        if fits:
            assert len(ServiceBook().record(event).state.entries) == 1
        else:
            assert refused(ServiceBook(), event).text() == "the time of entry e1 is not over yet"


class TestVerified:
    def test_says_who_did_it(self):
        kept = book_of(entry()).state.entries["e1"]
        assert kept.verified
        assert kept.verifier == "chair"

    def test_is_of_an_entry_that_stands(self):
        assert refused(ServiceBook(), verified("e1")).text() == "there is no entry e1"
        assert refused(book_of(entry()), verified("e1")).text() == "entry e1 is verified already"
        book = ServiceBook().record(recorded(entry()), reversed_("e1"))
        assert refused(book, verified("e1")).text() == "entry e1 is reversed"

    @pytest.mark.parametrize("who", ["office", "v1"])
    def test_is_by_a_second_person_where_the_book_asks_for_it(self, who):
        alone, together = (ServiceBook(two_persons=two).record(recorded(entry())) for two in (False, True))
        assert alone.record(verified("e1", by=who)).state.entries["e1"].verified
        assert refused(together, verified("e1", by=who)).text() == (
            "entry e1 must be verified by somebody who neither recorded it nor served"
        )
        assert together.record(verified("e1", by="chair")).state.entries["e1"].verified


class TestReversed:
    def test_leaves_the_entry_in_the_book(self):
        book = book_of(entry()).record(reversed_("e1"), recorded(entry("e2", minutes=60)))
        kept = book.state.entries["e1"]
        assert kept.entry == entry()
        assert kept.reversal == LATER
        assert not kept.stands
        assert not kept.verified
        assert book.state.entries["e2"].stands

    def test_happens_once(self):
        book = book_of(entry()).record(reversed_("e1"))
        assert refused(book, reversed_("e1")).text() == "entry e1 is reversed"
        assert refused(book, reversed_("e9")).text() == "there is no entry e9"
