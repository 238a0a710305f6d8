from datetime import date, timedelta

import pytest
from hypothesis import given

from civicvol.errors import InputError
from civicvol.service.person_events import ConsentWithdrawn
from civicvol.service.record import record_of
from civicvol.service.record_export import RecordExport, export_record
from civicvol.service.record_part import RecordPart
from civicvol.service.totals import totals
from tests.service.books import (
    LATER,
    LI_NA,
    POLICY,
    a_full_book,
    book_of,
    books,
    entry,
    moments_of,
    policies,
    recorded,
    reversed_,
)

BOOK = a_full_book()
RECORD = record_of(BOOK, "v1", LATER, POLICY)


class TestRecord:
    def test_has_what_the_measures_of_2012_ask_for(self):
        person = RECORD.person
        assert (person.name, person.sex, person.birth_date) == ("Li Na", "female", date(1990, 3, 7))
        assert (person.id_number, person.contact) == ("110101199003078515", "138 0000 0000")
        assert person.skills == ("first aid", "sampling")
        (line,) = RECORD.services
        assert (line.activity.name.en, line.day, line.activity.place.en) == ("gate duty", date(2026, 3, 2), "east gate")
        assert (line.activity.recipient, line.activity.content) == ("residents", "took temperatures")
        assert (line.minutes, line.raw_minutes, line.verified) == (120, 120, True)
        assert (line.leader, line.recorder) == ("Wang Qiang", "office")
        assert [each.text for each in line.appraisals] == ["very good"]
        assert [each.text for each in RECORD.trainings] == ["CPR"]
        assert [each.text for each in RECORD.commendations] == ["star of May"]
        assert [each.text for each in RECORD.appraisals] == ["reliable"]
        assert [each.text for each in RECORD.complaints] == ["came late"]
        assert RECORD.hours == totals(BOOK, LATER, POLICY).hours

    def test_has_further_details_with_consent(self):
        assert [each.id for each in RECORD.person.further] == ["employer"]
        withdrawn = BOOK.record(ConsentWithdrawn(at=LATER, by="v1", volunteer="v1", fields=["employer"]))
        assert record_of(withdrawn, "v1", LATER, POLICY).person.further == ()
        assert record_of(BOOK.before(3), "v1", LATER, POLICY).person.further == ()

    def test_is_as_of_a_moment(self):
        early = record_of(BOOK, "v1", LATER - timedelta(minutes=1), POLICY)
        assert (early.person.name, early.services, early.hours.amount) == ("v1", (), 0)

    def test_has_services_in_the_order_of_time(self):
        book = book_of(entry("e2", day=1), entry("e1"))
        assert [line.entry for line in record_of(book, "v1", LATER, POLICY).services] == ["e1", "e2"]

    def test_has_what_is_verified_unless_asked_for_all(self):
        book = book_of(entry("e1")).record(recorded(entry("e2", day=1)), recorded(entry("e3", day=2)), reversed_("e3"))
        assert [line.entry for line in record_of(book, "v1", LATER, POLICY).services] == ["e1"]
        known = record_of(book, "v1", LATER, POLICY, status="recorded")
        assert [(line.entry, line.verified) for line in known.services] == [("e1", True), ("e2", False)]

    def test_is_of_somebody_in_the_book(self):
        for known in (BOOK, book_of(entry())):
            assert known.knows("v1")
            with pytest.raises(InputError, match="must be the id of somebody in the book, not 'v9'"):
                record_of(known, "v9", LATER, POLICY)

    def test_is_of_somebody_who_only_was_trained(self):
        book = type(BOOK)(events=[event for event in BOOK.events if type(event).__name__ == "Trained"])
        assert record_of(book, "v1", LATER, POLICY).trainings

    @given(books(), policies)
    def test_adds_up_to_the_totals_at_every_moment(self, book, policy):
        for as_of in moments_of(book):
            records = [record_of(book, id, as_of, policy) for id in ("v1", "v2", "v3") if book.knows(id)]
            lines = sum(line.minutes for record in records for line in record.services)
            assert lines == sum(record.hours.amount for record in records) == totals(book, as_of, policy).hours.amount


