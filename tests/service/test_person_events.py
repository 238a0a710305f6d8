from datetime import date

import attrs
import pytest

from civicvol.errors import InputError, RefusedError
from civicvol.service.book import ServiceBook
from civicvol.service.person import FurtherDetail, PersonalDetails
from civicvol.service.person_events import Consented, ConsentWithdrawn, Registered
from tests.service.books import LATER, LI_NA

REGISTERED = Registered(at=LATER, by="office", person=LI_NA)


def consented(*fields):
    return Consented(at=LATER, by="v1", volunteer="v1", fields=fields)


def withdrawn(*fields):
    return ConsentWithdrawn(at=LATER, by="v1", volunteer="v1", fields=fields)


class TestDetails:
    @pytest.mark.parametrize(("day", "age"), [(date(2026, 3, 6), 35), (date(2026, 3, 7), 36), (date(2026, 4, 1), 36)])
    def test_tell_the_age(self, day, age):
        assert LI_NA.age_on(day) == age
        assert PersonalDetails(volunteer="v1").age_on(day) is None

    def test_name_a_person_by_their_id_where_there_is_no_name(self):
        assert PersonalDetails(volunteer="v1").name == "v1"
        assert set(PersonalDetails(volunteer="v1", name="").particulars) == {"v1"}

    @pytest.mark.parametrize(
        "fields",
        [
            {"birth_date": "1990"},
            {"skills": "all"},
            {"further": [FurtherDetail(id="a", value="1"), FurtherDetail(id="a", value="2")]},
        ],
    )
    def test_are_checked(self, fields):
        with pytest.raises(InputError):
            attrs.evolve(LI_NA, **fields)


class TestRegistered:
    def test_holds_until_the_next(self):
        moved = attrs.evolve(LI_NA, contact="139")
        book = ServiceBook().record(REGISTERED, attrs.evolve(REGISTERED, person=moved))
        assert dict(book.state.people) == {"v1": moved}
        assert book.before(1).state.people["v1"] == LI_NA


class TestConsent:
    def test_is_given_and_withdrawn(self):
        book = ServiceBook().record(REGISTERED, consented("employer"), consented("blood", "photo"))
        assert book.state.consents["v1"] == {"employer", "blood", "photo"}
        assert book.record(withdrawn("blood")).state.consents["v1"] == {"employer", "photo"}

    def test_is_of_somebody_who_registered(self):
        with pytest.raises(RefusedError, match="v1 is not registered"):
            ServiceBook().record(consented("employer"))

    def test_is_withdrawn_where_it_was_given(self):
        book = ServiceBook().record(REGISTERED, consented("employer"))
        with pytest.raises(RefusedError, match="v1 has not consented to: blood, photo"):
            book.record(withdrawn("photo", "employer", "blood"))
        with pytest.raises(RefusedError, match="has not consented"):
            ServiceBook().record(withdrawn("blood"))
