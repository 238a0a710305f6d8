"""An eventful day at the duty desk, and what each person is told: who is ill, who swaps, who comes, what is certified.

    python examples/duty_desk.py [--out out] [--language en|zh] [--seed 0]

The neighbourhood is generated, in a hot week of July with screening on the third evening. Those whom something happens
to are looked for among its people, so another seed tells another story. The books of the day are written as JSON.
"""

import argparse
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from textwrap import fill

import attrs

import civicvol as cv
from civicvol import Label, RefusedError, datasets, desk, io, service

DAY = date(2026, 7, 3)
EVENING = time(18)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Live through a day at the duty desk of the sample neighbourhood.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the books as JSON")
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="language of the story")
    parser.add_argument("--seed", type=int, default=0, help="another seed is another neighbourhood")
    options = parser.parse_args(arguments)
    day = Day(options.seed, options.language)
    publish(day)
    remind(day)
    fall_ill(day)
    swap(day)
    hand_over_an_hour(day)
    move_up(day)
    attend(day, *stand_by(day))
    look_at_findings(day)
    certified = write_into_the_record(day)
    forecast(day)
    certify(day, certified)
    keep(day, options.out)


class Day:
    """A day at the desk: the roster book, the attendance sheets, the service book, and a voice that says what happens.

    Args:
        seed: which neighbourhood.
        language: what it speaks.
    """

    def __init__(self, seed: int, language: str) -> None:
        self.language = language
        self.office, self.leader = self.said("the office", "居委会"), self.said("the leader", "领队")
        problem = datasets.sanhua(seed=seed, first_day=DAY - timedelta(days=2), days=7)
        policy = cv.DeskPolicy(managers=[self.office], approval=True, exchange_deadline=60, give_up_deadline=120)
        self.book = cv.RosterBook(problem=problem, draft=cv.solve(problem).roster, policy=policy)
        self.sheets: dict[str, cv.AttendanceSheet] = {}
        self.service = cv.ServiceBook(two_persons=True)
        self.hours = cv.HoursPolicy(zone=problem.horizon.zone, unit=30, most_per_day=480)
        self.names = {each.id: str(each) for each in problem.volunteers}
        self._ids = re.compile("|".join(sorted(map(re.escape, self.names), key=len, reverse=True)))

    def said(self, english: str, chinese: str, *values: object) -> str:
        return Label(english, chinese).filled(*values).text(self.language)

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> datetime:
        """Return a time of the day, or of one so many days later."""
        return datetime.combine(DAY + timedelta(days=days), time(hour, minute), self.hours.zone)

    def begin(self, when: datetime, english: str, chinese: str) -> None:
        """Print a heading."""
        print(f"\n== {when:%m-%d %H:%M} · {self.said(english, chinese)} ==")

    def tell(self, *texts: str) -> None:
        """Print texts, wrapped. Records know people by their ids, readers by their names."""
        width = 98 if self.language == "en" else 49
        for line in "\n".join(texts).splitlines():
            named = self._ids.sub(lambda id: self.names[id[0]], line)
            print(fill(named, width, subsequent_indent="    ", break_on_hyphens=False))

    def record(self, *events: desk.DeskEvent) -> None:
        """Record what happens at the desk, and tell everybody whose duties it changes."""
        before, self.book = self.book, self.book.record(*events)
        for line in desk.history(self.book).lines[len(before.events) :]:
            self.tell(line.text(self.language))
        old, new = before.state, self.book.state
        for notice in cv.change_notices(old.problem, old.roster, new.problem, new.roster):
            self.tell(*(f"  > {line}" for line in notice.text(self.language).splitlines()))

    def first_possible(self, stories: Iterable[Sequence[desk.DeskEvent]]) -> Sequence[desk.DeskEvent]:
        """Return the first of some stories that the desk lets happen; to try one changes nothing."""
        for story in stories:
            try:
                self.book.record(*story)
            except RefusedError:
                continue
            return story
        raise LookupError("nothing like that can happen in this neighbourhood")

    def shifts(self, start: time = time(0)) -> list[cv.Shift]:
        """Return the shifts of the day from a time on."""
        of_day = (each for each in self.book.state.problem.shifts if each.span.start.date() == DAY)
        return [each for each in of_day if each.span.start.time() >= start]

    def duties(self, start: time = time(0)) -> list[cv.Assignment]:
        """Return who is on these shifts."""
        return [duty for shift in self.shifts(start) for duty in self.book.state.roster.of_shift(shift.id)]

    def span(self, duty: cv.Assignment) -> cv.TimeSpan:
        return self.book.state.problem.shift(duty.shift).span

    def stand_ins(self, duty: cv.Assignment) -> cv.StandIns:
        """Return who could have a duty in the place of whoever has it, and who could not."""
        state = self.book.state
        return cv.stand_ins(state.problem, state.roster, duty.shift, instead_of=duty.volunteer)


