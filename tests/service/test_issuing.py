from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar.timespan import TimeSpan
from civicvol.errors import InputError, RefusedError
from civicvol.io import from_json, to_json
from civicvol.labels import Label
from civicvol.service.activity import Activity
from civicvol.service.book import ServiceBook
from civicvol.service.certificate import IdDocument
from civicvol.service.certificate_events import CertificateIssued, CertificateWithdrawn
from civicvol.service.certificate_status import CertificateStatus, certificate_status, withdrawn_serials
from civicvol.service.entry import ServiceEntry
from civicvol.service.entry_events import Recorded, Reversed, Verified
from civicvol.service.hours import Acceptance, HoursPolicy
from civicvol.service.issuing import issue
from civicvol.service.mask import Mask, written
from civicvol.service.person import PersonalDetails
from civicvol.service.person_events import Registered
from civicvol.service.purpose import Purpose
from civicvol.service.verification import sign, verify
from tests.service.certificates import GATE, ISSUER, KEY, OTHER_KEY, VISIT, ZONE, line

APRIL = datetime(2026, 4, 5, 10, tzinfo=ZONE)
LATER = APRIL + timedelta(days=10)
POLICY = HoursPolicy(zone=ZONE)
PERSON = PersonalDetails(
    volunteer="v17", name="张伟", id_type="居民身份证", id_number="110101199003078515", volunteer_number="330203"
)


def entry(id="e1", day=1, start=9, minutes=90, *, volunteer="v17", activity=GATE, **more):
    begin = datetime(2026, 3, day, start, tzinfo=ZONE)
    span = TimeSpan(begin, begin + timedelta(minutes=minutes))
    return ServiceEntry(
        id=id,
        volunteer=volunteer,
        activity=Activity(id=f"{activity}-{day}-{start}", name=activity, span=span),
        spans=[span],
        **more,
    )


def kept(*entries, verified=True):
    at = APRIL - timedelta(days=1)
    events = []
    for each in entries:
        events.append(Recorded(at=at, by="leader", entry=each))
        events += [Verified(at=at, by="chief", entry=each.id)] if verified else []
    return events


def a_book(*entries, verified=True):
    return ServiceBook().record(
        Registered(at=APRIL - timedelta(days=60), by="desk", person=PERSON), *kept(*entries, verified=verified)
    )


def issued(book, **more):
    fields = {"issuer": ISSUER, "serial": "S1", "at": APRIL, "by": "desk", "policy": POLICY}
    return issue(book, "v17", **{**fields, **more})


def refused(call):
    with pytest.raises(RefusedError) as caught:
        call()
    assert all(reason.zh for reason in caught.value.reasons)
    return [str(reason) for reason in caught.value.reasons]


MARCH = a_book(entry("e1", 1), entry("e2", 14, minutes=60, activity=VISIT), entry("e3", 31, minutes=120))


