from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from civicvol import Availability, CoverRequirement, Override, Qualification, SkillNeed, SkillTag, TimeSpan, Volunteer
from civicvol.desk.partial import fits, joined, parted
from civicvol.desk.pending import OfferStatus
from civicvol.desk.swaps import Accepted, Claimed, Offered, Undone
from civicvol.desk.versions import Changed
from civicvol.rostering.disruption import AddedShift, CancelledShift, ChangedShift
from civicvol.rostering.rules import LeaderPresent, MaximumCover, MinimumCover, NoOverlap, Qualified
from civicvol.testing import roster_problems
from tests.desk.desks import PEOPLE, published, refused, roster

GONE = ["the duties have meanwhile gone elsewhere, or have changed"]


@pytest.fixture(scope="module")
def make(desk):
    """Offer a part of Li's duty, "10:00-11:00", and let Bo claim it."""

    def events(part, id="o1", duty="li:gate", who="bo"):
        (assignment,) = desk.on(duty)
        span = desk.span(f"3 {part}")
        return (
            desk.event(Offered, by=assignment.volunteer, offer=id, assignment=assignment, part=span),
            desk.event(Claimed, by=who, offer=id, volunteer=who),
        )

    return events


def change(desk, added="", removed="", **fields):
    return desk.event(Changed, added=desk.on(added), removed=desk.on(removed), **fields)


def undone(desk, by="bo", id="o1"):
    return desk.event(Undone, by=by, offer=id)


def at_each_minute(problem):
    """Return how many people are asked for at each minute: minimum, desired and maximum, by position, unit and role."""
    found = {}
    for shift, line in problem.lines:
        for minute in range(shift.span.start_minute, shift.span.end_minute):
            key = minute, shift.position, shift.unit, line.role
            asked = line.minimum, line.desired, line.maximum
            found[key] = tuple(map(sum, zip(found.get(key, (0, 0, 0)), asked, strict=True)))
    return {key: asked for key, asked in found.items() if any(asked)}


