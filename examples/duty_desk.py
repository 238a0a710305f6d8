"""An eventful day at the duty desk, and what each person is told: who is ill, who swaps, who comes, what is certified.

    python examples/duty_desk.py [--out out] [--language en|zh] [--seed 0]

The neighbourhood is generated, in two hot weeks of July with screening on the third evening. Those to whom something
happens are looked for among its people, so another seed tells another story. The books of the day are written as JSON.
"""

import argparse
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from unicodedata import east_asian_width

import attrs

import civicvol as cv
from civicvol import Label, RefusedError, TimeSpan, datasets, desk, io, service

DAY = date(2026, 7, 3)
EVENING = time(18)
MINUTE = timedelta(minutes=1)
WORD = re.compile(r" ?[!-~–]{1,60}|.")


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
    stand_in = attend(day, *stand_by(day))
    settle(day)
    write_down(day, stand_in)
    forecast(day)
    certify(day, stand_in)
    keep(day, options.out)


class Day:
    """A day at the desk: its roster book, attendance sheets and service book, and a voice that says what happens."""

    def __init__(self, seed: int, language: str) -> None:
        self.language = language
        self.office, self.leader = self.said("the office", "居委会"), self.said("the leader", "领队")
        problem = datasets.sanhua(seed=seed, first_day=DAY - timedelta(days=2), days=14)
        policy = cv.DeskPolicy(managers=[self.office], approval=True, exchange_deadline=60, give_up_deadline=120)
        self.book = cv.RosterBook(problem=problem, draft=cv.solve(problem).roster, policy=policy)
        self.attendance = cv.AttendancePolicy(leaders=[self.leader])
        self.sheets: dict[str, cv.AttendanceSheet] = {}
        self.service = cv.ServiceBook(two_persons=True)
        self.hours = cv.HoursPolicy(zone=problem.horizon.zone, unit=30, most_per_day=480)
        self.told: set[str] = set()
        self.names = {each.id: str(each) for each in problem.volunteers}
        self.ids = re.compile("|".join(sorted(map(re.escape, self.names), key=len, reverse=True)))

    def said(self, english: str, chinese: str, *values: object) -> str:
        """Return a sentence in the language of the story, with its gaps filled in."""
        return Label(english, chinese).filled(*values).text(self.language)

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> datetime:
        """Return a time of the day, or of one so many days later."""
        return datetime.combine(DAY + timedelta(days=days), time(hour, minute), self.hours.zone)

    def begin(self, when: datetime, english: str, chinese: str) -> None:
        """Print a heading."""
        print(f"\n== {when:%m-%d %H:%M} · {self.said(english, chinese)} ==\n")

    def tell(self, *texts: str, indent: str = "") -> None:
        """Print texts, wrapped. Sheets and books know people by their ids, readers by their names."""
        for line in "\n".join(texts).splitlines():
            print(wrapped(self.ids.sub(lambda found: self.names[found[0]], line), indent))

    def record(self, *events: desk.DeskEvent) -> None:
        """Record what happens at the desk, and tell everybody whose duties it changes."""
        before, self.book = self.book, self.book.record(*events)
        for line in desk.history(self.book).lines[len(before.events) :]:
            self.tell(line.text(self.language))
        old, new = before.state, self.book.state
        for notice in cv.change_notices(old.problem, old.roster, new.problem, new.roster):
            self.tell(notice.text(self.language), indent="  > ")
            self.show(notice.volunteer, indent="  > ")
            self.told.add(notice.volunteer)

    def show(self, volunteer: str, indent: str = "") -> None:
        """Print what somebody sees of their duties of the day, if they have any."""
        view = cv.personal_view(self.book, volunteer, self.language)
        of_day = tuple(duty for duty in view.duties if duty.shift.span.start.date() == DAY)
        if of_day:
            self.tell(attrs.evolve(view, duties=of_day).text(), indent=indent)

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
        """Return who is on these shifts, those last to whom something has happened today."""
        found = (duty for shift in self.shifts(start) for duty in self.book.state.roster.of_shift(shift.id))
        return sorted(found, key=lambda duty: duty.volunteer in self.told)

    def span(self, duty: cv.Assignment) -> TimeSpan:
        """Return when a duty is."""
        return self.book.state.problem.shift(duty.shift).span

    def stand_ins(self, duty: cv.Assignment) -> cv.StandIns:
        """Return who could have a duty in the place of whoever has it, and who could not."""
        state = self.book.state
        return cv.stand_ins(state.problem, state.roster, duty.shift, instead_of=duty.volunteer)

    def takers(self, duty: cv.Assignment) -> list[str]:
        """Return the ids of three who could have a duty in the place of whoever has it, in the same order."""
        found = (each.assignment.volunteer for each in self.stand_ins(duty).candidates)
        return sorted(found, key=self.told.__contains__)[:3]


