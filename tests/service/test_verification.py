import json
from base64 import urlsafe_b64decode
from contextlib import suppress
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import attrs
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError, RefusedError
from civicvol.io import from_json, to_json
from civicvol.labels import Label
from civicvol.service._canonical import canonical, encoded, plain
from civicvol.service._seal import sealed
from civicvol.service.certificate import Certificate, Holder, IdDocument, Issuer
from civicvol.service.verification import Claims, Verification, claims_of, is_signed, sign, verify, verify_code
from civicvol.service.withdrawals import Withdrawals, read_withdrawals, sign_withdrawals
from tests.service.certificates import KEY, OTHER_KEY, ZONE, a_certificate, certificates, line

PUBLIC = KEY.public
SIGNED = sign(a_certificate(), KEY)
MAY = datetime(2026, 5, 1, 9, tzinfo=ZONE)
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
NOT_WHOLE = "the code is not whole: it was cut off or altered"
FORGED = "the signature is not the issuer's: the code was altered, or made by somebody else"


def refusal(code, key=PUBLIC):
    with pytest.raises(RefusedError) as caught:
        verify_code(code, key)
    assert caught.value.step == "verify_code"
    return caught.value.text()


def in_base64(part):
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


class TestCode:
    def test_says_what_the_certificate_says(self):
        claims = verify_code(SIGNED.code, PUBLIC)
        assert claims == claims_of(SIGNED) == claims_of(a_certificate())
        assert claims == Claims(
            serial="SH-2026-0042",
            name="张伟",
            number="330203001777",
            minutes=270,
            first_day=date(2026, 3, 1),
            last_day=date(2026, 3, 31),
            issued=date(2026, 4, 5),
            issuer=Label("Sanhua Volunteer Station", "三华志愿服务站"),
            digest=claims.digest,
        )

    def test_another_program_can_check_it(self):
        header, payload, signature = SIGNED.code.split(".")
        raw = Ed25519PublicKey.from_public_bytes(in_base64(PUBLIC.text))
        raw.verify(in_base64(signature), f"{header}.{payload}".encode())
        assert in_base64(header) == b'{"alg":"EdDSA","typ":"civicvol-certificate"}'
        claims = json.loads(in_base64(payload))
        assert list(claims) == sorted(claims)
        assert claims["minutes"] == 270
        document = attrs.asdict(SIGNED, value_serializer=lambda _, __, value: plain(value))
        del document["code"]
        written = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert in_base64(claims["digest"]) == sha256(written.encode()).digest()

    def test_is_the_same_every_time(self):
        assert sign(SIGNED, KEY) == SIGNED

    def test_fits_into_a_square_of_dots(self):
        assert len(SIGNED.code) < 700

    def test_may_be_broken_into_lines(self):
        broken = "\n".join(SIGNED.code[place : place + 60] for place in range(0, len(SIGNED.code), 60))
        assert verify_code(f" {broken}\n", PUBLIC) == claims_of(SIGNED)

    @given(st.integers(0, len(SIGNED.code) - 1), st.sampled_from([*BASE64, ".", "=", " ", "é", "+", ""]))
    def test_no_character_can_be_another(self, place, other):
        code = SIGNED.code[:place] + other + SIGNED.code[place + 1 :]
        if code != SIGNED.code:
            assert refusal(code) in (NOT_WHOLE, FORGED)

    def test_the_last_character_has_one_value(self):
        for other in BASE64.replace(SIGNED.code[-1], ""):
            refusal(SIGNED.code[:-1] + other)

    @given(st.integers(0, len(SIGNED.code) - 1))
    def test_cannot_be_cut(self, length):
        assert refusal(SIGNED.code[:length]) in (NOT_WHOLE, FORGED)

    @given(st.text(max_size=40))
    def test_is_no_other_text(self, text):
        assert refusal(text) == NOT_WHOLE

    def test_is_not_another_s(self):
        assert refusal(SIGNED.code, OTHER_KEY.public) == FORGED
        assert refusal(sign(a_certificate(), OTHER_KEY).code) == FORGED

    def test_the_refusal_is_there_in_chinese(self):
        with pytest.raises(RefusedError) as caught:
            verify_code("", PUBLIC)
        assert caught.value.text("zh") == "验证码不完整：已被截断或改动"

    def test_without_a_signature_it_is_worth_nothing(self):
        none = encoded(b'{"alg":"none","typ":"civicvol-certificate"}')
        payload = SIGNED.code.split(".")[1]
        assert refusal(f"{none}.{payload}.") == NOT_WHOLE
        assert refusal(f"{SIGNED.code.split('.')[0]}.{payload}.") == FORGED

    def test_a_list_of_withdrawals_is_no_certificate(self):
        assert refusal(sign_withdrawals(Withdrawals(as_of=MAY), KEY)) == NOT_WHOLE

    @pytest.mark.parametrize(
        "change",
        [
            {"minutes": 0},
            {"minutes": "270"},
            {"minutes": 270.0},
            {"issued": "20260405"},
            {"issued": 7},
            {"issuer": "Sanhua"},
            {"issuer": {"en": "Sanhua", "fr": ""}},
            {"more": 1},
        ],
    )
    def test_what_was_signed_must_be_claims(self, change):
        payload = canonical({**plain(claims_of(SIGNED)), **change})
        assert refusal(sealed(payload, "civicvol-certificate", KEY)) == "what was signed is no certificate"

    @pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b"7", b"\xff", b"[" * 3000])
    def test_and_nothing_else(self, payload):
        assert refusal(sealed(payload, "civicvol-certificate", KEY)) == "what was signed is no certificate"

    def test_the_claims_must_be_written_in_the_one_way(self):
        loose = json.dumps(plain(claims_of(SIGNED))).encode()
        assert refusal(sealed(loose, "civicvol-certificate", KEY)) == "what was signed is no certificate"

    def test_arguments_are_looked_at(self):
        with pytest.raises(InputError) as caught:
            verify_code(b"", None)
        assert [fault.field for fault in caught.value.faults] == ["code", "key"]
        with pytest.raises(InputError) as caught:
            sign("certificate", PUBLIC)
        assert [fault.field for fault in caught.value.faults] == ["certificate", "key"]
        with pytest.raises(InputError, match="certificate must be a Certificate"):
            claims_of("certificate")

    def test_long_names_fit(self):
        long = "三" * 200
        holder = Holder(volunteer=long, name=long)
        issuer = Issuer(name=Label(long, long), responsible=long, handler=long, contact=long)
        signed = sign(a_certificate(serial=long, holder=holder, issuer=issuer), KEY)
        assert verify(signed, PUBLIC).valid


