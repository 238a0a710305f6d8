"""Entries and books to look at, and strategies for others."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from civicvol.calendar import TimeSpan
from civicvol.service.activity import Activity
from civicvol.service.book import ServiceBook
from civicvol.service.entry import ServiceEntry
from civicvol.service.entry_events import Recorded, Reversed, Verified
from civicvol.service.fact import Appraisal, Commendation, Complaint, Training
from civicvol.service.fact_events import Appraised, Commended, Complained, Trained
from civicvol.service.hours import Acceptance, HoursPolicy
from civicvol.service.person import FurtherDetail, PersonalDetails
from civicvol.service.person_events import Consented, Registered
from civicvol.service.provenance import Provenance
from civicvol.service.purpose import Purpose

ZONE = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, tzinfo=ZONE)
LATER = MONDAY + timedelta(days=30)


def moment(hour, minute=0, *, day=0, zone=ZONE):
    return (MONDAY + timedelta(days=day, hours=hour, minutes=minute)).replace(tzinfo=zone)


def span(start, minutes, *, day=0):
    """Return a span that begins so many hours into a day, counted from a Monday."""
    begin = MONDAY + timedelta(days=day, minutes=round(start * 60))
    return TimeSpan(begin, begin + timedelta(minutes=minutes))


def activity(id="a1", start=8, minutes=120, *, day=0, **more):
    return Activity(id=id, span=span(start, minutes, day=day), **more)


def entry(id="e1", volunteer="v1", start=8, minutes=120, *, day=0, at="a1", planned=None, **more):
    """Return time at an activity that was planned for just then, or for other minutes."""
    where = at if isinstance(at, Activity) else activity(at, start, planned or minutes, day=day)
    return ServiceEntry(id=id, volunteer=volunteer, activity=where, spans=[span(start, minutes, day=day)], **more)


def recorded(each, *, at=LATER, by="office"):
    return Recorded(at=at, by=by, entry=each)


def verified(id, *, at=LATER, by="chair"):
    return Verified(at=at, by=by, entry=id)


def reversed_(id, *, at=LATER, by="chair", why="wrong day"):
    return Reversed(at=at, by=by, entry=id, why=why)


def book_of(*entries, **more):
    """Return a book in which entries are recorded and verified."""
    events = [event for each in entries for event in (recorded(each), verified(each.id))]
    return ServiceBook(events=events, **more)


POLICY = HoursPolicy(zone=ZONE)
LI_NA = PersonalDetails(
    volunteer="v1",
    name="Li Na",
    sex="female",
    birth_date=datetime(1990, 3, 7).date(),
    id_type="identity card",
    id_number="110101199003078515",
    volunteer_number="N-77",
    skills=["first aid", "sampling"],
    contact="138 0000 0000",
    further=[FurtherDetail(id="employer", value="Mill 3"), FurtherDetail(id="blood", value="0")],
)


def a_full_book():
    """Return a book with everything that a record of Li Na, v1, can have."""
    day = MONDAY.date()
    where = activity(
        name="gate duty",
        place="east gate",
        recipient="residents",
        content="took temperatures",
        category="gate",
        unit="g1",
    )
    return book_of(entry(at=where, leader="Wang Qiang")).record(
        Registered(at=LATER, by="office", person=LI_NA),
        Consented(at=LATER, by="v1", volunteer="v1", fields=["employer"]),
        Trained(at=LATER, by="office", training=_fact(Training, "t1", text="CPR", minutes=90, provider="Red Cross")),
        Commended(at=LATER, by="office", commendation=_fact(Commendation, "h1", text="star of May", giver="street")),
        Appraised(
            at=LATER, by="office", appraisal=_fact(Appraisal, "q1", text="very good", entry="e1", appraiser="Bo")
        ),
        Appraised(at=LATER, by="office", appraisal=_fact(Appraisal, "q2", text="reliable")),
        Complained(
            at=LATER, by="office", complaint=_fact(Complaint, "c1", text="came late", day=day, outcome="talked")
        ),
    )


def _fact(kind, id, **fields):
    return kind(**{"id": id, "volunteer": "v1", "day": MONDAY.date(), **fields})


policies = st.builds(
    lambda unit, rounding, caps, **more: HoursPolicy(
        zone="Europe/Berlin",
        unit=unit,
        rounding=rounding,
        most_per_activity=caps[0] if caps[0] is None else caps[0] * 60,
        most_per_day=caps[1] if caps[1] is None else caps[1] * 60,
        **more,
    ),
    unit=st.sampled_from((1, 15, 30, 60)),
    rounding=st.sampled_from(("down", "nearest", "up")),
    caps=st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(0, 8)),
    least_minutes=st.sampled_from((0, 30)),
    least_percent=st.sampled_from((0, 60)),
    most_travel=st.sampled_from((0, 20)),
    acceptances=st.sampled_from(
        ((), (Acceptance(purpose=Purpose.POINTS, provenances=[Provenance.CLOCKED, Provenance.LEADER]),))
    ),
)

_CLOCK_CHANGE = datetime(2026, 3, 28, 18, tzinfo=BERLIN)


@st.composite
def entries(draw, most=8, people=("v1", "v2", "v3")):
    """Draw entries of a few people at a few activities around a clock change, many of them at the same time."""
    found = []
    for number in range(draw(st.integers(0, most))):
        start = _CLOCK_CHANGE + timedelta(minutes=draw(st.integers(0, 60)) * 15)
        planned = TimeSpan(start, start + timedelta(minutes=120))
        spans = [planned.extended(after=draw(st.integers(0, 60)))]
        if draw(st.booleans()):
            spans.append(TimeSpan(planned.end + timedelta(hours=2), planned.end + timedelta(hours=3, minutes=7)))
        where = Activity(
            id=f"a{draw(st.integers(0, 3))}",
            span=planned,
            category=draw(st.sampled_from((None, "gate", "visits"))),
            unit=draw(st.sampled_from((None, "g1", "g2"))),
            recipients=draw(st.integers(0, 3)),
            credited=draw(st.sampled_from((True, True, True, False))),
        )
        found.append(
            ServiceEntry(
                id=f"e{number}",
                volunteer=draw(st.sampled_from(people)),
                activity=where,
                spans=spans,
                **draw(st.sampled_from(({}, {}, {"present": [planned]}, {"present": ()}))),
                provenance=draw(st.sampled_from(Provenance)),
                travel_minutes=draw(st.sampled_from((0, 15))),
            )
        )
    return found


@st.composite
def books(draw, most=8, people=("v1", "v2", "v3")):
    """Draw books in which some entries are verified, and some reversed, one event a minute."""
    events = []
    clock = iter(range(10_000))
    begin = _CLOCK_CHANGE + timedelta(days=3)

    def now():
        return begin + timedelta(minutes=next(clock))

    for each in draw(entries(most, people)):
        events.append(recorded(each, at=now(), by=draw(st.sampled_from((*people, "office")))))
        if draw(st.booleans()):
            events.append(verified(each.id, at=now(), by=draw(st.sampled_from((*people, "office")))))
        if draw(st.sampled_from((False, False, True))):
            events.append(reversed_(each.id, at=now()))
    return ServiceBook(events=events)


def moments_of(book):
    """Return the moments at which something happened, and one before and one after all of them."""
    moments = [event.at for event in book.events] or [LATER]
    return [moments[0] - timedelta(minutes=1), *moments, moments[-1] + timedelta(days=1)]
