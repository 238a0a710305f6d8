from datetime import UTC, date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import TimeSpan, difference, intersection, total_minutes, union
from civicvol.calendar.timespan import minute_of
from civicvol.errors import RefusedError
from civicvol.io import from_json, to_json
from civicvol.service.activity import Activity
from civicvol.service.attendance import Attendance, Outcome
from civicvol.service.attendance_absence import Appealed, AppealGranted, AppealRejected, Excused, MarkedAbsent
from civicvol.service.attendance_clock import CheckedIn, CheckedOut, Released
from civicvol.service.attendance_count import Case, count
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_settled import Settled
from civicvol.service.attendance_sheet import AttendanceSheet

PEOPLE = ("li", "wang", "sun", "zhou")
ACTIVITIES = (
    Activity(id="watch", span=TimeSpan.on(date(2026, 3, 1), time(18), time(21), "Asia/Shanghai")),
    Activity(id="short", span=TimeSpan.on(date(2026, 3, 1), time(12), time(12, 20), "Asia/Shanghai")),
    Activity(id="skipped", span=TimeSpan.on(date(2026, 3, 29), time(1), time(4), "Europe/Berlin")),
    Activity(id="twice", span=TimeSpan.on(date(2026, 10, 24), time(22), time(6), "Europe/Berlin")),
)
OF_THOSE_THERE = (CheckedOut, CheckedOut, CheckedIn, Settled, Released)
OF_OTHERS = (
    *(CheckedIn, CheckedIn, CheckedIn, CheckedIn, CheckedIn, CheckedOut, Settled, Released),
    *(Excused, MarkedAbsent, Appealed, Appealed, AppealGranted, AppealRejected),
)
CLOCK = (5, 20, 1, 10, 60, 0, 30, 5, 20, 180, 360)

policies = st.builds(
    AttendancePolicy,
    leaders=st.just(frozenset({"zhou", "wu"})),
    by_themselves=st.sampled_from((True, True, True, False)),
    walk_ins=st.booleans(),
    opens=st.sampled_from((30, 0, 1440)),
    closes=st.sampled_from((None, None, 15, 600, 1)),
    notice=st.sampled_from((0, 120)),
    grace=st.sampled_from((0, 10, 60)),
    grace_percent=st.sampled_from((0, 10, 100)),
    counts_early=st.booleans(),
    overtime=st.sampled_from((0, 60, 600)),
    stays_open=st.sampled_from((360, 360, 60, 0)),
    forgotten_counts=st.booleans(),
    credits_release=st.booleans(),
    least_percent=st.sampled_from((0, 60, 100)),
    counts_planned=st.booleans(),
    most_pairs=st.sampled_from((3, 3, 1)),
)


def later(moment, minutes):
    """Return a moment so many minutes later on a real clock."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


@st.composite
def spans(draw, activity):
    start = later(activity.span.start, draw(st.integers(-90, 600)))
    return TimeSpan(start, later(start, draw(st.sampled_from((1, 20, 60, 180)))))


@st.composite
def entered(draw, sheet, at):
    """Draw an event at a moment: mostly one that can be, by somebody who may."""
    there = [who for who, presence in sheet.state.people.items() if presence.arrival]
    who = draw(st.sampled_from((*PEOPLE, *there, *there)))
    kind = draw(st.sampled_from(OF_THOSE_THERE if who in there else OF_OTHERS))
    by = draw(st.sampled_from(("wu", "wu", "wu", who, "wu", "li")))
    about = {"at": at, "by": by, "why": draw(st.sampled_from(("so", "so", "")))}
    if kind is Settled:
        stated = (
            stay for stay in draw(st.lists(spans(sheet.activity), max_size=3)) if draw(st.booleans()) or stay.end <= at
        )
        return Settled(volunteer=who, spans=tuple(stated), **about)
    time = draw(st.sampled_from((None, None, None, later(at, -7), later(at, -60), later(at, 1))))
    if kind is Released:
        return Released(time=time, **about)
    if kind in (CheckedIn, CheckedOut):
        several = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True))
        return kind(volunteers=draw(st.sampled_from(((who,), (who,), several))), time=time, **about)
    return kind(volunteer=who, **about)


@st.composite
def sheets(draw):
    """Draw a sheet of an activity and what was refused, each with the sheet as it was then."""
    activity = draw(st.sampled_from(ACTIVITIES))
    expected = draw(st.lists(st.sampled_from(PEOPLE), unique=True))
    sheet = AttendanceSheet(activity=activity, expected=expected, policy=draw(policies))
    at = later(activity.span.start, draw(st.sampled_from((-20, 0, 1, -180))))
    refused = []
    for _ in range(draw(st.sampled_from((8, 12, 4, 16, 2)))):
        at = later(at, draw(st.sampled_from(CLOCK)))
        event = draw(entered(sheet, at))
        before = (sheet.events, sheet.state)
        try:
            sheet = sheet.record(event)
        except RefusedError as error:
            refused.append((event, error, before, (sheet.events, sheet.state)))
    return sheet, refused


moments = st.one_of(st.integers(0, 700), st.integers(-200, 2000))


class TestCountedTime:
    """What counts is never more than presence and plan, no minute twice and none of the future, and it is explained."""

    @given(sheets(), moments)
    def test_is_there_or_planned_once_and_over(self, drawn, minutes):
        sheet, _ = drawn
        as_of = later(sheet.activity.span.start, minutes)
        for attendance in sheet.attendances(as_of):
            assert attendance.counted == union(attendance.counted)
            assert attendance.spans == union(attendance.spans)
            assert not difference(attendance.counted, (*attendance.spans, sheet.activity.span))
            assert all(span.end <= as_of for span in (*attendance.spans, *attendance.counted))
            assert not attendance.counted or attendance.spans

    @given(sheets(), moments)
    def test_is_what_was_there_and_what_the_remarks_add(self, drawn, minutes):
        sheet, _ = drawn
        for attendance in sheet.attendances(later(sheet.activity.span.start, minutes)):
            words = [remark.en.split(" ", 1) for remark in attendance.remarks]
            changes = [int(word) for word, *_ in words if word[0] in "+-"]
            assert total_minutes(attendance.spans) + sum(changes) == attendance.counted_minutes

    @given(sheets(), moments)
    def test_becomes_an_entry_of_as_many_minutes(self, drawn, minutes):
        sheet, _ = drawn
        for attendance in sheet.attendances(later(sheet.activity.span.start, minutes)):
            entry = attendance.entry("e")
            assert (entry.minutes if entry else 0) == (attendance.counted_minutes if attendance.final else 0)
            assert entry is None or entry.present == attendance.spans

    @given(st.data(), policies, st.booleans(), st.sampled_from(ACTIVITIES))
    def test_is_that_of_a_count_minute_by_minute(self, data, policy, expected, activity):
        """Count on sets of minutes from the planned start, written down anew from the policy's own words."""
        there = intersection(data.draw(st.lists(spans(activity), min_size=1, max_size=4)), (policy.sheet(activity),))
        last = max([later(activity.span.start, 1), *(span.end for span in there)])
        released = data.draw(st.none() | st.integers(0, 200).map(lambda minute: later(activity.span.start, minute)))
        as_of = later(last, data.draw(st.sampled_from((0, 60, 2000))))
        case = Case(activity=activity, policy=policy, expected=expected, released=released, as_of=as_of)
        counted, _ = count(there, case)
        start = activity.span.start_minute
        found = {minute - start for span in counted for minute in range(span.start_minute, span.end_minute)}
        stays = [(span.start_minute - start, span.end_minute - start) for span in there]
        times = [None if each is None else minute_of(each) - start for each in (released, as_of)]
        assert found == minutes_that_count(stays, policy, activity.span.minutes, expected, *times)


