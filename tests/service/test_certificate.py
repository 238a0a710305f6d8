from datetime import date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.labels import Label
from civicvol.service.certificate import Certificate, CertificateLine, Holder, IdDocument, Issuer
from civicvol.service.mask import Mask, written
from tests.service.certificates import GATE, ISSUER, VISIT, ZONE, a_certificate, certificates, line, names


def faults(caught):
    return [(fault.field, fault.message) for fault in caught.value.faults]


class TestIdDocument:
    @pytest.mark.parametrize(
        ("number", "shown"),
        [
            ("110101199003078515", "**************8515"),
            ("E12345678", "*****5678"),
            ("12345678", "****5678"),
            ("1234567", "****567"),
            ("12", "*2"),
            ("7", "*"),
        ],
    )
    def test_shows_four_characters_but_never_more_than_half(self, number, shown):
        assert IdDocument(kind="passport", number=number).masked().number == shown

    @given(names)
    def test_hides_at_least_half(self, number):
        masked = IdDocument(kind="x", number=number).masked().number
        assert len(masked) == len(number)
        assert masked.count("*") * 2 >= len(number)
        assert all(each in ("*", own) for each, own in zip(masked, number, strict=True))


class TestFields:
    def test_the_number_is_the_id_where_none_is_given(self):
        assert Holder(volunteer="v1", name="Li Wei").number == "v1"

    def test_an_issuer_says_who_answers_for_it(self):
        with pytest.raises(InputError) as caught:
            Issuer(name="", responsible="", handler="a\nb", contact="x" * 201)
        assert faults(caught) == [
            ("Issuer.name", "must be a text that is not empty"),
            ("Issuer.responsible", "must be a text that is not empty"),
            ("Issuer.handler", "must have no spaces around it and no control characters"),
            ("Issuer.contact", "must have at most 200 characters"),
        ]

    def test_a_name_has_200_characters_at_most(self):
        assert Holder(volunteer="v1", name="x" * 200)
        with pytest.raises(InputError, match="at most 200 characters"):
            Holder(volunteer="v1", name="x" * 201)

    @pytest.mark.parametrize("good", ["", "https://a.example/b?c=d", "http://localhost"])
    def test_a_page_that_checks_has_an_address(self, good):
        assert attrs.evolve(ISSUER, check_at=good).check_at == good

    @pytest.mark.parametrize("bad", ["javascript:alert(1)", "a.example", "https://a.example/#b", 7, None])
    def test_and_nothing_else(self, bad):
        with pytest.raises(InputError, match="check_at must begin with https:// and have no #"):
            attrs.evolve(ISSUER, check_at=bad)

    def test_an_address_is_one_line(self):
        with pytest.raises(InputError, match="at most 200"):
            attrs.evolve(ISSUER, check_at="https://" + "x" * 200)

    @pytest.mark.parametrize("bad", [7, Label(""), Label("a", "b\n")])
    def test_a_label_is_one_line_in_each_language(self, bad):
        with pytest.raises(InputError, match=r"IdDocument\.kind must"):
            IdDocument(kind=bad, number="1")

    def test_a_line_has_at_least_a_minute(self):
        assert line(minutes=1).minutes == 1
        with pytest.raises(InputError, match=r"CertificateLine\.minutes must be from 1"):
            line(minutes=0)


class TestCertificate:
    def test_adds_up_its_lines(self):
        assert a_certificate().minutes == 270

    def test_groups_them_by_activity(self):
        assert a_certificate().by_activity() == ((GATE, 2, 210), (VISIT, 1, 60))

    def test_groups_of_equal_time_are_in_the_order_of_names(self):
        lines = [
            line("e1", Label("b"), minutes=5),
            line("e2", Label("a", "乙"), minutes=5),
            line("e3", Label("a"), minutes=5),
        ]
        assert [each[0] for each in a_certificate(lines=lines).by_activity()] == [
            Label("a"),
            Label("a", "乙"),
            Label("b"),
        ]

    def test_covers_days_up_to_the_day_of_issue(self):
        issued = datetime(2026, 3, 31, 0, 0, tzinfo=ZONE)
        assert a_certificate(issued=issued).last_day == issued.date()
        with pytest.raises(
            InputError, match=r"Certificate\.last_day of .* must not be after the day of issue, 2026-03-30"
        ):
            a_certificate(issued=datetime(2026, 3, 30, 23, 59, tzinfo=ZONE))

    def test_covers_every_line(self):
        assert a_certificate(lines=[line(day=date(2026, 3, 1)), line("e2", day=date(2026, 3, 31))])
        with pytest.raises(InputError, match="these do not: e1, e3") as caught:
            a_certificate(
                lines=[line(day=date(2026, 2, 28)), line("e2"), line("e3", day=date(2026, 4, 1))],
            )
        assert [fault.id for fault in caught.value.faults] == ["SH-2026-0042"]

    def test_ends_no_earlier_than_it_begins(self):
        one = date(2026, 3, 1)
        assert a_certificate(lines=[line(day=one)], last_day=one)
        with pytest.raises(InputError, match="must not be before the first day, 2026-03-01"):
            a_certificate(last_day=date(2026, 2, 28))

    def test_has_lines_and_each_entry_once(self):
        with pytest.raises(InputError, match="at least 1 member"):
            a_certificate(lines=[])
        with pytest.raises(InputError, match="has 'e1' twice"):
            a_certificate(lines=[line(), line(day=date(2026, 3, 2))])

    def test_names_everything_that_is_wrong(self):
        with pytest.raises(InputError) as caught:
            a_certificate(serial=" ", holder=None, issued=datetime(2026, 4, 5), code=1)
        assert [fault.field for fault in caught.value.faults] == [
            "Certificate.serial",
            "Certificate.holder",
            "Certificate.issued",
            "Certificate.code",
        ]

    @given(certificates())
    def test_travels(self, certificate):
        assert from_json(to_json(certificate), Certificate) == certificate

    @given(certificates())
    def test_no_minute_is_lost_in_the_groups(self, certificate):
        groups = certificate.by_activity()
        assert sum(times for _, times, _ in groups) == len(certificate.lines)
        assert sum(minutes for _, _, minutes in groups) == certificate.minutes


def mask(volunteer, *particulars):
    return Mask(volunteer=volunteer, alias="p1", items={"e1": "p1-1"}, written=written([volunteer, *particulars]))


class TestMasked:
    def test_nothing_says_who_it_was(self):
        certificate = attrs.evolve(
            a_certificate(remarks="张伟 asked for it"), code="x", issuer=attrs.evolve(ISSUER, handler="张伟")
        )
        masked = certificate.masked(mask("v17", "张伟", "330203001777"))
        assert masked.holder == Holder(volunteer="p1", name="p1")
        assert masked.lines[0].entry == "p1-1"
        assert masked.minutes == certificate.minutes
        assert not masked.code
        assert all(secret not in to_json(masked) for secret in ("v17", "张伟", "330203001777", "8515"))

    def test_the_certificates_of_others_stay(self):
        certificate = attrs.evolve(a_certificate(lines=[line("e9")]), code="x")
        assert certificate.masked(mask("v18", "陈")) is certificate

    def test_somebody_who_signed_another_s_is_not_named_either(self):
        masked = attrs.evolve(a_certificate(lines=[line("e9")]), code="x").masked(mask("v18", "王芳"))
        assert masked.holder == a_certificate().holder
        assert masked.issuer.handler == "p1"
        assert not masked.code


@given(st.integers(1, 600))
def test_a_line_is_a_value(minutes):
    assert from_json(to_json(line(minutes=minutes)), CertificateLine) == line(minutes=minutes)