def others(value):
    """Yield values that differ from a value in one place, however deep; those that cannot be are left out."""
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            for other in others(getattr(value, field.name)):
                with suppress(InputError):
                    yield attrs.evolve(value, **{field.name: other})
    elif isinstance(value, tuple):
        for place, member in enumerate(value):
            yield from ((*value[:place], other, *value[place + 1 :]) for other in others(member))
            yield (*value[:place], *value[place + 1 :])
        yield value[::-1]
    elif isinstance(value, datetime):
        yield from (value + timedelta(minutes=1), value.astimezone(ZoneInfo("Africa/Nairobi")))
    elif isinstance(value, date):
        yield from (value + timedelta(days=1), value - timedelta(days=1))
    elif isinstance(value, int):
        yield value + 1
    elif value is None:
        yield IdDocument(kind="pass", number="1")
    else:
        yield from (value + "x", value[1:], f"https://x.example/{len(value)}")


def told(certificate, **more):
    return verify(certificate, PUBLIC, **more).text()


class TestVerify:
    def test_a_genuine_certificate_is_valid(self):
        found = verify(SIGNED, PUBLIC)
        assert found == Verification(claims=claims_of(SIGNED))
        assert found.valid
        assert found.text() == (
            "Certificate SH-2026-0042 is genuine: 张伟 (volunteer number 330203001777) served 4 hours 30 minutes from "
            "1 March 2026 to 31 March 2026. Issued on 5 April 2026 by Sanhua Volunteer Station.\n"
            "Whether it was withdrawn since was not looked up."
        )
        assert found.text("zh") == (
            "证明SH-2026-0042真实有效：张伟（志愿者编号330203001777），服务时长4小时30分钟，"
            "服务期间2026年3月1日至2026年3月31日。2026年4月5日由三华志愿服务站出具。\n此后是否被撤销，未经查询。"
        )

    def test_so_is_its_code_alone(self):
        assert verify(SIGNED.code, PUBLIC) == verify(SIGNED, PUBLIC)

    def test_without_a_code_it_is_not(self):
        assert told(a_certificate()) == told("") == "The certificate does not hold: it has no verification code."

    def test_a_wrong_code_is_named(self):
        assert told(attrs.evolve(SIGNED, code="x")) == f"The certificate does not hold: {NOT_WHOLE}."
        assert told(sign(SIGNED, OTHER_KEY)) == f"The certificate does not hold: {FORGED}."
        assert verify(SIGNED, OTHER_KEY.public).claims is None

    def test_what_was_altered_is_named(self):
        more = attrs.evolve(SIGNED, lines=[*SIGNED.lines, line("e4", minutes=600)], serial="SH-2026-0043")
        assert told(more) == (
            "The certificate does not hold: it was altered after it was signed: serial number, service time."
        )
        assert verify(more, PUBLIC).text("zh") == "证明无效：签名之后被改动：证明编号、服务时长。"
        assert told(attrs.evolve(SIGNED, remarks="")).endswith("altered after it was signed: another particular.")

    def test_no_field_can_be_another(self):
        changed = list(others(SIGNED))
        assert len(changed) > 60
        assert [each for each in changed if verify(each, PUBLIC).valid] == []

    @given(certificates(), st.data())
    def test_whatever_the_certificate(self, certificate, data):
        signed = sign(certificate, KEY)
        assert verify(signed, PUBLIC).valid
        assert verify(from_json(to_json(signed), Certificate), PUBLIC).valid
        assert is_signed(signed)
        changed = data.draw(st.sampled_from([each for each in others(signed) if each != signed]))
        assert not verify(changed, PUBLIC).valid
        assert not is_signed(changed)

    @given(certificates(), certificates())
    def test_a_code_belongs_to_one_certificate(self, one, other):
        swapped = attrs.evolve(one, code=sign(other, KEY).code)
        assert verify(swapped, PUBLIC).valid == (one == other)

    def test_a_withdrawn_one_is_not_valid(self):
        gone = Withdrawals(as_of=MAY, serials={"SH-2026-0042"})
        found = verify(SIGNED, PUBLIC, gone)
        assert found.claims == claims_of(SIGNED)
        assert found.text() == "The certificate does not hold: certificate SH-2026-0042 was withdrawn."
        assert verify(SIGNED.code, PUBLIC, gone) == found

    def test_who_looked_it_up_is_told_when(self):
        found = verify(SIGNED, PUBLIC, Withdrawals(as_of=MAY, serials={"SH-2026-0041"}))
        assert found.valid
        assert found.text().endswith("\nIt is not among those withdrawn until 1 May 2026 09:00 (Asia/Shanghai).")
        assert found.text("zh").endswith("\n截至2026年5月1日 09:00（Asia/Shanghai）未被撤销。")

    def test_all_that_is_wrong_is_told(self):
        found = verify(attrs.evolve(SIGNED, remarks=""), PUBLIC, Withdrawals(as_of=MAY, serials={SIGNED.serial}))
        assert len(found.reasons) == 2

    def test_travels(self):
        found = verify(attrs.evolve(SIGNED, remarks=""), PUBLIC, Withdrawals(as_of=MAY))
        assert from_json(to_json(found), Verification) == found

    def test_arguments_are_looked_at(self):
        with pytest.raises(InputError) as caught:
            verify(7, KEY, {"SH-2026-0042"})
        assert [fault.field for fault in caught.value.faults] == ["certificate", "key", "withdrawn"]


