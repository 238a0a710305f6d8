from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError
from civicvol.io import to_json
from civicvol.labels import Label
from civicvol.service import AttendancePolicy, AttendanceSheet, CheckedIn, CheckedOut
from civicvol.service.book import ServiceBook
from civicvol.service.certificate_events import CertificateIssued
from civicvol.service.fact import Complaint
from civicvol.service.fact_events import Complained, Retracted
from civicvol.service.mask import written
from civicvol.service.person import FurtherDetail, PersonalDetails
from civicvol.service.person_events import Consented, Registered
from civicvol.service.privacy import anonymised, anonymised_sheet, mask_for
from civicvol.service.quantity import Status
from civicvol.service.record import record_of
from civicvol.service.totals import totals
from tests.service.books import (
    LATER,
    LI_NA,
    POLICY,
    a_full_book,
    activity,
    book_of,
    books,
    entry,
    moment,
    moments_of,
    policies,
    recorded,
    reversed_,
    verified,
)
from tests.service.certificates import a_certificate, line

PARTICULARS = ("v1", "Li Na", "110101199003078515", "N-77", "138 0000 0000", "Mill 3", "1990")


def everything_in(book):
    return "\n".join(map(repr, book.events))


class TestParticulars:
    @pytest.mark.parametrize("particular", PARTICULARS)
    def test_are_gone_from_every_event(self, particular):
        assert written([particular]).search(everything_in(a_full_book()))
        assert not written([particular]).search(everything_in(anonymised(a_full_book(), "v1", "A")))

    def test_are_gone_from_the_record(self):
        record = record_of(anonymised(a_full_book(), "v1", "A"), "A", LATER, POLICY)
        assert record.person == PersonalDetails(volunteer="A")
        assert record.hours.amount == 120
        assert [label.en for label in record.reveals][1:] == [
            "service: activities, dates, places, recipients, content, time, leaders and recorders",
            "training",
            "commendation",
            "appraisal",
            "complaints",
        ]

    def test_are_gone_from_free_texts(self):
        where = activity(name="Li Na's walk", place="at LI NA", recipient="v1", content="with N-77, not N-777")
        book = (
            ServiceBook()
            .record(Registered(at=LATER, by="office", person=LI_NA))
            .record(recorded(entry("e1", "v2", at=where, leader="Li Na")), reversed_("e1", why="Li Na says so"))
        )
        _, first, second = anonymised(book, "v1", "A").events
        found = first.entry.activity
        assert (str(found.name), str(found.place), found.recipient, found.content) == (
            "A's walk",
            "at A",
            "A",
            "with A, not N-777",
        )
        assert (first.entry.leader, second.why) == ("A", "A says so")

    def test_are_gone_where_they_were_called_so_before(self):
        before = attrs.evolve(LI_NA, name="Li Hua")
        book = ServiceBook().record(
            Registered(at=LATER, by="office", person=before),
            Registered(at=LATER, by="office", person=LI_NA, why="Li Hua married"),
        )
        assert anonymised(book, "v1", "A").events[1].why == "A married"

    def test_are_gone_where_they_recorded_or_verified(self):
        book = ServiceBook().record(
            recorded(entry("e1", "v2"), by="v1"), recorded(entry("e2", "v1", day=1)), verified("e2", by="v1")
        )
        assert [event.by for event in anonymised(book, "v1", "A").events] == ["A", "office", "A"]

    def test_are_gone_from_the_ids_of_what_is_theirs(self):
        complaint = Complaint(id="c/v1", volunteer="v1", day=LATER.date(), entry="s1/v1")
        book = book_of(entry("s1/v1"), entry("s1/v10", "v10")).record(
            Complained(at=LATER, by="office", complaint=complaint),
            Retracted(at=LATER, by="office", fact="c/v1"),
            reversed_("s1/v1"),
        )
        found = anonymised(book, "v1", "A")
        assert list(found.state.entries) == ["s1/A", "s1/v10"]
        assert [fact.id for fact in found.facts()] == ["c/A"]
        assert found.state.retracted == {"c/A"}
        assert not written(["v1"]).search(everything_in(found))

    def test_of_others_stay(self):
        other = PersonalDetails(
            volunteer="v2",
            name="Li Na",
            contact="138 0000 0000",
            further=[FurtherDetail(id="emergency", value="call Li Na")],
        )
        book = a_full_book().record(
            Registered(at=LATER, by="office", person=other),
            Consented(at=LATER, by="v2", volunteer="v2", fields=["emergency"]),
        )
        kept = anonymised(book, "v1", "A").state.people["v2"]
        assert (kept.name, kept.contact) == ("Li Na", "138 0000 0000")
        assert kept.further[0].value == "call A"

    def test_are_gone_from_certificates(self):
        certificate = attrs.evolve(
            a_certificate(),
            holder=attrs.evolve(a_certificate().holder, volunteer="v1"),
            lines=[line("e1", Label("a1"), LATER.date().replace(month=3, day=2), 120)],
            issued=LATER,
        )
        book = book_of(entry("e1")).record(
            CertificateIssued(at=LATER, by="office", certificate=certificate), reversed_("e1", why="张伟 asked for it")
        )
        found = anonymised(book, "v1", "P-1")
        assert found.events[-1].why == "P-1 asked for it"
        for particular in ("v1", "张伟", "330203001777", certificate.holder.document.number):
            assert particular not in everything_in(found)
        unconcerned = anonymised(book.record(recorded(entry("e2", "v2"))), "v2", "P-1")
        assert unconcerned.state.certificates == book.state.certificates
        without = attrs.evolve(certificate, holder=attrs.evolve(certificate.holder, document=None))
        nameless = book_of(entry("e1")).record(CertificateIssued(at=LATER, by="office", certificate=without))
        assert "张伟" not in everything_in(anonymised(nameless, "v1", "P-1"))