class TestIssue:
    def test_certifies_what_the_book_knows(self):
        event = issued(MARCH, signing_key=KEY, remarks="For a study place.")
        certificate = event.certificate
        assert certificate.lines == (
            line("e1", GATE, date(2026, 3, 1), 90),
            line("e2", VISIT, date(2026, 3, 14), 60),
            line("e3", GATE, date(2026, 3, 31), 120),
        )
        assert (certificate.first_day, certificate.last_day) == (date(2026, 3, 1), date(2026, 3, 31))
        assert certificate.holder.name == "张伟"
        assert certificate.holder.number == "330203"
        assert certificate.definition.zh == "以分钟计；路途时间不计"
        assert certificate.issued == event.at == APRIL
        assert verify(certificate, KEY.public).valid
        assert MARCH.record(event).state.certificates["S1"].certificate == certificate

    def test_shows_the_last_four_of_a_number(self):
        certificate = issued(MARCH).certificate
        assert certificate.holder.document == IdDocument(kind="居民身份证", number="**************8515")
        assert "110101199003078515" not in to_json(certificate)

    def test_shows_all_of_it_where_it_is_asked_to(self):
        document = issued(MARCH, whole_id=True).certificate.holder.document
        assert document == IdDocument(kind="居民身份证", number="110101199003078515")

    def test_takes_what_there_is(self):
        at = APRIL - timedelta(days=1)
        book = MARCH.record(
            Registered(at=at, by="desk", person=PersonalDetails(volunteer="v17", id_number="E12345678"))
        )
        holder = issued(book).certificate.holder
        assert (holder.name, holder.number) == ("v17", "v17")
        assert holder.document == IdDocument(kind=Label("identity document", "身份证件"), number="*****5678")
        book = MARCH.record(Registered(at=at, by="desk", person=PersonalDetails(volunteer="v17")))
        assert issued(book).certificate.holder.document is None

    def test_covers_the_period_asked_for(self):
        certificate = issued(MARCH, first_day=date(2026, 3, 2), last_day=date(2026, 3, 31)).certificate
        assert [each.entry for each in certificate.lines] == ["e2", "e3"]
        assert (certificate.first_day, certificate.last_day) == (date(2026, 3, 2), date(2026, 3, 31))
        certificate = issued(MARCH, last_day=date(2026, 3, 30)).certificate
        assert [each.entry for each in certificate.lines] == ["e1", "e2"]

    def test_a_period_does_not_begin_after_its_end(self):
        one = date(2026, 3, 14)
        assert issued(MARCH, first_day=one, last_day=one).certificate.minutes == 60
        with pytest.raises(InputError, match="last_day must not be before the first day, 2026-03-15"):
            issued(MARCH, first_day=date(2026, 3, 15), last_day=one)
        with pytest.raises(InputError, match="after the day of issue"):
            issued(MARCH, last_day=date(2026, 4, 6))

    def test_only_verified_time_counts(self):
        book = MARCH.record(*kept(entry("e4", 20), verified=False))
        assert issued(book).certificate.minutes == 270

    def test_reversed_time_does_not_count(self):
        book = MARCH.record(Reversed(at=APRIL, by="chief", entry="e1"))
        assert issued(book).certificate.minutes == 180

    def test_only_their_own_time_counts(self):
        book = MARCH.record(*kept(entry("e4", 20, volunteer="v18")))
        assert issued(book).certificate.minutes == 270

    def test_a_minute_counts_once(self):
        book = MARCH.record(*kept(entry("e4", 1, minutes=90, activity=VISIT)))
        certificate = issued(book).certificate
        assert certificate.minutes == 270
        assert "e4" not in [each.entry for each in certificate.lines]

    def test_the_policy_says_what_counts_for_certificates(self):
        policy = attrs.evolve(POLICY, acceptances=[Acceptance(purpose=Purpose.CERTIFICATES, provenances=["clocked"])])
        book = MARCH.record(*kept(entry("e4", 20, provenance="self-reported")))
        certificate = issued(book, policy=policy).certificate
        assert certificate.minutes == 270
        assert "for certificates only time that is clocked" in certificate.definition.en

    def test_is_dated_by_the_clocks_of_the_community(self):
        night = a_book(entry("e1", 31, start=1))
        at = datetime(2026, 4, 4, 20, tzinfo=ZoneInfo("UTC"))
        certificate = issued(night, at=at).certificate
        assert certificate.issued.isoformat() == "2026-04-05T04:00:00+08:00"

    @pytest.mark.parametrize("fold", [0, 1])
    def test_may_be_issued_in_an_hour_that_comes_twice(self, fold):
        at = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
        assert issued(MARCH, at=at).certificate.issued.hour == 8 + fold

    def test_needs_a_person_with_hours(self):
        assert refused(lambda: issued(ServiceBook())) == ["v17 is not registered, so there is no name to certify"]
        nothing = ["张伟 has no verified hours to certify"]
        assert refused(lambda: issued(a_book())) == nothing
        assert refused(lambda: issued(a_book(entry(), verified=False))) == nothing
        assert refused(lambda: issued(MARCH, first_day=date(2026, 3, 2), last_day=date(2026, 3, 3))) == nothing
        assert refused(lambda: issued(a_book(entry(minutes=59)), policy=attrs.evolve(POLICY, unit=60))) == nothing

    def test_is_not_written_back_in_time(self):
        assert refused(lambda: issued(MARCH, at=APRIL - timedelta(days=2))) == [
            "the last event was later, at 2026-04-04 10:00+08:00"
        ]

    def test_uses_a_serial_number_once(self):
        book = MARCH.record(issued(MARCH))
        assert refused(lambda: issued(book)) == ["serial number S1 was used already"]
        assert issued(book, serial="S2").certificate.minutes == 270

    def test_arguments_are_looked_at(self):
        with pytest.raises(InputError) as caught:
            issue(
                None,
                "",
                issuer=None,
                serial="",
                at=None,
                by="",
                policy=None,
                signing_key=KEY.public,
                first_day=1,
                last_day=1,
                whole_id=1,
                remarks=None,
            )
        assert len(caught.value.faults) == 12