class TestWithdrawals:
    GONE = Withdrawals(as_of=MAY, serials=["b", "a", "三"])

    def test_are_read_as_they_were_signed(self):
        text = sign_withdrawals(self.GONE, KEY)
        assert in_base64(text.split(".")[1]).decode() == (
            '{"as_of":"2026-05-01T09:00:00+08:00[Asia/Shanghai]","serials":["a","b","三"]}'
        )
        assert read_withdrawals(text, PUBLIC) == self.GONE
        assert from_json(to_json(self.GONE), Withdrawals) == self.GONE

    def test_there_may_be_many(self):
        many = Withdrawals(as_of=MAY, serials=[f"SH-{number}" for number in range(5000)])
        assert read_withdrawals(sign_withdrawals(many, KEY), PUBLIC) == many

    def test_there_may_be_none(self):
        none = Withdrawals(as_of=MAY)
        assert read_withdrawals(sign_withdrawals(none, KEY), PUBLIC) == none

    @given(st.data())
    def test_no_character_can_be_another(self, data):
        text = sign_withdrawals(self.GONE, KEY)
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.sampled_from([each for each in f"{BASE64}." if each != text[place]]))
        with pytest.raises(RefusedError):
            read_withdrawals(text[:place] + other + text[place + 1 :], PUBLIC)

    def test_a_certificate_is_no_list(self):
        with pytest.raises(RefusedError, match="read_withdrawals is refused: the code is not whole"):
            read_withdrawals(SIGNED.code, PUBLIC)

    @pytest.mark.parametrize(
        "payload",
        [
            b"",
            b"[]",
            b"{}",
            b'{"as_of":7,"serials":[]}',
            b'{"as_of":"2026-05-01T09:00:00+08:00[Nowhere/At_all]","serials":[]}',
            b'{"as_of":"2026-05-01T09:00:00+08:00[../x]","serials":[]}',
            b'{"as_of":"2026-05-01T09:00:00+09:00[Asia/Shanghai]","serials":[]}',
            b'{"as_of":"2026-05-01T09:00:00+08:00[Asia/Shanghai]","serials":["b","a"]}',
            b'{"as_of":"2026-05-01T09:00:00+08:00[Asia/Shanghai]","serials":[[]]}',
            b'{"as_of":"2026-05-01T09:00:00+08:00[Asia/Shanghai]","serials":[7]}',
        ],
    )
    def test_what_was_signed_must_be_a_list(self, payload):
        with pytest.raises(RefusedError, match="is no list of withdrawn certificates"):
            read_withdrawals(sealed(payload, "civicvol-withdrawals", KEY), PUBLIC)

    def test_arguments_are_looked_at(self):
        with pytest.raises(InputError) as caught:
            sign_withdrawals("", PUBLIC)
        assert [fault.field for fault in caught.value.faults] == ["withdrawals", "key"]
        with pytest.raises(InputError) as caught:
            read_withdrawals(b"", KEY)
        assert [fault.field for fault in caught.value.faults] == ["text", "key"]
        with pytest.raises(InputError, match=r"Withdrawals\.serials"):
            Withdrawals(as_of=MAY, serials=[""])