def publish(day: Day) -> None:
    """The roster is published, with what only those on a shift may know."""
    at = day.at(18, days=-5)
    day.begin(at, "The roster is published: what each person reads about Friday", "发布班表：各人看到的周五值班")
    day.book = day.book.record(desk.Published(at=at, by=day.office))
    for number, shift in enumerate(day.shifts(), start=1):
        water = Label("it will be hot, bring water", "天热，请带水")
        key = Label("the code of the key box is {}", "钥匙盒密码：{}").filled(4000 + 37 * number)
        given = desk.DetailsGiven(at=at, by=day.office, shift=shift.id, public=water, private=key)
        day.book = day.book.record(given)
    for volunteer in sorted({duty.volunteer for duty in day.duties()}):
        view = cv.personal_view(day.book, volunteer, day.language)
        of_day = tuple(duty for duty in view.duties if duty.shift.span.start.date() == DAY)
        day.tell(attrs.evolve(view, duties=of_day).text())


def remind(day: Day) -> None:
    """Whoever has a duty the next evening is reminded of it."""
    at = day.at(19, days=-1)
    day.begin(at, "The evening before: reminders", "前一晚：提醒")
    due = cv.reminders_due(day.book, at, since=day.at(12, days=-1), before=[24 * 60])
    day.tell(*(each.text(day.language) for each in due[:3]))
    day.tell(day.said("... and {} more.", "……另有{}条。", len(due) - 3))


def fall_ill(day: Day) -> None:
    """Somebody is ill: who could come instead, and the roster with the fewest changes."""
    at, state = day.at(7, 10), day.book.state
    day.begin(at, "Somebody with a duty this evening is ill", "今晚当班的一人生病")
    for duty in day.duties(EVENING):
        found = day.stand_ins(duty)
        ill = cv.Absence(volunteer=duty.volunteer, span=cv.TimeSpan(at, day.at(0, days=1)), why=day.said("fever", "发烧"))
        plan = cv.replan(state.problem, state.roster, [ill], now=at)
        if len(found.candidates) >= 3 and not plan.unfilled:
            break
    day.tell(found.title(day.language), *(f"- {each.text(day.language)}" for each in found.candidates[:3]))
    day.tell(*(day.said("- cannot: {}, {}", "- 不行：{}人，{}", count, reason) for reason, count in found.counts))
    steps = {"disruptions": plan.disruptions, "added": plan.added, "removed": plan.removed}
    day.record(desk.Changed(at=at, by=day.office, why=ill.why, **steps))


def swap(day: Day) -> None:
    """Two people swap a duty of this evening for one of another day; the office approves."""
    day.begin(day.at(12), "Two people swap", "两人换班")
    roster = day.book.state.roster
    later = [each for each in roster if day.span(each).start >= day.at(0, days=1)]
    stories = (
        (
            desk.Offered(at=day.at(12), by=mine.volunteer, offer="A", assignment=mine, in_return=True),
            desk.Claimed(at=day.at(12, 10), by=yours.volunteer, offer="A", volunteer=yours.volunteer, giving=yours),
            desk.Accepted(at=day.at(12, 20), by=mine.volunteer, offer="A"),
            desk.Approved(at=day.at(12, 30), by=day.office, offer="A"),
        )
        for mine in day.duties(EVENING)
        for yours in later
        if yours.volunteer != mine.volunteer
    )
    day.record(*day.first_possible(stories))


