from datetime import timedelta

import pytest

from civicvol.errors import RefusedError
from civicvol.service.fact import Appraisal, Commendation, Complaint, Training
from civicvol.service.fact_events import Appraised, Commended, Complained, Retracted, Trained
from tests.service.books import LATER, book_of, entry, reversed_

BOOK = book_of(entry())


def an_event(kind=Complaint, at=LATER, **more):
    fact = kind(**{"id": "f1", "volunteer": "v1", "day": LATER.date(), **more})
    event, field = {
        Training: (Trained, "training"),
        Commendation: (Commended, "commendation"),
        Appraisal: (Appraised, "appraisal"),
        Complaint: (Complained, "complaint"),
    }[kind]
    return event(at=at, by="office", **{field: fact})


def retracted(fact="f1"):
    return Retracted(at=LATER, by="office", fact=fact)


def refused(book, event):
    with pytest.raises(RefusedError) as caught:
        book.record(event)
    return caught.value.text()


@pytest.mark.parametrize("kind", [Training, Commendation, Appraisal, Complaint])
class TestFacts:
    def test_are_recorded(self, kind):
        event = an_event(kind)
        assert dict(BOOK.record(event).state.facts) == {"f1": event.fact}
        assert isinstance(event.fact, kind)

    def test_have_ids_of_their_own(self, kind):
        book = BOOK.record(an_event(kind))
        assert refused(book, an_event(kind)) == "there is a fact f1 already"
        assert refused(book.record(retracted()), an_event(kind)) == "there is a fact f1 already"

    def test_are_not_to_come(self, kind):
        assert refused(BOOK, an_event(kind, day=LATER.date() + timedelta(days=1))) == "2026-04-02 has not come yet"

    def test_are_taken_back(self, kind):
        book = BOOK.record(an_event(kind), an_event(kind, id="f2"), retracted())
        assert list(book.state.facts) == ["f2"]
        assert [fact.id for fact in book.facts()] == ["f1", "f2"]
        assert refused(book, retracted()) == "fact f1 is taken back"
        assert refused(book, retracted("f9")) == "there is no fact f9"


@pytest.mark.parametrize("kind", [Appraisal, Complaint])
class TestFactsOfEntries:
    def test_name_an_entry_of_the_person(self, kind):
        assert BOOK.record(an_event(kind, entry="e1")).state.facts["f1"].entry == "e1"
        assert refused(BOOK, an_event(kind, entry="e1", volunteer="v2")) == "entry e1 is of somebody else"

    def test_name_an_entry_that_stands(self, kind):
        assert refused(BOOK, an_event(kind, entry="e2")) == "there is no entry e2"
        assert refused(BOOK.record(reversed_("e1")), an_event(kind, entry="e1")) == "entry e1 is reversed"


def test_a_complaint_takes_no_hours_away():
    assert BOOK.record(an_event(Complaint, entry="e1")).state.entries == BOOK.state.entries
