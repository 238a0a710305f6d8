"""What is promised to a community over a month: the whole life of a roster, against a model of sets and minutes."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from civicvol import (
    Assignment,
    CoverRequirement,
    Horizon,
    Position,
    RefusedError,
    RosterProblem,
    Shift,
    TimeSpan,
    Volunteer,
    check,
    default_rules,
    solve,
)
from civicvol.desk import (
    Accepted,
    Approved,
    CalledIn,
    Changed,
    Claimed,
    Closed,
    Confirmed,
    Declined,
    DeskPolicy,
    GivenUp,
    Invited,
    Offered,
    Phase,
    Published,
    Queued,
    RosterBook,
    StoodBy,
    Taken,
    Undone,
    Withdrawn,
    attendance_sheet,
    next_in_line,
)
from civicvol.io import from_json, to_json
from civicvol.rostering import Absence, AddedShift, CancelledShift, replan
from civicvol.service import (
    AttendancePolicy,
    AttendanceSheet,
    CertificateIssued,
    CheckedIn,
    CheckedOut,
    HoursPolicy,
    Issuer,
    PersonalDetails,
    PublicKey,
    Recorded,
    Registered,
    Released,
    Reversed,
    ServiceBook,
    Settled,
    SigningKey,
    Verified,
    certificate_status,
    issue,
    totals,
    verify,
    withdrawn_serials,
)

ZONE = ZoneInfo("Europe/Berlin")
NIGHT_OF_THE_CLOCK_CHANGE = date(2026, 3, 28)
DAYS = Horizon(first_day=date(2026, 3, 26), last_day=date(2026, 4, 1), zone=ZONE)
PEOPLE = ("an", "bo", "chen", "dai", "e")
BOSS = "boss"
HOURS = HoursPolicy(zone=ZONE)
ISSUER = Issuer(name="Neighbourhood office", responsible="Ms Wu", handler="Mr Li", contact="office@example.org")
KEY = SigningKey("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")

people = st.sampled_from(PEOPLE)
pick = st.randoms(use_true_random=False)


@lru_cache
def community():
    """Return a week over a clock change, with mornings, and nights of which one is an hour shorter."""
    two = (CoverRequirement(minimum=1, desired=2, maximum=3),)
    shifts = []
    for day in DAYS.days:
        morning = TimeSpan.on(day, time(9), time(12), ZONE)
        shifts.append(Shift(id=f"{day:%d}m", position="gate", span=morning, cover=two))
        if day >= NIGHT_OF_THE_CLOCK_CHANGE:
            night = TimeSpan.on(day, time(22), time(6), ZONE)
            shifts.append(Shift(id=f"{day:%d}n", position="gate", span=night))
    problem = RosterProblem(
        horizon=DAYS,
        volunteers=[Volunteer(id=each) for each in PEOPLE],
        shifts=shifts,
        positions=[Position(id="gate")],
        rules=default_rules(),
    )
    return problem, solve(problem).roster


def later(moment, minutes):
    """Return the moment so many minutes after another, on a real clock."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZONE)


def minutes_of(spans):
    """Return the minutes in some spans, as a set."""
    return {minute for span in spans for minute in range(span.start_minute, span.end_minute)}