def hand_over_an_hour(day: Day) -> None:
    """Somebody hands over the first hour of a duty; who may not have it is told the rule."""
    day.begin(day.at(13), "Somebody comes an hour later", "有人晚到一小时")
    stories = []
    for duty in day.duties(EVENING):
        hour = cv.TimeSpan(day.span(duty).start, day.span(duty).start + timedelta(hours=1))
        offered = desk.Offered(at=day.at(13), by=duty.volunteer, offer="B", assignment=duty, part=hour)
        approved = desk.Approved(at=day.at(13, 30), by=day.office, offer="B")
        for each in day.stand_ins(duty).candidates[:3]:
            taker = each.assignment.volunteer
            claimed = desk.Claimed(at=day.at(13, 20), by=taker, offer="B", volunteer=taker)
            stories.append((offered, claimed, approved))
    offered, claimed, approved = day.first_possible(stories)
    others = day.stand_ins(offered.assignment).others
    day.record(offered)
    for id in (each.assignment.volunteer for each in others):
        try:
            day.book.record(desk.Claimed(at=day.at(13, 10), by=id, offer="B", volunteer=id))
        except RefusedError as refused:
            day.tell(day.said("{} claims it, and is refused:", "{}认领，未获准：", id))
            day.tell(*(f"  > {line}" for line in refused.text(day.language).splitlines()))
            break
    day.record(claimed, approved)


def move_up(day: Day) -> None:
    """Two people wait for a place on a full shift; somebody gives theirs up, and the next in line is invited."""
    day.begin(day.at(14), "A full shift has a waiting list", "满员班次候补")
    stories = []
    for duty in day.duties(EVENING):
        place = {"shift": duty.shift, "role": duty.role}
        waiting = [each.assignment.volunteer for each in day.stand_ins(duty).candidates[:2]]
        queued = [desk.Queued(at=day.at(14), by=each, volunteer=each, **place) for each in waiting]
        given_up = desk.GivenUp(at=day.at(14, 30), by=duty.volunteer, volunteer=duty.volunteer, shift=duty.shift)
        if len(waiting) == 2:
            stories.append((*queued, given_up))
    *_, given_up = story = day.first_possible(stories)
    day.record(*story)
    place = {"shift": given_up.shift, "role": story[0].role}
    first = desk.next_in_line(day.book.state, day.book.policy, *place.values(), day.at(14, 35))
    until = day.at(16)
    day.record(desk.Invited(at=day.at(14, 35), by=day.office, volunteer=first, until=until, **place))
    day.record(desk.Confirmed(at=day.at(14, 50), by=first, volunteer=first, **place))


def stand_by(day: Day) -> tuple[Assignment, str]:
    """Somebody stands by for a shift of several people; return who will not come to it, and who stands by."""
    stories = []
    for duty in day.duties(EVENING):
        place = {"shift": duty.shift, "role": duty.role}
        absence = cv.Absence(volunteer=duty.volunteer, span=day.span(duty))
        for each in day.stand_ins(duty).candidates[:3] if len(day.book.state.roster.of_shift(duty.shift)) > 1 else ():
            id = each.assignment.volunteer
            stands_by = desk.StoodBy(at=day.at(16), by=id, volunteer=id, **place)
            gone = desk.Changed(at=day.at(18, 45), by=day.office, disruptions=[absence], removed=[duty])
            stories.append((stands_by, gone, desk.CalledIn(at=day.at(18, 46), by=day.office, volunteer=id, **place)))
    story = day.first_possible(stories)
    day.begin(day.at(16), "Somebody stands by, in case that another does not come", "有人愿作后备")
    day.record(story[0])
    return story


def attend(day: Day, _: desk.StoodBy, gone: desk.Changed, called_in: desk.CalledIn) -> None:
    """People come and go; one does not come, one comes unasked, and one forgets to check out."""
    *ordinary, last = [each for each in day.shifts() if each.id != called_in.shift and day.on(each.id)]
    day.begin(gone.at, "Somebody does not come", "有人未到")
    ...
