"""What is promised to a community in which people stay away: two hundred no-shows in a month."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from itertools import groupby
from random import Random

from civicvol import (
    Absence,
    AttendancePolicy,
    DeskPolicy,
    HoursPolicy,
    Outcome,
    RosterBook,
    ServiceBook,
    attendance_sheet,
    check,
    datasets,
    replan,
    solve,
    totals,
)
from civicvol.calendar.timespan import minute_of
from civicvol.desk import Changed, Published
from civicvol.io import from_json, to_json
from civicvol.service import CheckedIn, CheckedOut, Recorded, Verified

OFFICE, LEADER = "office", "leader"
NO_SHOWS = 200
MINUTE = timedelta(minutes=1)


class Month:
    """A month as it is lived: the books, and beside them who was where in which minutes.

    Who is missing is found out when their shifts begin, all that begin together at once, and the roster is replanned.

    Args:
        seed: of who stays away, and of when people come and go.
    """

    def __init__(self, seed):
        self.random = Random(seed)
        problem = datasets.sanhua()
        policy = DeskPolicy(managers=[OFFICE])
        self.book = RosterBook(problem=problem, draft=solve(problem).roster, policy=policy)
        self.service = ServiceBook(two_persons=True)
        self.missing = defaultdict(set)
        self.times = defaultdict(dict)

    def live(self):
        """Publish the roster, and go through the month from shift to shift; on each evening all is written down."""
        first = self.book.problem.horizon.span.start
        self.book = self.book.record(Published(at=first - timedelta(days=3), by=OFFICE))
        shifts = sorted(self.book.problem.shifts, key=lambda shift: shift.span)
        for day, found in groupby(shifts, key=lambda shift: shift.span.start.date()):
            of_day = tuple(found)
            for start, beginning in groupby(of_day, key=lambda shift: shift.span.start):
                self.begin(start, tuple(beginning))
            self.write_down(of_day, datetime.combine(day, time(23), first.tzinfo))

    def begin(self, start, shifts):
        """Many people do not come to shifts that begin; five minutes later their places are filled again."""
        before = self.on(shifts)
        left = NO_SHOWS - sum(map(len, self.missing.values()))
        missing = [duty for duty in before if self.random.random() < 0.6][:left]
        for duty in before:
            if duty in missing:
                self.missing[duty.shift].add(duty.volunteer)
            else:
                self.come(duty, start + self.random.randint(-15, 4) * MINUTE)
        if missing:
            self.replan(missing, start + 5 * MINUTE)
            for duty in self.on(shifts):
                if duty not in before:
                    self.come(duty, start + self.random.randint(10, 45) * MINUTE)

    def on(self, shifts):
        return [duty for shift in shifts for duty in self.book.state.roster.of_shift(shift.id)]

    def come(self, duty, came):
        """Somebody comes, and goes about when the shift ends."""
        end = self.book.state.problem.shift(duty.shift).span.end
        self.times[duty.shift][duty.volunteer] = came, end + self.random.randint(-20, 20) * MINUTE

    def replan(self, missing, now):
        state = self.book.state
        absences = [
            Absence(volunteer=duty.volunteer, span=state.problem.shift(duty.shift).span, why="did not come")
            for duty in missing
        ]
        plan = replan(state.problem, state.roster, absences, now=now)
        assert plan.proven
        assert {*missing} <= {*plan.removed}
        steps = {"disruptions": plan.disruptions, "added": plan.added, "removed": plan.removed}
        self.book = self.book.record(Changed(at=now, by=OFFICE, **steps))

    def write_down(self, shifts, evening):
        """The sheets of a day become entries in the service book, which are verified half an hour later."""
        entries = []
        for shift in shifts:
            times, missing = self.times[shift.id], self.missing[shift.id]
            assert {duty.volunteer for duty in self.on([shift])} == times.keys()
            events = [CheckedIn(volunteers=[id], at=came, by=id) for id, (came, _) in times.items()]
            events += [CheckedOut(volunteers=[id], at=went, by=id) for id, (_, went) in times.items()]
            sheet = attendance_sheet(self.book, shift.id, policy=AttendancePolicy(grace=0))
            attendances = sheet.record(*sorted(events, key=lambda event: event.at)).attendances(evening)
            outcomes = {each.volunteer: each.outcome for each in attendances}
            assert outcomes == dict.fromkeys(times, Outcome.PRESENT) | dict.fromkeys(missing, Outcome.NO_SHOW)
            found = {each.volunteer: each.entry(f"{shift.id}/{each.volunteer}") for each in attendances}
            assert {id for id, entry in found.items() if entry is not None} == times.keys()
            entries += filter(None, found.values())
        later = evening + 30 * MINUTE
        self.service = self.service.record(
            *(Recorded(at=evening, by=LEADER, entry=entry) for entry in entries),
            *(Verified(at=later, by=OFFICE, entry=entry.id) for entry in entries),
        )

    def minutes(self):
        """Return the minutes that each person served on each shift, by the times at which they came and went."""
        spans = {shift.id: shift.span for shift in self.book.problem.shifts}
        return {
            (shift, id): {*range(max(minute_of(came), spans[shift].start_minute), minute_of(went))}
            for shift, times in self.times.items()
            for id, (came, went) in times.items()
        }


class TestNoShows:
    """Two hundred no-shows in a month leave no hard violation and no lost minute."""

    def test_a_month_with_two_hundred_of_them(self):
        month = Month(0)
        month.live()
        assert sum(map(len, month.missing.values())) == NO_SHOWS
        assert all(check(state.problem, state.roster).feasible for state in month.book.states)
        served = month.minutes()
        of_person = defaultdict(list)
        for (_, id), minutes in served.items():
            of_person[id].append(minutes)
        assert all(len(set().union(*each)) == sum(map(len, each)) for each in of_person.values())
        entries = [kept.entry for kept in month.service.state.entries.values() if kept.verified]
        assert {(each.activity.id, each.volunteer): each.minutes for each in entries} == {
            place: len(minutes) for place, minutes in served.items()
        }
        hours = HoursPolicy(zone=month.book.problem.horizon.zone)
        verified = [event.at for event in month.service.events if isinstance(event, Verified)]
        for at in (verified[len(verified) // 2], verified[-1]):
            until = {place: minutes for place, minutes in served.items() if max(minutes) < minute_of(at)}
            found = totals(month.service, at, hours)
            assert found.hours.amount == sum(map(len, until.values()))
            assert found.person_times.amount == len(until)
            assert found.people.amount == len({id for _, id in until})
            assert found.services.amount == len({shift for shift, _ in until})
        for kind, book in ((RosterBook, month.book), (ServiceBook, month.service)):
            again = from_json(to_json(book, compact=True), kind)
            assert (again, again.state) == (book, book.state)