def wrapped(line: str, indent: str = "") -> str:
    """Return a line broken where it is too wide for a terminal; a Chinese character is as wide as two letters."""
    lines, room = [indent], 98 - len(indent)
    for word in WORD.findall(line):
        width = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in word)
        if width > room:
            lines.append(indent + ("   " if word[0] == " " else "    "))
            room = 94 - len(indent)
        lines[-1] += word
        room -= width
    return "\n".join(lines)


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
        day.show(volunteer)


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
    duty = max(day.duties(EVENING), key=lambda each: len(day.stand_ins(each).candidates))
    found, why = day.stand_ins(duty), day.said("{} is ill", "{}生病", duty.volunteer)
    ill = cv.Absence(volunteer=duty.volunteer, span=TimeSpan(at, day.at(0, days=1)), why=why)
    plan = cv.replan(state.problem, state.roster, [ill], now=at)
    day.tell(found.title(day.language), *(f"- {each.text(day.language)}" for each in found.candidates[:3]))
    day.tell(*(day.said("- {} cannot: {}", "- {}人不行：{}", count, reason) for reason, count in found.counts))
    steps = {"disruptions": plan.disruptions, "added": plan.added, "removed": plan.removed}
    day.record(desk.Changed(at=at, by=day.office, why=why, **steps))


def swap(day: Day) -> None:
    """Two people swap a duty of this evening for one of another day; the office approves."""
    day.begin(day.at(12), "Two people swap", "两人换班")
    later = [each for each in day.book.state.roster if day.span(each).start >= day.at(0, days=1)]
    stories = (
        (
            desk.Offered(at=day.at(12), by=mine.volunteer, offer="A", assignment=mine, in_return=True),
            desk.Claimed(at=day.at(12, 10), by=yours.volunteer, offer="A", volunteer=yours.volunteer, giving=yours),
            desk.Accepted(at=day.at(12, 20), by=mine.volunteer, offer="A"),
            desk.Approved(at=day.at(12, 30), by=day.office, offer="A"),
        )
        for mine in day.duties(EVENING)
        for yours in later
    )
    day.record(*day.first_possible(stories))


def hand_over_an_hour(day: Day) -> None:
    """Somebody hands over the first hour of a duty; who may not have it is told the rule."""
    day.begin(day.at(13), "Somebody can only come an hour later", "有人要晚到一小时")
    stories = [
        (
            desk.Offered(at=day.at(13), by=duty.volunteer, offer="B", assignment=duty, part=hour),
            desk.Claimed(at=day.at(13, 20), by=taker, offer="B", volunteer=taker),
            desk.Approved(at=day.at(13, 30), by=day.office, offer="B"),
        )
        for duty in day.duties(EVENING)
        for hour in [TimeSpan(day.span(duty).start, day.span(duty).start + 60 * MINUTE)]
        for taker in day.takers(duty)
    ]
    offered, *agreed = day.first_possible(sorted(stories, key=lambda story: story[1].volunteer in day.told))
    unfit = [each.assignment.volunteer for each in day.stand_ins(offered.assignment).others]
    day.record(offered)
    for id in unfit:
        try:
            day.book.record(desk.Claimed(at=day.at(13, 10), by=id, offer="B", volunteer=id))
        except RefusedError as refused:
            day.tell(day.said("- {} claims it, and is refused:", "- {}认领，未获准：", id))
            day.tell(refused.text(day.language), indent="  > ")
            break
    day.record(*agreed)


def move_up(day: Day) -> None:
    """Two people wait for a place on a full shift; somebody gives theirs up, and the next in line is invited."""
    day.begin(day.at(14), "A full shift has a waiting list", "满员班次候补")
    stories = (
        (
            *(desk.Queued(at=day.at(14), by=id, volunteer=id, shift=duty.shift, role=duty.role) for id in waiting),
            desk.GivenUp(at=day.at(14, 30), by=duty.volunteer, volunteer=duty.volunteer, shift=duty.shift),
        )
        for duty in day.duties(EVENING)
        for waiting in [day.takers(duty)[:2]]
        if len(waiting) == 2
    )
    story = day.first_possible(stories)
    place = {"shift": story[0].shift, "role": story[0].role}
    day.record(*story)
    id = desk.next_in_line(day.book.state, day.book.policy, **place, at=day.at(14, 30))
    day.record(desk.Invited(at=day.at(14, 40), by=day.office, volunteer=id, **place, until=day.at(16)))
    day.record(desk.Confirmed(at=day.at(14, 50), by=id, volunteer=id, **place))