class TestIssued:
    def test_refuses_what_the_book_does_not_confirm(self):
        event = issued(MARCH)
        others = a_book(entry("e1", 1, volunteer="v18"), entry("e2", 14))
        book = others.record(*kept(entry("e3", 31), verified=False), Reversed(at=APRIL, by="chief", entry="e2"))
        assert refused(lambda: book.record(event)) == [
            "there is no entry e1 of v17",
            "entry e2 is reversed",
            "entry e3 is not verified",
        ]
        assert refused(lambda: a_book().record(event))[0] == "there is no entry e1 of v17"

    def test_refuses_what_was_altered(self):
        event = issued(MARCH, signing_key=KEY)
        altered = attrs.evolve(event, certificate=attrs.evolve(event.certificate, remarks="x"))
        assert refused(lambda: MARCH.record(altered)) == ["its code belongs to other particulars"]
        again = attrs.evolve(event, certificate=sign(altered.certificate, OTHER_KEY))
        assert MARCH.record(again).state.certificates

    def test_refuses_more_than_was_served(self):
        event = issued(a_book(entry(minutes=61, travel_minutes=59)), policy=attrs.evolve(POLICY, most_travel=60))
        book = a_book(entry(minutes=61, travel_minutes=58))
        assert event.certificate.minutes == 120
        assert book.record(event)
        for change in ({"minutes": 121}, {"activity": VISIT}):
            more = attrs.evolve(event.certificate, lines=[attrs.evolve(event.certificate.lines[0], **change)])
            assert refused(lambda more=more: book.record(attrs.evolve(event, certificate=more))) == [
                "what the certificate says of entry e1 is not what the book says"
            ]

    def test_confirms_whatever_a_policy_rounds_up(self):
        policy = HoursPolicy(zone=ZONE, unit=60, rounding="up", most_travel=60)
        assert issued(a_book(entry(minutes=61, travel_minutes=60)), policy=policy).certificate.minutes == 180

    @pytest.mark.parametrize(("there", "most"), [(150, 180), (30, 120)])
    def test_confirms_the_longer_of_presence_and_what_counts(self, there, most):
        long = entry(minutes=90)
        book = a_book(
            attrs.evolve(long, present=[TimeSpan(long.spans[0].start, long.spans[0].start + timedelta(minutes=there))])
        )
        event = issued(book)
        for minutes in (most, most + 1):
            more = attrs.evolve(event.certificate, lines=[attrs.evolve(event.certificate.lines[0], minutes=minutes)])
            changed = attrs.evolve(event, certificate=more)
            if minutes == most:
                assert book.record(changed)
            else:
                assert refused(lambda changed=changed: book.record(changed))

    def test_refuses_another_date(self):
        event = attrs.evolve(issued(MARCH), at=LATER)
        assert refused(lambda: MARCH.record(event)) == ["it says it was issued at another moment than this"]

    def test_travels(self):
        event = issued(MARCH, signing_key=KEY)
        assert from_json(to_json(event), CertificateIssued) == event

    def test_takes_a_certificate(self):
        with pytest.raises(InputError, match=r"CertificateIssued\.certificate must be a Certificate"):
            CertificateIssued(at=APRIL, by="desk", certificate=None)


def withdrawn(serial="S1", at=LATER, why=""):
    return CertificateWithdrawn(at=at, by="chief", serial=serial, why=why)


ISSUED = MARCH.record(issued(MARCH))


class TestWithdrawn:
    def test_needs_a_certificate_that_is_not(self):
        assert refused(lambda: MARCH.record(withdrawn())) == ["there is no certificate S1"]
        assert refused(lambda: ISSUED.record(withdrawn(), withdrawn())) == ["certificate S1 is withdrawn already"]

    def test_takes_a_reason_however_long(self):
        gone = ISSUED.record(withdrawn(why="x" * 10_000))
        assert certificate_status(gone, "S1", LATER).text().startswith("Certificate S1 is withdrawn")

    def test_does_not_free_the_serial_number(self):
        book = ISSUED.record(withdrawn())
        assert refused(lambda: issued(book, at=LATER)) == ["serial number S1 was used already"]

    def test_travels(self):
        assert from_json(to_json(withdrawn()), CertificateWithdrawn) == withdrawn()