class TestAPart:
    def test_in_the_middle_leaves_two_pieces(self, desk, make):
        book = published(desk, "li:gate wu:gate")
        shared = book.record(*make("10:00-11:00"))
        assert roster(shared) == "bo:gate~o1~2 li:gate~o1~1 li:gate~o1~3 wu:gate"
        pieces = shared.state.offers[0].pieces
        assert [str(piece.span) for piece in pieces] == [
            f"Tue 3 Mar 2026 {hours}" for hours in ("09:00–10:00", "10:00–11:00", "11:00–12:00")
        ]
        assert {(piece.position, piece.unit, piece.attendance) for piece in pieces} == {("gate", "north", 0)}
        assert [(line.minimum, line.desired, line.maximum) for piece in pieces for line in piece.cover] == [
            (1, 1, 1)
        ] * 3
        (line,) = shared.state.problem.shift("gate").cover
        assert (line.minimum, line.desired, line.maximum) == (0, 1, 1)
        assert at_each_minute(shared.state.problem) == at_each_minute(book.state.problem)

    @pytest.mark.parametrize(
        ("part", "expected"),
        [("09:00-10:00", "bo:gate~o1~1 li:gate~o1~2"), ("09:01-12:00", "bo:gate~o1~2 li:gate~o1~1")],
    )
    def test_at_an_end_leaves_one(self, desk, make, part, expected):
        assert roster(published(desk, "li:gate").record(*make(part))) == expected

    @pytest.mark.parametrize("part", ["09:00-12:00", "08:59-10:00", "11:00-12:01", "13:00-14:00"])
    def test_lies_within_the_shift_and_is_less_than_all(self, desk, make, part):
        (reason,) = refused(published(desk, "li:gate"), make(part)[0])
        assert reason.startswith("a part lies within gate, Tue 3 Mar 2026 09:00–12:00, North, is less than all of it")

    def test_leaves_no_piece_beyond_the_last_day(self, desk):
        night = desk.shift("gate", "15 22:00-23:59")
        night = attrs.evolve(night, span=night.span.extended(0, 121))
        book = published(desk, "li:gate", night)
        (duty,) = desk.on("li:gate")
        first, late = desk.span("15 22:00-23:00"), TimeSpan(desk.at("16 00:30"), desk.at("16 01:00"))
        assert book.record(desk.event(Offered, by="li", offer="o1", assignment=duty, part=first))
        (reason,) = refused(book, desk.event(Offered, by="li", offer="o1", assignment=duty, part=late))
        assert reason.endswith("leaves no piece that begins after the roster's last day")

    def test_is_read_on_the_clock_of_the_shift(self, desk):
        (duty,) = desk.on("li:gate")
        part = desk.span("3 10:00-11:00")
        utc = TimeSpan(*(each.astimezone(ZoneInfo("UTC")) for each in (part.start, part.end)))
        book = published(desk, "li:gate").record(desk.event(Offered, by="li", offer="o1", assignment=duty, part=utc))
        assert book.state.offers[0].part == part

    def test_keeps_the_skills_that_are_asked_for(self, desk, make):
        line = CoverRequirement(all_of=[SkillNeed(skill="nurse")])
        nurse = Volunteer(id="li", qualifications=[Qualification(skill="nurse")])
        book = published(
            desk,
            "li:gate",
            desk.shift("gate", "3 09:00-12:00", cover=[line]),
            skills=[SkillTag(id="nurse")],
            volunteers=[nurse, *PEOPLE[1:]],
            rules=[Qualified(), NoOverlap(), MaximumCover()],
        )
        (reason,) = refused(book, *make("10:00-11:00"))
        assert "Bo" in reason
        assert "nurse" in reason

    def test_is_refused_where_nobody_is_left_in_charge(self, desk, make):
        people = [attrs.evolve(PEOPLE[0], qualifications=[Qualification(skill="lead")]), *PEOPLE[1:]]
        rules = [LeaderPresent(skill="lead"), NoOverlap()]
        shift = desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(minimum=3)])
        known = {"skills": [SkillTag(id="lead")], "volunteers": people, "rules": rules}
        book = published(desk, "li:gate wu:gate an:gate", shift, **known)
        reasons = refused(book, *make("10:00-11:00"))
        assert len(reasons) == 2
        assert reasons[0].startswith("gate, Tue 3 Mar 2026 09:00–12:00, North has 2 people and nobody with lead")

    def test_of_a_shift_that_is_offered_for_another_duty(self, desk, make):
        book = published(desk, "li:gate bo:gate@4")
        (mine, other) = desk.on("li:gate bo:gate@4")
        part = desk.span("3 09:00-10:00")
        offer = desk.event(Offered, by="li", offer="o1", assignment=mine, part=part, in_return=True)
        claim = desk.event(Claimed, by="bo", offer="o1", volunteer="bo", giving=other)
        swapped = book.record(offer, claim, desk.event(Accepted, by="li", offer="o1"))
        assert roster(swapped) == "bo:gate~o1~1 li:gate@4 li:gate~o1~2"
        assert roster(swapped.record(undone(desk))) == roster(book)

    def test_has_an_id_that_nothing_else_has(self, desk, make):
        taken = [desk.shift(f"gate~o1~{number}", "5 09:00-12:00", position="gate") for number in (1, 3)]
        book = published(desk, "li:gate", desk.shift("gate", "3 09:00-12:00"), *taken)
        assert roster(book.record(*make("09:00-10:00"))) == "bo:gate~o1~2 li:gate~o1~4"

    def test_may_be_of_a_part(self, desk, make):
        book = published(desk, "li:gate").record(*make("09:00-11:00"))
        again = book.record(*make("10:00-11:00", "o2", "bo:gate~o1~1", "an"))
        assert roster(again) == "an:gate~o1~1~o2~2 bo:gate~o1~1~o2~1 li:gate~o1~2"
        assert at_each_minute(again.state.problem) == at_each_minute(published(desk).state.problem)
        assert refused(again, undone(desk)) == GONE
        back = again.record(undone(desk, "an", "o2"), undone(desk))
        assert roster(back) == "li:gate"

    def test_takes_what_was_agreed_with_it(self, desk, make):
        away = Volunteer(id="li", availability=Availability(offered=[]))
        agreed = Override(volunteer="li", shift="gate", reason="asked for it")
        book = published(desk, "li:gate", volunteers=[away, *PEOPLE[1:]], overrides=[agreed])
        shared = book.record(*make("10:00-11:00"))
        assert roster(shared) == "bo:gate~o1~2 li:gate~o1~1 li:gate~o1~3"
        assert shared.record(undone(desk)).state.problem.overrides == (agreed,)

    def test_leaves_full_cover_full(self, desk, make):
        rules = [NoOverlap(), MaximumCover(), MinimumCover(weight=None)]
        shift = desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(minimum=2)])
        book = published(desk, "li:gate wu:gate", shift, rules=rules).record(*make("10:00-11:00"))
        (reason,) = refused(book, change(desk, removed="bo:gate~o1~2"))
        assert reason.endswith("has 0 of at least 1 for helper: 1 missing")