def stand_by(day: Day) -> tuple[desk.Changed, desk.CalledIn]:
    """Somebody stands by for a shift of several people; return how they will be called in when one does not come."""
    day.begin(day.at(16), "Somebody stands by, in case another does not come", "有人愿作后备")
    stories = []
    for duty in day.duties(EVENING):
        missed = day.said("{} did not come", "{}未到", duty.volunteer)
        absence = cv.Absence(volunteer=duty.volunteer, span=day.span(duty), why=missed)
        gone = desk.Changed(at=day.at(18, 45), by=day.office, disruptions=[absence], removed=[duty], why=missed)
        for id in day.takers(duty) if len(day.book.state.roster.of_shift(duty.shift)) > 1 else ():
            who = {"volunteer": id, "shift": duty.shift, "role": duty.role}
            stands_by = desk.StoodBy(at=day.at(16), by=id, **who)
            stories.append((stands_by, gone, desk.CalledIn(at=day.at(18, 46), by=day.office, **who)))
    stands_by, gone, called_in = day.first_possible(stories)
    day.record(stands_by)
    return gone, called_in


def attend(day: Day, gone: desk.Changed, called_in: desk.CalledIn) -> str:
    """People come and go. One does not come, one comes unasked, one forgets to check out; return who was called in."""
    shift, stand_in, [missing] = called_in.shift, called_in.volunteer, [duty.volunteer for duty in gone.removed]
    day.begin(gone.at, "Somebody does not come", "有人未到")
    sheet = cv.attendance_sheet(day.book, shift, policy=day.attendance)
    came = [each for each in sheet.expected if each != missing]
    sheet = sheet.record(
        *(service.CheckedIn(at=day.at(18, 25), by=each, volunteers=[each]) for each in came),
        service.MarkedAbsent(at=gone.at, by=day.leader, volunteer=missing),
    )
    day.record(gone, called_in)
    begun = cv.attendance_sheet(day.book, shift, policy=day.attendance, events=sheet.events)
    walk_in = next(id for id in day.names if id not in {missing, *(duty.volunteer for duty in day.duties())})
    sheet = begun.record(
        service.CheckedIn(at=day.at(18, 58), by=day.leader, volunteers=[stand_in, walk_in]),
        service.Released(at=day.at(20), by=day.leader),
    )
    day.begin(day.at(20), "Everybody on that shift is released early, because of the heat", "因高温提前解散")
    day.tell(*(each.text(day.language) for each in sheet.attendances(day.at(20, 30))))
    day.sheets[shift] = sheet
    others = [each for each in day.shifts() if each.id != shift and day.book.state.roster.of_shift(each.id)]
    for each in others:
        sheet = cv.attendance_sheet(day.book, each.id, policy=day.attendance)
        start, end = each.span.start - 5 * MINUTE, each.span.end + 2 * MINUTE
        sheet = sheet.record(*(service.CheckedIn(at=start, by=id, volunteers=[id]) for id in sheet.expected))
        gone = sheet.expected[:-1] if each is others[-1] else sheet.expected
        day.sheets[each.id] = sheet.record(*(service.CheckedOut(at=end, by=id, volunteers=[id]) for id in gone))
    return stand_in


def settle(day: Day) -> None:
    """Somebody forgot to check out; the leader settles it."""
    at = day.at(8, days=1)
    day.begin(at, "The next morning: what a leader must look at", "次日早晨：待核事项")
    for shift, sheet in day.sheets.items():
        for each in sheet.findings(at):
            day.tell(day.said("- {}, {}: {}", "- {}，{}：{}", each.volunteer, sheet.activity.name, each.kind.label))
            if each.kind is service.FindingKind.NOT_CHECKED_OUT:
                why = day.said("stayed to the end", "一直到结束")
                span = TimeSpan(each.since, sheet.activity.span.end)
                settled = service.Settled(at=at, by=day.leader, volunteer=each.volunteer, spans=[span], why=why)
                day.sheets[shift] = sheet.record(settled)
                [after] = [one for one in day.sheets[shift].attendances(at) if one.volunteer == each.volunteer]
                day.tell(after.text(day.language), indent="  > ")


def write_down(day: Day, stand_in: str) -> None:
    """What was served is recorded by the leader and verified by the office, and a mistake is put right."""
    at, verified, later = day.at(9, days=1), day.at(9, 30, days=1), day.at(10, days=1)
    day.begin(at, "The record: written down, verified, put right", "服务记录：录入、核实、更正")
    for shift, sheet in day.sheets.items():
        for attendance in sheet.attendances(at):
            entry = attendance.entry(f"{shift}/{attendance.volunteer}")
            if entry is not None:
                day.service = day.service.record(service.Recorded(at=at, by=day.leader, entry=entry))
            if attendance.volunteer == stand_in:
                [credit] = cv.credit([entry], day.hours)
                day.tell(attendance.text(day.language), credit.text(day.language))
    ids = list(day.service.state.entries)
    day.service = day.service.record(*(service.Verified(at=verified, by=day.office, entry=id) for id in ids))
    put_right(day, ids[0], later)
    before, after = (cv.totals(day.service, moment, day.hours) for moment in (verified, later))
    day.tell(*(f"- {each.text(day.language)}" for each in (before.hours, *after.quantities)))


