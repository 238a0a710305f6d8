import pytest

from civicvol import Label, TimeSpan
from civicvol.desk.book import RosterBook
from civicvol.desk.expected import activity_of, attendance_sheet
from civicvol.desk.open_shifts import GivenUp
from civicvol.desk.swaps import Claimed, Offered
from civicvol.desk.versions import Changed
from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.service.attendance_clock import CheckedIn
from civicvol.service.attendance_policy import AttendancePolicy
from tests.desk.desks import published

GATE = "gate"


def expected(book, shift=GATE):
    return set(attendance_sheet(book, shift).expected)


@pytest.fixture(scope="module")
def book(desk):
    return published(desk, "li:gate wu:gate")


class TestWhoIsExpected:
    def test_are_those_on_the_shift_when_it_begins(self, book):
        assert expected(book) == {"li", "wu"}
        assert expected(book, "tent") == set()

    def test_are_not_those_who_went_before(self, desk, book):
        for when, left in (("3 08:59", {"wu"}), ("3 09:00", {"li", "wu"}), ("3 11:59", {"li", "wu"})):
            gone = book.record(desk.event(Changed, when, removed=desk.on("li:gate")))
            assert expected(gone) == left

    def test_are_also_those_who_came_since(self, desk, book):
        late = desk.event(Changed, "3 09:30", added=desk.on("an:gate"), removed=desk.on("wu:gate"))
        assert expected(book.record(late)) == {"li", "wu", "an"}

    def test_are_on_each_piece_those_who_have_it(self, desk, book):
        (duty,) = desk.on("li:gate")
        first_hour = TimeSpan(desk.at("3 09:00"), desk.at("3 10:00"))
        shared = book.record(
            desk.event(Offered, by="li", offer="o", assignment=duty, part=first_hour),
            desk.event(Claimed, by="bo", offer="o", volunteer="bo"),
        )
        assert [expected(shared, each) for each in ("gate", "gate~o~1", "gate~o~2")] == [{"wu"}, {"bo"}, {"li"}]
        given_up = shared.record(desk.event(GivenUp, by="bo", volunteer="bo", shift="gate~o~1"))
        assert expected(given_up, "gate~o~1") == set()


class TestTheSheet:
    def test_has_a_policy_and_what_was_entered(self, desk, book):
        came = CheckedIn(at=desk.at("3 09:00"), by="li", volunteers=["li"])
        policy = AttendancePolicy(grace=0)
        sheet = attendance_sheet(book, GATE, policy=policy, events=[came])
        assert (sheet.policy, sheet.events) == (policy, (came,))
        assert attendance_sheet(book, GATE).policy == AttendancePolicy()

    def test_is_of_a_shift_that_is_known(self, book):
        for wrong in ("nothing", None, ["gate"]):
            with pytest.raises(InputError):
                attendance_sheet(book, wrong)
        with pytest.raises(InputError, match="must be a RosterBook"):
            attendance_sheet(book.state, GATE)
        for events in (3, [None]):
            with pytest.raises(InputError, match=r"AttendanceSheet\.events"):
                attendance_sheet(book, GATE, events=events)

    def test_is_the_same_after_a_round_trip(self, book):
        again = from_json(to_json(book), RosterBook)
        assert attendance_sheet(again, GATE) == attendance_sheet(book, GATE)


class TestTheActivity:
    def test_says_what_the_shift_says(self, desk):
        problem = desk.problem(desk.shift("gate", "3 09:00-12:00", attendance=40))
        activity = activity_of(problem, problem.shift("gate"))
        assert (activity.id, activity.name, activity.category) == ("gate", Label("gate", "大门"), "gate")
        assert (activity.unit, activity.place.en, activity.recipients) == ("north", "North", 40)
        assert activity.span == problem.shift("gate").span

    def test_may_be_nowhere_in_particular(self, desk):
        problem = desk.problem(desk.shift("gate", "3 09:00-12:00", unit=None))
        activity = activity_of(problem, problem.shift("gate"))
        assert (activity.unit, activity.place) == (None, Label(""))

    def test_is_of_a_shift_that_the_problem_could_have(self, desk):
        problem = desk.problem()
        with pytest.raises(InputError, match="problem must be a RosterProblem"):
            activity_of(None, "gate")
        with pytest.raises(InputError, match="must be the id of a position"):
            activity_of(problem, desk.shift("x", "3 09:00-12:00"))