class TestUndoing:
    def test_joins_the_pieces(self, desk, make):
        book = published(desk, "li:gate wu:gate")
        joined_again = book.record(*make("10:00-11:00"), undone(desk))
        assert (joined_again.state.problem, joined_again.state.roster) == (book.state.problem, book.state.roster)
        assert joined_again.state.offers[0].status is OfferStatus.UNDONE

    def test_adds_to_what_the_line_has_by_then(self, desk, make):
        more = ChangedShift(shift=desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(minimum=2, maximum=5)]))
        book = published(desk, "li:gate").record(*make("10:00-11:00"), change(desk, disruptions=[more]), undone(desk))
        (line,) = book.state.problem.shift("gate").cover
        assert (line.minimum, line.desired, line.maximum) == (3, 3, 6)

    def test_is_refused_where_a_piece_has_gone_elsewhere(self, desk, make):
        book = published(desk, "li:gate").record(*make("10:00-11:00"))
        assert refused(book, change(desk, "an:gate~o1~1", "li:gate~o1~1"), undone(desk)) == GONE

    def test_is_refused_where_somebody_else_has_joined(self, desk, make):
        book = published(desk, "li:gate", rules=[NoOverlap()]).record(*make("10:00-11:00"))
        assert refused(book, change(desk, "an:gate~o1~1"), undone(desk)) == GONE

    def test_is_refused_where_the_whole_or_a_piece_is_another(self, desk, make):
        book = published(desk, "li:gate").record(*make("10:00-11:00"))
        led = desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(role="lead")])
        piece = attrs.evolve(book.state.problem.shift("gate~o1~3"), attendance=5)
        for disruption in (
            CancelledShift(shift="gate"),
            ChangedShift(shift=led),
            ChangedShift(shift=piece),
        ):
            assert refused(book, change(desk, disruptions=[disruption]), undone(desk)) == GONE

    def test_is_not_stopped_by_other_shifts(self, desk, make):
        more = AddedShift(shift=desk.shift("tent@5", "5 09:00-12:00"))
        book = published(desk, "li:gate").record(*make("10:00-11:00"), change(desk, disruptions=[more]), undone(desk))
        assert roster(book) == "li:gate"


@given(st.data())
def test_as_many_are_asked_for_at_each_minute_and_joining_gives_back_what_was(data):
    problem = data.draw(
        roster_problems(most_volunteers=2, most_shifts=2, pinned=False).filter(lambda each: each.shifts)
    )
    shift = data.draw(st.sampled_from(problem.shifts))
    first = data.draw(st.integers(0, shift.minutes - 1))
    last = data.draw(st.integers(first + 1, shift.minutes))
    part = _within(shift.span, first, last)
    begins = (part.start, *[part.end] * (last < shift.minutes))
    fitting = part.minutes < shift.minutes and all(map(problem.horizon.span.contains, begins))
    assert fits(problem, shift, part) == fitting
    assume(fitting)
    role = data.draw(st.sampled_from([line.role for line in shift.cover]))
    after, pieces = parted(problem, shift, role, part, "o1")
    assert sum(piece.minutes for piece in pieces) == shift.minutes
    assert at_each_minute(after) == at_each_minute(problem)
    again = joined(after, shift.id, pieces)
    assert set(again.shifts) == set(problem.shifts)
    assert attrs.evolve(again, shifts=problem.shifts) == problem


def _within(span, first, last):
    """Return the part of a span between two of its minutes."""
    epoch, zone = datetime(1970, 1, 1, tzinfo=UTC), span.start.tzinfo
    ends = (epoch + timedelta(minutes=span.start_minute + minutes) for minutes in (first, last))
    return TimeSpan(*(end.astimezone(zone) for end in ends))