class Month(RuleBasedStateMachine):
    """A roster is published, changed, served, recorded and certified.

    No accepted step breaks a hard rule, no minute is lost or counted twice, totals are the sum of the records at every
    moment, a refused step changes nothing, and what was recorded gives the same state when it is played again.
    """

    @initialize(approval=st.booleans(), published=st.sampled_from((True, True, True, False)))
    def begin(self, approval, published):
        problem, draft = community()
        self.policy = DeskPolicy(managers=[BOSS], approval=approval)
        self.book = RosterBook(problem=problem, draft=draft, policy=self.policy)
        self.service = ServiceBook()
        self.events = {}
        self.now = datetime(2026, 3, 25, 12, tzinfo=ZONE)
        self.on = set(draft)
        self.there = {}
        self.kept = {}
        self.written = []
        self.offers = 0
        if published:
            self.publish()

    # Steps.

    def desk(self, event, gone=(), come=()):
        """Record an event on the desk, if it can be; the model then moves the duties that it names."""
        try:
            self.book = self.book.record(event)
        except RefusedError as refused:
            return self.is_explained(refused)
        self.on = (self.on - set(gone)) | set(come)
        return True

    def is_explained(self, refused):
        """Say no to what was refused, which is so in words of both languages."""
        assert refused.reasons
        assert all(reason.en and reason.zh for reason in refused.reasons)
        return False

    def told(self, kind, by=BOSS, **fields):
        return kind(at=self.now, by=by, **fields)

    def write(self, *events):
        """Write into the service book, if it can be."""
        try:
            self.service = self.service.record(*events)
        except RefusedError as refused:
            return self.is_explained(refused)
        return True

    def shifts(self, *, ahead=True):
        """Return the shifts that have not begun, or those that have, the nearest first."""
        shifts = [each for each in self.book.state.problem.shifts if (each.span.start > self.now) == ahead]
        return sorted(shifts, key=lambda each: abs(each.span.start - self.now))

    @rule(hours=st.sampled_from((1, 2, 11)))
    def time_passes(self, hours):
        self.now = later(self.now, 60 * hours)

    @rule()
    def publish(self):
        assert self.desk(self.told(Published)) or self.book.state.phase is not Phase.DRAFT

    @rule()
    def the_last_shift_is_over(self):
        if self.book.state.phase is Phase.PUBLISHED and not self.shifts():
            last = max(shift.span.end for shift in self.book.state.problem.shifts)
            assert self.desk(self.told(Closed)) == (last <= self.now)
            self.now = max(self.now, last)
            assert self.desk(self.told(Closed)) or self.book.state.phase is Phase.CLOSED

    def duty(self, random):
        duties = sorted(self.on)
        return random.choice(duties) if duties else None

    @rule(random=pick, to=people, swap=st.sampled_from((False, False, True)), part=st.booleans())
    def offer(self, random, to, swap, part):
        ahead = sorted(each for shift in self.shifts() for each in self.book.state.roster.of_shift(shift.id))
        if not ahead:
            return
        duty = random.choice(ahead)
        span = self.book.state.problem.shift(duty.shift).span
        first_hour = TimeSpan(span.start, later(span.start, 60))
        self.offers += 1
        self.desk(
            self.told(
                Offered,
                duty.volunteer,
                offer=f"o{self.offers}",
                assignment=duty,
                part=first_hour if part and span.minutes > 60 else None,
                to=random.choice((None, None, None, to)),
                in_return=swap,
            )
        )

    @rule(random=pick, hopeless=st.booleans())
    def claim(self, random, hopeless):
        offers = [each for each in self.book.state.offers if each.live]
        if not offers:
            return
        offer = random.choice(offers)
        duty, takers = offer.assignment, [offer.to] if offer.to else PEOPLE
        able = [each for each in takers if not self.book.state.against([attrs.evolve(duty, volunteer=each)], [duty])]
        who = random.choice(PEOPLE if hopeless else able or PEOPLE)
        own = sorted(each for each in self.on if each.volunteer == who)
        giving = random.choice(own) if own and offer.in_return else None
        self.exchange(self.told(Claimed, who, offer=offer.id, volunteer=who, giving=giving), offer.id)

    @rule(random=pick, part=st.booleans(), back=st.booleans(), again=st.booleans())
    def hand_over(self, random, part, back, again):
        """Somebody takes a duty over, all of it or the first hour, and perhaps it goes back, or to a third."""
        ahead = sorted(each for shift in self.shifts() for each in self.book.state.roster.of_shift(shift.id))
        if not ahead or self.book.state.phase is not Phase.PUBLISHED:
            return
        duty = random.choice(ahead)
        able = [
            who
            for who in PEOPLE
            if who != duty.volunteer and not self.book.state.against([attrs.evolve(duty, volunteer=who)], [duty])
        ]
        if not able:
            return
        self.offers += 1
        number, span = f"o{self.offers}", self.book.state.problem.shift(duty.shift).span
        hour = TimeSpan(span.start, later(span.start, 60)) if part and span.minutes > 60 else None
        steps = (
            self.told(Offered, duty.volunteer, offer=number, assignment=duty, part=hour),
            self.told(Claimed, able[0], offer=number, volunteer=able[0]),
            *([self.told(Approved, offer=number)] if self.policy.approval else []),
            *([self.told(Undone, able[0], offer=number)] if back else []),
        )
        for step in steps:
            self.exchange(step, number)
        if again:
            mine = next(
                (each for each in self.book.state.roster.of_volunteer(able[0]) if duty.shift in each.shift), None
            )
            if mine is not None:
                self.offers += 1
                self.desk(self.told(Offered, able[0], offer=f"o{self.offers}", assignment=mine))

    @rule(random=pick, kind=st.sampled_from((Accepted, Approved, Declined, Withdrawn, Undone, Undone)))
    def settle(self, random, kind):
        if self.book.state.offers:
            wanted = {Accepted: "claimed", Approved: "agreed", Undone: "settled"}.get(kind)
            offers = [each for each in self.book.state.offers if wanted in (None, each.status)]
            offer = random.choice(offers or self.book.state.offers)
            self.exchange(self.told(kind, offer=offer.id), offer.id)

    def exchange(self, event, number):
        """Record a step of an exchange: the time that somebody serves may change hands, and nothing else happens."""
        before = self.book.state
        if not self.desk(event):
            return
        after = self.book.state
        offer = next(each for each in after.offers if each.id == number)
        if isinstance(event, Offered):
            return
        served = [served_minutes(state) for state in (before, after)]
        assert sum(map(len, served[0].values())) == sum(map(len, served[1].values()))
        parties = {offer.assignment.volunteer, offer.claimant} if offer.claimant else set()
        assert {who for who in PEOPLE if served[0][who] != served[1][who]} <= parties
        self.on = set(after.roster)

    @rule(random=pick, who=people)
    def sign_up(self, random, who):
        """Take a place on some shift: mostly on one that has one."""
        places = [Assignment(volunteer=who, shift=each.id) for each in self.shifts()]
        able = [each for each in places if each not in self.on and not self.book.state.against([each])]
        if places:
            new = random.choice(able or places)
            self.desk(self.told(Taken, who, volunteer=who, shift=new.shift), come=[new])

    @rule(random=pick)
    def give_up(self, random):
        wanted = {each.shift for each in self.book.state.waiting}
        duty = random.choice([each for each in sorted(self.on) if each.shift in wanted] or [self.duty(random)])
        if duty is not None:
            self.desk(self.told(GivenUp, duty.volunteer, volunteer=duty.volunteer, shift=duty.shift), gone=[duty])

    @rule(random=pick, who=people)
    def wait(self, random, who):
        full = [
            each for each in self.shifts() if len(self.book.state.roster.of_shift(each.id)) >= each.cover[0].maximum
        ]
        able = [each for each in full if not self.book.state.unfit(Assignment(volunteer=who, shift=each.id))]
        if full:
            self.desk(self.told(Queued, volunteer=who, shift=random.choice(able or full).id))

    @rule(confirmed=st.booleans())
    def somebody_moves_up(self, confirmed):
        for waiting in self.book.state.waiting:
            place = {"shift": waiting.shift, "role": waiting.role}
            first = next_in_line(self.book.state, self.policy, waiting.shift, waiting.role, self.now)
            taken = Assignment(volunteer=waiting.volunteer, **place)
            invited = waiting.invited(self.now)
            assert self.desk(self.told(Confirmed, volunteer=waiting.volunteer, **place), come=[taken]) <= invited
            if first is not None:
                assert self.desk(self.told(Invited, volunteer=first, until=later(self.now, 480), **place))
                if confirmed:
                    assert self.desk(
                        self.told(Confirmed, volunteer=first, **place), come=[Assignment(volunteer=first, **place)]
                    )
                return

    @rule(random=pick, who=people)
    def stand_by(self, random, who):
        if self.shifts():
            self.desk(self.told(StoodBy, volunteer=who, shift=random.choice(self.shifts()[:4]).id))

    @rule()
    def somebody_is_called_in(self):
        for waiting in self.book.state.stand_bys:
            place = Assignment(volunteer=waiting.volunteer, shift=waiting.shift, role=waiting.role)
            self.desk(self.told(CalledIn, volunteer=place.volunteer, shift=place.shift), come=[place])

    @precondition(lambda self: self.book.state.phase is Phase.PUBLISHED)
    @rule(random=pick, kind=st.sampled_from(("ill", "ill", "cancelled", "more")))
    def something_happens(self, random, kind):
        ahead = self.shifts()[:8]
        if not ahead:
            return
        shift = random.choice(ahead)
        if kind == "ill":
            on = [each.volunteer for each in self.book.state.roster.of_shift(shift.id)] or list(PEOPLE)
            happened = Absence(volunteer=random.choice(on), span=shift.span, why="fever")
        elif kind == "cancelled":
            happened = CancelledShift(shift=shift.id)
        else:
            happened = AddedShift(shift=attrs.evolve(shift, id=f"{shift.id}+{len(self.book.events)}"))
        self.replan(happened, why=kind)

    def replan(self, happened, why):
        """Have the roster replanned; whoever has another duty than before is told, and nobody else."""
        state = self.book.state
        plan = replan(state.problem, state.roster, [happened], now=self.now)
        assert plan.proven
        event = self.told(Changed, disruptions=plan.disruptions, added=plan.added, removed=plan.removed, why=why)
        assert self.desk(event, gone=plan.removed, come=plan.added)
        told = {notice.volunteer for notice in plan.notices}
        assert told == {each.volunteer for each in (*plan.added, *plan.removed)}

    # What really happens.

    def sheet(self, shift):
        policy = AttendancePolicy(leaders=[BOSS], grace=0)
        return attendance_sheet(self.book, shift, policy=policy, events=self.events.get(shift, ()))

    @precondition(lambda self: self.book.state.phase is Phase.PUBLISHED)
    @rule(random=pick, replaced=st.booleans(), released=st.booleans())
    def a_shift_takes_place(self, random, replaced, released):
        """People come early, in time, late or not at all, and go early, late or without a word."""
        if not self.shifts():
            return
        shift = self.shifts()[0]
        moments = {}
        for who in self.sheet(shift.id).expected:
            came = random.choice((-20, 0, 0, 7, 45, None))
            gone = random.choice((None, 60, 170, shift.minutes, shift.minutes + 30))
            for kind, minute in ((CheckedIn, came), (CheckedOut, gone)):
                if came is not None and minute is not None:
                    moments.setdefault(minute, []).append((kind, who))
        if random.random() < 0.2:
            moments.setdefault(10, []).append((CheckedIn, random.choice(PEOPLE)))
        for minute, arrivals in sorted(moments.items()):
            self.now = max(self.now, later(shift.span.start, minute))
            for kind, who in arrivals:
                self.enter(shift.id, self.told(kind, volunteers=[who]))
            if replaced and minute > 0:
                self.replace_no_shows(shift)
        if released:
            self.now = max(self.now, later(shift.span.start, 90))
            self.enter(shift.id, self.told(Released))
        self.now = max(self.now, later(shift.span.end, random.choice((0, 31, 400))))

    def replace_no_shows(self, shift):
        there = {
            each for event in self.events.get(shift.id, ()) if isinstance(event, CheckedIn) for each in event.volunteers
        }
        missing = [each for each in self.book.state.roster.of_shift(shift.id) if each.volunteer not in there]
        if missing and self.now < shift.span.end:
            self.replan(Absence(volunteer=missing[0].volunteer, span=shift.span), why="not there")
            assert missing[0].volunteer in self.sheet(shift.id).expected

    @precondition(lambda self: bool(self.events))
    @rule(random=pick, step=st.sampled_from((Released, Settled)))
    def leader(self, random, step):
        known = [shift for shift in sorted(self.events) if shift in self.book.state.problem.shift_by_id]
        if not known:
            return
        shift = random.choice(known)
        if step is Released:
            self.enter(shift, self.told(Released))
            return
        planned = self.sheet(shift).activity.span
        who = random.choice(PEOPLE)
        self.enter(shift, self.told(Settled, volunteer=who, spans=[planned], why="forgot to check out"))

    def enter(self, shift, event):
        try:
            self.events[shift] = self.sheet(shift).record(event).events
        except RefusedError as refused:
            self.is_explained(refused)

    # What is kept of it.

    @precondition(lambda self: bool(self.events))
    @rule(random=pick)
    def keep(self, random):
        known = [shift for shift in sorted(self.events) if shift in self.book.state.problem.shift_by_id]
        if not known:
            return
        shift = random.choice(known)
        for attendance in self.sheet(shift).attendances(self.now):
            id = f"{shift}/{attendance.volunteer}/{len(self.kept)}"
            entry = attendance.entry(id)
            served = minutes_of(attendance.counted)
            assert len(served) == attendance.counted_minutes
            if entry is not None and self.write(self.told(Recorded, entry=entry)):
                assert entry.minutes == len(served)
                assert entry.raw_minutes == len(minutes_of(attendance.spans))
                self.kept[id] = {"who": attendance.volunteer, "minutes": served, "at": self.now}
                if random.random() < 0.7:
                    assert self.write(self.told(Verified, entry=id))
                    self.kept[id]["verified"] = self.now

    @precondition(lambda self: bool(self.kept))
    @rule(random=pick, step=st.sampled_from(("verified", "verified", "reversed")))
    def judge(self, random, step):
        id = random.choice(sorted(self.kept))
        kept = self.kept[id]
        kind = Verified if step == "verified" else Reversed
        possible = "reversed" not in kept and step not in kept
        assert self.write(self.told(kind, entry=id, why="checked")) == possible
        if possible:
            kept[step] = self.now

    @precondition(lambda self: bool(self.kept))
    @rule(who=people)
    def certify(self, who):
        self.write(self.told(Registered, person=PersonalDetails(volunteer=who, name=who.title())))
        serial = f"C{len(self.written)}"
        try:
            event = issue(
                self.service, who, issuer=ISSUER, serial=serial, at=self.now, by=BOSS, policy=HOURS, signing_key=KEY
            )
        except RefusedError:
            assert not self.model(self.now, who)
            return
        assert isinstance(event, CertificateIssued)
        assert self.write(event)
        assert event.certificate.minutes == len(self.model(self.now, who))
        self.written.append(event.certificate)

    @rule()
    def save_and_load(self):
        loaded = from_json(to_json(self.book, compact=True), RosterBook)
        assert (loaded, loaded.state) == (self.book, self.book.state)
        self.book = loaded
        written = from_json(to_json(self.service, compact=True), ServiceBook)
        assert (written, written.state) == (self.service, self.service.state)
        self.service = written
        for shift in self.events:
            if shift in self.book.state.problem.shift_by_id:
                sheet = self.sheet(shift)
                assert from_json(to_json(sheet), AttendanceSheet).state == sheet.state

    # What always holds.

    def model(self, as_of, who=None):
        """Return the minutes, each with whose it is, that are verified at a moment: a set, so none is in it twice."""
        return {
            (kept["who"], minute)
            for kept in self.kept.values()
            if who in (None, kept["who"])
            and kept.get("verified", as_of + timedelta(1)) <= as_of
            and not kept.get("reversed", as_of + timedelta(1)) <= as_of
            for minute in kept["minutes"]
        }

    @invariant()
    def the_roster_keeps_all_hard_rules(self):
        state = self.book.state
        assert set(state.roster) == self.on
        assert check(state.problem, state.roster).feasible

    @invariant()
    def totals_are_the_sum_of_the_records_at_every_moment(self):
        moments = {self.now, *(event.at for event in self.service.events[-3:])}
        for as_of in moments:
            assert totals(self.service, as_of, HOURS).hours.amount == len(self.model(as_of))

    @invariant()
    def certificates_hold_until_their_record_is_corrected(self):
        gone = withdrawn_serials(self.service, self.now)
        for certificate in self.written:
            corrected = any("reversed" in self.kept[line.entry] for line in certificate.lines)
            assert certificate_status(self.service, certificate.serial, self.now).valid != corrected
            assert (certificate.serial in gone.serials) == corrected

    def teardown(self):
        if not hasattr(self, "book"):
            return
        again = RosterBook(
            problem=self.book.problem, draft=self.book.draft, policy=self.book.policy, events=self.book.events
        )
        assert again.states == self.book.states
        for certificate in self.written[:1]:
            assert verify(certificate, KEY.public, withdrawn=None).valid
            assert isinstance(KEY.public, PublicKey)


def served_minutes(state):
    """Return the minutes that each person is on duty."""
    return {
        who: minutes_of(state.problem.shift(each.shift).span for each in state.roster.of_volunteer(who))
        for who in PEOPLE
    }


TestALifeOfARoster = Month.TestCase
TestALifeOfARoster.settings = settings(
    stateful_step_count=40, max_examples=max(settings().max_examples // 2, 10), deadline=None
)
