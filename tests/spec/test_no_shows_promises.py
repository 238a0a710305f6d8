"""What is promised to a community in which people stay away: a month with two hundred no-shows."""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
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
from civicvol.desk import Changed, Published
from civicvol.io import from_json, to_json
from civicvol.service import CheckedIn, CheckedOut, Recorded, Verified

OFFICE = "office"
NO_SHOWS = 200
MINUTE = timedelta(minutes=1)
ATTENDANCE = AttendancePolicy(grace=0)


class Month:
    """A month as it is lived: the books, and beside them who was where at which minutes, in sets of them.

    Args:
        seed: of who stays away, and of when people come and go.
    """

    def __init__(self, seed):
        self.random = Random(seed)
        problem = datasets.sanhua()
        self.zone = problem.horizon.zone
        draft = solve(problem).roster
        self.book = RosterBook(problem=problem, draft=draft, policy=DeskPolicy(managers=[OFFICE]))
        self.service = ServiceBook(two_persons=True)
        self.missed = defaultdict(set)
        self.there = defaultdict(dict)
        self.outcomes = Counter()
        self.minutes = {}

    def live(self):
        """Go through the month from shift to shift."""
        begin = self.book.problem.horizon.span.start
        self.book = self.book.record(Published(at=begin - timedelta(days=3), by=OFFICE))
        shifts = sorted(self.book.problem.shifts, key=lambda shift: shift.span)
        for _, of_day in groupby(shifts, key=lambda shift: shift.span.start.date()):
            of_day = list(of_day)
            for start, beginning in groupby(of_day, key=lambda shift: shift.span.start):
                self.begin(start, list(beginning))
            self.write_down(of_day)

    def begin(self, start, shifts):
        """Some people do not come to shifts that begin; five minutes later their places are filled, where they can be."""
        on = [duty for shift in shifts for duty in self.book.state.roster.of_shift(shift.id)]
        missing = [duty for duty in on if self.random.random() < 0.55]
        del missing[NO_SHOWS - sum(map(len, self.missed.values())) :]
        for duty in missing:
            self.missed[duty.shift].add(duty.volunteer)
        for duty in on:
            if duty not in missing:
                self.come(duty, start + self.random.randint(-15, 4) * MINUTE)
        if missing:
            now, state = start + 5 * MINUTE, self.book.state
            absences = [
                Absence(volunteer=duty.volunteer, span=state.problem.shift(duty.shift).span, why="did not come")
                for duty in missing
            ]
            plan = replan(state.problem, state.roster, absences, now=now)
            assert plan.proven
            steps = {"disruptions": plan.disruptions, "added": plan.added, "removed": plan.removed}
            self.book = self.book.record(Changed(at=now, by=OFFICE, **steps))
            for shift in shifts:
                for duty in self.book.state.roster.of_shift(shift.id):
                    if duty not in on:
                        self.come(duty, now + self.random.randint(5, 40) * MINUTE)

    def come(self, duty, at):
        """Somebody comes, and goes about when the shift ends."""
        end = self.book.state.problem.shift(duty.shift).span.end
        self.there[duty.shift][duty.volunteer] = at, end + self.random.randint(-20, 20) * MINUTE

    def write_down(self, shifts):
        """At the end of a day, what was served is entered into the service book, and verified the next morning."""
        evening = datetime.combine(shifts[0].span.start.date(), time(23), self.zone)
        for shift in shifts:
            times = self.there[shift.id]
            events = [CheckedIn(volunteers=[id], at=came, by=id) for id, (came, _) in times.items()]
            events += [CheckedOut(volunteers=[id], at=went, by=id) for id, (_, went) in times.items()]
            sheet = attendance_sheet(self.book, shift.id, policy=ATTENDANCE)
            sheet = sheet.record(*sorted(events, key=lambda event: event.at))
            for attendance in sheet.attendances(evening):
                self.outcomes[attendance.outcome] += 1
                missed = attendance.volunteer in self.missed[shift.id]
                assert (attendance.outcome is Outcome.NO_SHOW) == missed
                assert (attendance.volunteer in times) == (not missed)
                entry = attendance.entry(f"{shift.id}/{attendance.volunteer}")
                assert (entry is None) == missed
                if entry is not None:
                    self.service = self.service.record(Recorded(at=evening, by="leader", entry=entry))
                    self.service = self.service.record(Verified(at=evening + 30 * MINUTE, by=OFFICE, entry=entry.id))
