from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.service._certificate_words import hours_label, listed
from civicvol.service.certificate import Holder
from civicvol.service.certificate_page import certificate_to_html
from civicvol.service.certificate_text import certificate_to_text
from civicvol.service.verification import sign
from tests.service.certificates import ISSUER, KEY, a_certificate, certificates, line

SIGNED = sign(a_certificate(), KEY)
UNSIGNED = a_certificate(issuer=attrs.evolve(ISSUER, check_at=""), remarks="")


class Reader(HTMLParser):
    """Reads a page, and insists that every element is closed where it should be."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.links, self.tags = [], [], [], set()
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.links += [value for name, value in attributes if name == "href"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)


def read(certificate, language="en"):
    return Reader(certificate_to_html(certificate, language=language))


class TestPage:
    def test_says_everything_that_is_asked_for(self):
        texts = read(SIGNED).texts
        pairs = set(pairwise(texts))
        assert {
            ("Name", "张伟"),
            ("Identity card", "**************8515"),
            ("Volunteer number", "330203001777"),
            ("Service time", "4 hours 30 minutes"),
            ("Period of service", "1 March 2026 to 31 March 2026"),
            ("Issuer", "Sanhua Volunteer Station"),
            ("Responsible person", "李国强"),
            ("Handler", "王芳"),
            ("Contact", "0574-8765 4321"),
            ("Date of issue", "5 April 2026"),
            ("Remarks", "For a study place."),
            ("gate duty", "2"),
            ("Verification code", SIGNED.code),
        } <= pairs
        assert "Serial number: SH-2026-0042" in texts
        assert (
            "This is to certify that 张伟 gave 4 hours 30 minutes of volunteer service from 1 March 2026 to 31 March "
            "2026." in texts
        )
        assert (
            "Only service that was verified, as recorded by 5 April 2026 10:30 (Asia/Shanghai); in minutes; travel "
            "does not count." in texts
        )

    def test_says_it_in_chinese(self):
        page = certificate_to_html(SIGNED, language="zh")
        texts = Reader(page).texts
        assert '<html lang="zh-Hans">' in page
        assert "兹证明张伟参加志愿服务共计4小时30分钟，服务期间为2026年3月1日至2026年3月31日。" in texts
        assert "仅计入经核实的服务记录，数据截至2026年4月5日 10:30（Asia/Shanghai）；以分钟计；路途时间不计。" in texts
        assert {"志愿服务记录证明", "居民身份证", "三华志愿服务站", "卡口值守", "负责人（签字）", "盖章"} <= set(texts)

    def test_needs_nothing_else(self):
        page = certificate_to_html(SIGNED)
        assert page.startswith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
        assert not {"script", "link", "img", "iframe"} & Reader(page).tags
        assert "@import" not in page
        assert "url(" not in page

    def test_links_to_the_page_that_checks(self):
        assert read(SIGNED).links == [f"https://verify.example.org/c#{SIGNED.code}"]

    def test_has_no_code_where_there_is_none(self):
        for certificate in (UNSIGNED, a_certificate()):
            reader = read(certificate)
            assert reader.links == []
            assert "Verification code" not in reader.texts

    def test_names_no_document_and_no_remarks_where_there_are_none(self):
        texts = read(attrs.evolve(UNSIGNED, holder=Holder(volunteer="v17", name="张伟"))).texts
        assert "Identity card" not in texts
        assert "Remarks" not in texts

    @pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '" onload="x', "{0} {name}", "&amp;"])
    def test_shows_every_text_as_it_is(self, evil):
        label = Label(evil, evil)
        certificate = a_certificate(
            holder=Holder(volunteer="v", name=evil, number=evil),
            lines=[line(activity=label)],
            issuer=attrs.evolve(ISSUER, name=label, contact=evil),
            remarks=evil,
            definition=label,
            serial=evil,
        )
        for language in ("en", "zh"):
            reader = read(certificate, language)
            assert "script" not in reader.tags
            assert reader.texts.count(evil) >= 6

    def test_sums_up_what_is_too_much_for_a_sheet(self):
        lines = [line(f"e{number}", Label(f"work {number}"), minutes=100 - number) for number in range(9)]
        eight, nine = read(a_certificate(lines=lines[:8])).texts, read(a_certificate(lines=lines)).texts
        assert "work 7" in eight
        assert not {"work 7", "work 8"} & set(nine)
        place = nine.index("2 other activities")
        assert nine[place + 1 : place + 6] == ["2", "3 hours 5 minutes", "Total", "9", "14 hours 24 minutes"]

    @given(certificates(), st.sampled_from(["en", "zh"]))
    def test_is_sound_whatever_the_certificate(self, certificate, language):
        assert certificate.holder.name in read(sign(certificate, KEY), language).texts

    def test_arguments_are_looked_at(self):
        with pytest.raises(InputError, match="language must be 'en' or 'zh'"):
            certificate_to_html(SIGNED, language="fr")
        with pytest.raises(InputError, match="certificate must be a Certificate"):
            certificate_to_html(SIGNED.code)


class TestText:
    def test_has_a_line_for_each_particular(self):
        certificate = attrs.evolve(SIGNED, code="abc")
        assert certificate_to_text(certificate) == (
            "Certificate of volunteer service\n"
            "Serial number: SH-2026-0042\n"
            "\n"
            "This is to certify that 张伟 gave 4 hours 30 minutes of volunteer service from 1 March 2026 to "
            "31 March 2026.\n"
            "\n"
            "Name: 张伟\n"
            "Identity card: **************8515\n"
            "Volunteer number: 330203001777\n"
            "Service time: 4 hours 30 minutes\n"
            "Period of service: 1 March 2026 to 31 March 2026\n"
            "Content of service:\n"
            "- gate duty: 3 hours 30 minutes (2×)\n"
            "- visits: 1 hour (1×)\n"
            "Issuer: Sanhua Volunteer Station\n"
            "Responsible person: 李国强\n"
            "Handler: 王芳\n"
            "Date of issue: 5 April 2026\n"
            "Contact: 0574-8765 4321\n"
            "Remarks: For a study place.\n"
            "What is counted: Only service that was verified, as recorded by 5 April 2026 10:30 (Asia/Shanghai); in "
            "minutes; travel does not count.\n"
            "Verification code: abc\n"
            "Anybody can check this code offline with the public key of Sanhua Volunteer Station; one changed "
            "character, and it no longer holds.\n"
            "Check it here: https://verify.example.org/c#abc\n"
        )

    def test_says_it_in_chinese(self):
        text = certificate_to_text(UNSIGNED, language="zh")
        assert text.startswith("志愿服务记录证明\n证明编号：SH-2026-0042\n\n兹证明张伟参加")
        assert (
            "\n服务内容：\n- 卡口值守：3小时30分钟（2次）\n- 上门探访：1小时（1次）\n出具单位：三华志愿服务站\n" in text
        )
        assert "验证码" not in text

    @given(certificates(), st.sampled_from(["en", "zh"]))
    def test_names_whoever_it_is_about(self, certificate, language):
        assert certificate.holder.name in certificate_to_text(certificate, language=language)

    def test_arguments_are_looked_at(self):
        with pytest.raises(InputError, match="language must be 'en' or 'zh'"):
            certificate_to_text(SIGNED, language="fr")
        with pytest.raises(InputError, match="certificate must be a Certificate"):
            certificate_to_text(None)


@pytest.mark.parametrize(
    ("minutes", "english", "chinese"),
    [
        (1, "1 minute", "1分钟"),
        (59, "59 minutes", "59分钟"),
        (60, "1 hour", "1小时"),
        (61, "1 hour 1 minute", "1小时1分钟"),
        (0, "0 minutes", "0分钟"),
        (60_000, "1,000 hours", "1000小时"),
    ],
)
def test_hours_are_written_out(minutes, english, chinese):
    assert hours_label(minutes) == Label(english, chinese)


def test_a_list_falls_back_to_english():
    assert listed([Label("a"), Label("b", "乙")], Label(", ", "、")) == Label("a, b", "a、乙")


def test_a_period_of_one_day_is_a_day():
    certificate = a_certificate(first_day=date(2026, 3, 1), last_day=date(2026, 3, 1), lines=[line()])
    assert "of volunteer service on 1 March 2026." in certificate_to_text(certificate)
    assert "服务期间为2026年3月1日。" in certificate_to_text(certificate, language="zh")