class TestShown:
    def test_in_tables(self):
        titles = [table.title for table in RECORD.tables("zh")]
        assert titles == [
            "个人基本信息",
            "志愿服务情况",
            "培训情况",
            "表彰奖励情况",
            "评价情况",
            "被投诉情况",
        ]
        person, service, training, *_ = RECORD.tables()
        assert person.rows == (
            ("volunteer", "v1"),
            ("name", "Li Na"),
            ("sex", "female"),
            ("date of birth", "1990-03-07"),
            ("identity document", "identity card, 110101199003078515"),
            ("volunteer number", "N-77"),
            ("skills", "first aid, sampling"),
            ("contact", "138 0000 0000"),
            ("employer", "Mill 3"),
        )
        assert service.to_records()[0]["minutes credited"] == 120
        assert service.note.startswith("2 h (verified; as of 2026-04-01 00:00 Asia/Shanghai")
        assert training.rows == (("2026-03-02", "CPR", 90, "Red Cross"),)

    def test_as_text_and_html(self):
        assert str(RECORD).startswith("Record of volunteer service: Li Na\n\nBasic information\n")
        assert RECORD.text("zh").startswith("志愿服务记录：Li Na")
        assert RECORD._repr_html_().startswith("<h2>Record of volunteer service: Li Na</h2><table")
        assert "被投诉情况" in RECORD.to_html("zh")

    def test_by_id_where_there_is_no_name(self):
        assert record_of(book_of(entry()), "v1", LATER, POLICY).text().startswith("Record of volunteer service: v1")


class TestOnly:
    def test_all_parts_make_the_whole(self):
        assert RECORD.only(RecordPart) == RECORD

    def test_shows_the_parts_asked_for(self):
        found = RECORD.only(["name", "training"])
        assert (found.person.name, found.person.contact, found.person.further) == ("Li Na", "", ())
        assert found.trainings == RECORD.trainings
        assert (found.hours, found.services, found.complaints) == (None, (), ())
        assert [table.title for table in found.tables()] == ["Basic information", "training"]

    def test_shows_no_appraisal_with_the_service(self):
        assert RECORD.only(["service"]).services[0].appraisals == ()
        assert RECORD.only(["service", "appraisal"]).services == RECORD.services

    @pytest.mark.parametrize("parts", ["name", ["shoe size"], 7, [[]]])
    def test_shows_no_parts_that_there_are_not(self, parts):
        with pytest.raises(InputError):
            RECORD.only(parts)


class TestReveals:
    def test_names_everything(self):
        assert [label.en for label in RECORD.reveals] == [
            "volunteer id",
            "name",
            "sex",
            "date of birth",
            "identity document",
            "volunteer number",
            "skills",
            "contact",
            "service: activities, dates, places, recipients, content, time, leaders and recorders",
            "training",
            "commendation",
            "appraisal",
            "complaints",
            "employer",
        ]

    @pytest.mark.parametrize("part", [part for part in RecordPart if part is not RecordPart.FURTHER])
    def test_names_each_part_by_itself(self, part):
        found = RECORD.only([part])
        assert len(found.reveals) == 2
        assert found.reveals[1].text("zh").startswith(part.label.zh)

    def test_names_the_appraisal_of_a_service(self):
        record = record_of(BOOK, "v1", LATER, POLICY)
        without = type(record)(person=record.person, as_of=record.as_of, hours=record.hours, services=record.services)
        assert "appraisal" in [label.en for label in without.reveals]

    def test_names_nothing_that_is_not_there(self):
        assert [label.en for label in RECORD.only([]).reveals] == ["volunteer id"]


class TestExport:
    def test_says_what_it_reveals(self):
        export = export_record(RECORD, "the street office", ["name", "contact"])
        assert isinstance(export, RecordExport)
        assert [label.en for label in export.reveals] == ["volunteer id", "name", "contact"]
        assert str(export).startswith(
            "For the street office. It reveals: volunteer id, name, contact. It must not be used for commerce or "
            "profit, nor to harm anybody's privacy.\n\nRecord of volunteer service: Li Na\n"
        )
        assert LI_NA.id_number not in export.text("zh")
        assert export.text("zh").startswith("提供给：the street office。所含信息：志愿者标识、姓名、联系方式。")

    def test_hands_on_everything_where_nothing_is_said(self):
        assert export_record(RECORD, "the volunteer").record == RECORD

    @pytest.mark.parametrize("wrong", [{"record": "x"}, {"to": ""}, {"parts": ["all"]}])
    def test_refuses_what_cannot_be(self, wrong):
        with pytest.raises(InputError):
            export_record(**{"record": RECORD, "to": "the office", **wrong})
