import pytest

from civicvol import InputError
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.details import ShiftDetails
from civicvol.desk.versions import Closed
from civicvol.errors import RefusedError


@pytest.fixture
def give(desk):
    """Return a function that gives details."""

    def of(shift, *, when="1 12:00", by="office", **fields):
        return desk.event(DetailsGiven, when, by, shift=shift, **fields)

    return of


class TestDetailsGiven:
    def test_are_kept_and_make_no_version(self, desk, give):
        state = desk.published().record(give("gate", public="water", private="4711")).state
        assert state.details == (ShiftDetails(shift="gate", public="water", private="4711"),)
        assert state.version == 1

    def test_take_the_place_of_what_was_said_before(self, desk, give):
        book = desk.published().record(give("gate", public="water"), give("tent"), give("gate", private="4711"))
        assert book.state.details == (ShiftDetails(shift="tent"), ShiftDetails(shift="gate", private="4711"))

    def test_may_be_given_while_it_is_a_draft(self, desk, give):
        assert desk.draft().record(give("gate")).state.details == (ShiftDetails(shift="gate"),)

    def test_are_given_by_those_who_run_the_desk(self, desk, give):
        with pytest.raises(RefusedError, match="only those who run the desk"):
            desk.published("li:gate").record(give("gate", by="li"))

    def test_are_of_a_shift_known(self, desk, give):
        with pytest.raises(InputError, match="must be the id of a shift of this problem, not 'moon'"):
            desk.published().record(give("moon"))

    def test_are_given_no_more_once_it_is_closed(self, desk, give):
        closed = desk.published().record(desk.event(Closed, "4 12:00"))
        with pytest.raises(RefusedError, match="the roster is closed"):
            closed.record(give("gate", when="4 12:00"))