class TestAlias:
    @pytest.mark.parametrize(
        "alias", ["v2", "office", "e1", "a1", "gate", "Wang Qiang", "residents", "took", "RED CROSS"]
    )
    def test_is_new_to_the_book(self, alias):
        with pytest.raises(InputError, match="must be in no id and no text of the book"):
            anonymised(a_full_book().record(recorded(entry("e2", "v2"))), "v1", alias)

    @pytest.mark.parametrize("alias", ["v1", "v1-gone", "was Li Na", "N-77"])
    def test_holds_nothing_of_the_person(self, alias):
        with pytest.raises(InputError, match="must hold no particular of the person"):
            anonymised(a_full_book(), "v1", alias)

    def test_makes_no_two_ids_one(self):
        book = book_of(entry("of v1"), entry("of Li Na", day=1)).record(Registered(at=LATER, by="office", person=LI_NA))
        with pytest.raises(InputError, match="would give another entry or fact the id 'of A' too"):
            anonymised(book, "v1", "A")

    def test_can_get_another_alias(self):
        again = anonymised(anonymised(a_full_book(), "v1", "A"), "A", "B")
        assert again == anonymised(a_full_book(), "v1", "B")

    @pytest.mark.parametrize("wrong", [{"book": 7}, {"volunteer": "v9"}, {"volunteer": None}, {"alias": " "}])
    def test_is_refused_with_other_arguments(self, wrong):
        with pytest.raises(InputError):
            anonymised(**{"book": a_full_book(), "volunteer": "v1", "alias": "A", **wrong})


class TestPromises:
    @given(books(), policies, st.sampled_from(["v1", "v2", "v3"]))
    def test_every_total_stays_the_same_at_every_moment(self, book, policy, volunteer):
        if not book.knows(volunteer):
            return
        found = anonymised(book, volunteer, "somebody")
        assert not written([volunteer]).search(everything_in(found))
        for as_of in [*moments_of(book), LATER + timedelta(days=90)]:
            for status in Status:
                assert totals(found, as_of, policy, status=status) == totals(book, as_of, policy, status=status)
                before = totals(book, as_of, policy, status=status, volunteer=volunteer).quantities
                assert totals(found, as_of, policy, status=status, volunteer="somebody").quantities == before

    @given(books())
    def test_nothing_else_changes(self, book):
        if not book.knows("v1"):
            return
        for old, new in zip(book.events, anonymised(book, "v1", "A").events, strict=True):
            assert (type(old), old.at) == (type(new), new.at)
            if type(old).__name__ == "Recorded":
                assert old.entry.spans == new.entry.spans
                assert old.entry.activity == new.entry.activity


class TestSheets:
    def sheet(self):
        sheet = AttendanceSheet(
            activity=activity("gate", 9, 120), expected=("v1", "v2"), policy=AttendancePolicy(leaders=["v2"])
        )
        return sheet.record(
            CheckedIn(at=moment(9), by="v1", volunteers=["v1"]),
            CheckedOut(at=moment(10), by="v2", volunteers=["v1"], time=moment(10), why="Li Na felt ill"),
        )

    def test_keeps_what_everybody_did(self):
        sheet = self.sheet()
        again = anonymised_sheet(sheet, "v1", "volunteer A", particulars=["Li Na"])
        written = to_json(again)
        assert "v1" not in written
        assert "Li Na" not in written
        before, after = (each.attendances(moment(20)) for each in (sheet, again))
        assert [each.counted for each in before] == [each.counted for each in after]
        assert [each.volunteer for each in after] == ["volunteer A", "v2"]

    def test_leaves_the_ids_of_everybody_else(self):
        sheet = AttendanceSheet(
            activity=activity("gate", 9, 120), expected=("li", "LI"), policy=AttendancePolicy(leaders=["office"])
        ).record(
            CheckedIn(at=moment(9), by="office", volunteers=["li", "LI", "li b"], why="Office and Li came"),
            CheckedIn(at=moment(9), by="x li", volunteers=["x li"]),
        )
        again = anonymised_sheet(sheet, "li", "A", particulars=["Office"])
        assert again.expected == ("A", "LI")
        assert again.policy.leaders == {"office"}
        assert [(event.by, event.volunteers) for event in again.events] == [
            ("office", ("A", "LI", "li b")),
            ("x li", ("x li",)),
        ]
        assert again.events[0].why == "A and A came"

    @pytest.mark.parametrize(
        ("volunteer", "alias", "named"),
        [
            ("v9", "A", "volunteer must be the id of somebody on the sheet"),
            ("v1", "v2", "alias must be in no id"),
            ("v1", "Li Na", "alias must hold no particular"),
            (1, "A", "volunteer must be"),
        ],
    )
    def test_needs_somebody_and_a_new_name(self, volunteer, alias, named):
        sheet = self.sheet()
        with pytest.raises(InputError, match=named):
            anonymised_sheet(sheet, volunteer, alias, particulars=["Li Na"])

    def test_is_of_a_sheet(self):
        with pytest.raises(InputError, match="must be an AttendanceSheet"):
            anonymised_sheet(None, "v1", "A")


def test_a_mask_goes_through_mappings_too():
    mask = mask_for("v1", "A", ["v1"], ())
    assert mask.value({"v1": ("v1", 3, Status.VERIFIED)}) == {"A": ("A", 3, Status.VERIFIED)}