def minutes_that_count(stays, policy, planned, expected, released, now):
    if not stays:
        return set()
    plan = set(range(planned))
    minutes = {minute for begin, end in stays for minute in range(begin, end)}
    arrival = min(minutes)
    there_until = {minute for begin, end in stays for minute in range(begin, end + 1)}
    if released in there_until and policy.credits_release:
        minutes |= set(range(released, planned))
    if expected and 0 < arrival <= min(policy.grace, planned * policy.grace_percent // 100):
        minutes |= set(range(arrival))
    earliest = -policy.opens if policy.counts_early else 0
    minutes = {minute for minute in minutes if earliest <= minute < planned + policy.overtime}
    if not minutes or 100 * len(minutes) < policy.least_percent * planned:
        return set()
    if policy.counts_planned and expected:
        minutes = plan
    return {minute for minute in minutes if minute < now}


class TestEverybody:
    """Everybody who was expected or seen has one outcome, and who came has the outcome of having come."""

    @given(sheets(), moments)
    def test_has_one_outcome(self, drawn, minutes):
        sheet, _ = drawn
        as_of = later(sheet.activity.span.start, minutes)
        found = sheet.attendances(as_of)
        names = [each.volunteer for each in found]
        assert names[: len(sheet.expected)] == list(sheet.expected)
        assert len(set(names)) == len(names)
        for each in found:
            came = each.outcome in (Outcome.PRESENT, Outcome.WALK_IN)
            assert came == bool(each.spans or each.since)
            assert each.volunteer in sheet.expected or each.outcome is Outcome.WALK_IN
            assert each.outcome is not Outcome.EXPECTED or as_of < sheet.activity.span.end


class TestASheet:
    """Refused events change nothing, and playing or loading the events again gives the same state, at any moment."""

    @given(sheets())
    def test_is_not_changed_by_what_it_refuses(self, drawn):
        _, refused = drawn
        for event, error, before, after in refused:
            assert before == after
            assert error.reasons
            assert error.step == type(event).__name__

    @given(sheets())
    def test_replays_to_the_same_state(self, drawn):
        sheet, _ = drawn
        again = AttendanceSheet(
            activity=sheet.activity, expected=sheet.expected, policy=sheet.policy, events=sheet.events
        )
        assert (again, again.state) == (sheet, sheet.state)

    @given(sheets(), moments)
    def test_is_known_at_a_moment_by_what_was_entered_until_then(self, drawn, minutes):
        sheet, _ = drawn
        as_of = later(sheet.activity.span.start, minutes)
        assert sheet.as_of(as_of).attendances(as_of) == sheet.attendances(as_of)
        assert sheet.as_of(as_of).findings(as_of) == sheet.findings(as_of)

    @given(sheets(), moments)
    def test_travels_as_json_with_what_came_of_it(self, drawn, minutes):
        sheet, _ = drawn
        again = from_json(to_json(sheet), AttendanceSheet)
        assert (again, again.state) == (sheet, sheet.state)
        for attendance in sheet.attendances(later(sheet.activity.span.start, minutes)):
            assert from_json(to_json(attendance), Attendance) == attendance