def put_right(day: Day, id: str, at: datetime) -> None:
    """An entry is half an hour too long: it is reversed, and what is right is recorded as another."""
    entry, why = day.service.state.entries[id].entry, day.said("went half an hour earlier", "提前半小时离开")
    spans = [TimeSpan(entry.spans[0].start, entry.spans[-1].end - 30 * MINUTE)]
    right = attrs.evolve(entry, id=f"{id}/2", spans=spans, present=spans, provenance=service.Provenance.LEADER)
    day.service = day.service.record(
        service.Reversed(at=at, by=day.leader, entry=id, why=why),
        service.Recorded(at=at, by=day.leader, entry=right),
        service.Verified(at=at, by=day.office, entry=right.id),
    )
    minutes = entry.minutes, right.minutes
    day.tell(day.said("{}: {} min reversed, {} min recorded, {}", "{}：冲销{}分钟，重录{}分钟，{}", id, *minutes, why))


def forecast(day: Day) -> None:
    """Who did not come is thought less likely to come the next time; more are invited, so that enough do."""
    at = day.at(11, days=1)
    day.begin(at, "Whom to expect the next time", "下次预计到场")
    seen = [each for sheet in day.sheets.values() for each in sheet.attendances(at)]
    expected = dict.fromkeys(each.volunteer for each in seen if each.outcome is not cv.Outcome.WALK_IN)
    people = [cv.reliability(id, seen, at) for id in expected]
    day.tell(*(each.text(day.language) for each in people if each.missed))
    likely = sorted(people, key=lambda each: each.no_show_rate)
    day.tell(cv.invitations_needed(likely, needed=10, target=0.95).text(day.language))


def certify(day: Day, volunteer: str) -> None:
    """A certificate is issued, checked by somebody who has the public key alone, and withdrawn after a correction."""
    at, later = day.at(12, days=1), day.at(14, days=1)
    day.begin(at, "A certificate", "志愿服务证明")
    try:
        key = service.SigningKey.new()
    except cv.MissingExtraError as missing:
        key = None
        day.tell(day.said("It is not signed: {}", "未签名：{}", str(missing)))
    person = cv.PersonalDetails(volunteer=volunteer, name=day.names[volunteer], volunteer_number="SH-0042")
    name = Label("Sanhua neighbourhood office", "三华社区居委会")
    issuer = cv.Issuer(name=name, responsible="吴丽华", handler="李志强", contact="office@example.org")
    day.service = day.service.record(service.Registered(at=at, by=day.office, person=person))
    asked = {"serial": "2026-0001", "policy": day.hours, "signing_key": key}
    issued = cv.issue(day.service, volunteer, at=at, by=day.office, issuer=issuer, **asked)
    day.service, certificate = day.service.record(issued), issued.certificate
    day.tell(service.certificate_to_text(certificate, language=day.language))
    if key is not None:
        day.tell(cv.verify(certificate, key.public).text(day.language))
    day.begin(later, "The record is put right, and the certificate withdrawn", "记录更正，证明撤销")
    put_right(day, certificate.lines[0].entry, later)
    day.service = day.service.record(service.CertificateWithdrawn(at=later, by=day.office, serial=certificate.serial))
    day.tell(service.certificate_status(day.service, certificate.serial, later).text(day.language))
    if key is not None:
        published = service.withdrawn_serials(day.service, later)
        day.tell(cv.verify(certificate, key.public, published).text(day.language))


def keep(day: Day, out: Path) -> None:
    """The books are written as JSON, and read again: they are the same."""
    day.begin(day.at(18, days=1), "The books are kept", "存档")
    out.mkdir(parents=True, exist_ok=True)
    for name, book in {"roster-book.json": day.book, "service-book.json": day.service}.items():
        (out / name).write_text(io.to_json(book), encoding="utf-8", newline="")
        again = io.from_json((out / name).read_text(encoding="utf-8"), type(book))
        same = day.said("the same", "一致") if again == book and again.state == book.state else "?!"
        print(day.said("{}: {} events; read again: {}", "{}：{}条事件，读回：{}", out / name, len(book.events), same))


if __name__ == "__main__":
    main()
