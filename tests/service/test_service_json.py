import pytest
from hypothesis import given

from civicvol.io import from_json, to_json
from civicvol.service.credit import Credit, credit
from civicvol.service.hours import HoursPolicy
from civicvol.service.hours_presets import HOURS_PRESETS
from civicvol.service.record import record_of
from civicvol.service.record_export import export_record
from civicvol.service.totals import totals
from tests.service.books import LATER, POLICY, a_full_book, books, entries, policies

BOOK = a_full_book()
RECORD = record_of(BOOK, "v1", LATER, POLICY)
VALUES = [
    *HOURS_PRESETS,
    BOOK,
    RECORD,
    RECORD.person,
    RECORD.services[0],
    RECORD.hours,
    export_record(RECORD, "the street office", ["name", "service"]),
    totals(BOOK, LATER, POLICY),
]


class TestJson:
    @pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
    def test_brings_back_every_value(self, value):
        assert from_json(to_json(value), type(value)) == value

    @given(books())
    def test_brings_back_every_book(self, book):
        found = from_json(to_json(book), type(book))
        assert found == book
        assert found.state == book.state

    @given(entries(most=3), policies)
    def test_brings_back_every_policy_and_credit(self, served, policy):
        assert from_json(to_json(policy), HoursPolicy) == policy
        for each in credit(served, policy):
            assert from_json(to_json(each), Credit) == each