class TestStatus:
    def test_it_holds_at_first(self):
        status = certificate_status(ISSUED, "S1", APRIL)
        assert status == CertificateStatus(serial="S1", as_of=APRIL)
        assert status.valid
        assert status.text() == "Certificate S1 holds, as of 5 April 2026 10:00 (Asia/Shanghai)."
        assert status.text("zh") == "截至2026年4月5日 10:00（Asia/Shanghai），证明S1有效。"
        assert withdrawn_serials(ISSUED, APRIL).serials == set()

    def test_until_somebody_withdraws_it(self):
        book = ISSUED.record(withdrawn(why="wrong name"))
        status = certificate_status(book, "S1", LATER)
        assert not status.valid
        assert status.text() == (
            "Certificate S1 is withdrawn, as of 15 April 2026 10:00 (Asia/Shanghai): withdrawn on 15 April 2026 10:00 "
            "(Asia/Shanghai) (wrong name)."
        )
        assert certificate_status(book, "S1", LATER - timedelta(minutes=1)).valid
        assert [each.en for each in certificate_status(ISSUED.record(withdrawn()), "S1", LATER).reasons] == [
            "withdrawn on 15 April 2026 10:00 (Asia/Shanghai)"
        ]

    def test_or_an_entry_in_it_is_reversed(self):
        book = ISSUED.record(Reversed(at=LATER, by="chief", entry="e2"))
        status = certificate_status(book, "S1", LATER)
        assert status.text("zh") == (
            "截至2026年4月15日 10:00（Asia/Shanghai），证明S1已失效："
            "记录e2已于2026年4月15日 10:00（Asia/Shanghai）冲销。"
        )
        assert certificate_status(book, "S1", APRIL).valid
        assert withdrawn_serials(book, LATER).serials == {"S1"}
        assert withdrawn_serials(book, APRIL).serials == set()

    def test_or_both(self):
        book = ISSUED.record(Reversed(at=LATER, by="chief", entry="e2"), withdrawn())
        status = certificate_status(book, "S1", LATER)
        assert len(status.reasons) == 2
        assert "；" in status.text("zh")
        assert from_json(to_json(status), CertificateStatus) == status

    def test_an_entry_that_is_not_in_it_does_not_matter(self):
        book = ISSUED.record(*(attrs.evolve(each, at=LATER) for each in kept(entry("e4", 20))))
        assert certificate_status(book.record(Reversed(at=LATER, by="chief", entry="e4")), "S1", LATER).valid

    def test_knows_the_certificates_of_the_book(self):
        for serial, as_of in (("S2", LATER), ("S1", APRIL - timedelta(minutes=1))):
            with pytest.raises(InputError, match="serial must be that of a certificate in the book"):
                certificate_status(ISSUED, serial, as_of)

    def test_arguments_are_looked_at(self):
        with pytest.raises(InputError) as caught:
            certificate_status(None, "S1", None)
        assert [fault.field for fault in caught.value.faults] == ["book", "as_of"]
        with pytest.raises(InputError, match="serial must be a text"):
            certificate_status(ISSUED, 7, APRIL)
        with pytest.raises(InputError, match="as_of"):
            withdrawn_serials(ISSUED, date(2026, 4, 5))

    def test_a_third_party_sees_it_offline(self):
        event = issued(MARCH, signing_key=KEY)
        book = MARCH.record(event, Reversed(at=LATER, by="chief", entry="e1"))
        assert verify(event.certificate, KEY.public, withdrawn_serials(book, APRIL)).valid
        assert not verify(event.certificate, KEY.public, withdrawn_serials(book, LATER)).valid


class TestMasked:
    def test_the_book_can_be_played_again(self):
        event = issued(MARCH, signing_key=KEY)
        book = MARCH.record(event, withdrawn(why="张伟 asked"))
        mask = Mask(
            volunteer="v17",
            alias="p1",
            items={each: f"p1-{each}" for each in ("e1", "e2", "e3")},
            written=written(PERSON.particulars),
        )
        masked = ServiceBook(events=[each.masked(mask) for each in book.events])
        assert masked.state.certificates["S1"].certificate.minutes == 270
        assert withdrawn_serials(masked, LATER) == withdrawn_serials(book, LATER)
        assert all("张伟" not in to_json(each) for each in masked.events)


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(0, 20), st.integers(1, 180), st.booleans()), max_size=6),
    st.data(),
)
def test_a_certificate_holds_as_long_as_its_entries_do(drawn, data):
    entries = [entry(f"e{n}", day, hour, minutes) for n, (day, hour, minutes, _) in enumerate(drawn)]
    confirmed = [Verified(at=APRIL, by="chief", entry=f"e{n}") for n, each in enumerate(drawn) if each[3]]
    book = a_book(*entries, verified=False).record(*confirmed)
    if not confirmed:
        assert refused(lambda: issued(book)) == ["张伟 has no verified hours to certify"]
        return
    event = issued(book)
    lines = {each.entry for each in event.certificate.lines}
    assert lines <= {each.entry for each in confirmed}
    spans = [span for each in entries if each.id in {one.entry for one in confirmed} for span in each.spans]
    minutes = {minute for span in spans for minute in range(span.start_minute, span.end_minute)}
    assert event.certificate.minutes == len(minutes)
    book = book.record(event)
    wrong = data.draw(st.sampled_from(confirmed)).entry
    book = book.record(Reversed(at=LATER, by="chief", entry=wrong))
    assert certificate_status(book, "S1", APRIL).valid
    assert certificate_status(book, "S1", LATER).valid == (wrong not in lines)
