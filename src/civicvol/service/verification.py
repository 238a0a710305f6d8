"""Checking a certificate without asking anybody: by its verification code and the issuer's public key."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

import attrs

from civicvol import _fields
from civicvol.calendar._checks import day as _day
from civicvol.errors import RefusedError
from civicvol.labels import Label, Language
from civicvol.service._canonical import canonical, encoded, plain
from civicvol.service._certificate_words import PARTICULARS, day_label, hours_label, listed, moment_label, period_label
from civicvol.service._seal import content, sealed, unsealed
from civicvol.service.certificate import Certificate, one_line
from civicvol.service.keys import PublicKey, SigningKey
from civicvol.service.withdrawals import Withdrawals

_KIND = "civicvol-certificate"
_STEP = "verify_code"
_STRANGE = Label("what was signed is no certificate", "所签内容不是志愿服务证明")
_UNSIGNED = Label("it has no verification code", "没有验证码")
_ALTERED = Label("it was altered after it was signed: {}", "签名之后被改动：{}")
_BETWEEN = Label(", ", "、")
_WITHDRAWN = Label("certificate {} was withdrawn", "证明{}已被撤销")
_GENUINE = Label(
    "Certificate {} is genuine: {} (volunteer number {}) served {} {}. Issued on {} by {}.",
    "证明{}真实有效：{}（志愿者编号{}），服务时长{}，服务期间{}。{}由{}出具。",
)
_STANDS = Label("It is not among those withdrawn until {}.", "截至{}未被撤销。")
_NOT_LOOKED_UP = Label("Whether it was withdrawn since was not looked up.", "此后是否被撤销，未经查询。")
_INVALID = Label("The certificate does not hold: {}.", "证明无效：{}。")


@attrs.frozen(kw_only=True)
class Claims:
    """What a verification code says of the certificate it belongs to.

    Args:
        serial: the certificate's serial number.
        name: who it is about.
        number: their number as a volunteer.
        minutes: the time it certifies.
        first_day: the first day of the period it covers.
        last_day: the last.
        issued: the day of issue.
        issuer: who vouches for it.
        digest: the SHA-256 digest of all its particulars, in base64url.
    """

    serial: str = attrs.field(validator=one_line)
    name: str = attrs.field(validator=one_line)
    number: str = attrs.field(validator=one_line)
    minutes: int = attrs.field(validator=_fields.whole(1))
    first_day: date = attrs.field(validator=_day)
    last_day: date = attrs.field(validator=_day)
    issued: date = attrs.field(validator=_day)
    issuer: Label = attrs.field(validator=_fields.is_a(Label, "a label"))
    digest: str = attrs.field(validator=one_line)

    def text(self, language: Language = "en") -> str:
        """Return the claims as a sentence."""
        said = _GENUINE.filled(
            self.serial,
            self.name,
            self.number,
            hours_label(self.minutes),
            period_label(self.first_day, self.last_day),
            day_label(self.issued),
            self.issuer,
        )
        return said.text(language)


@attrs.frozen(kw_only=True)
class Verification:
    """What came of checking a certificate.

    Args:
        claims: what its code says, where its signature is right.
        reasons: what stands against it; nothing where it is genuine.
        withdrawals_as_of: the moment of the list of withdrawn certificates it was looked up in, if in any.
    """

    claims: Claims | None = None
    reasons: tuple[Label, ...] = ()
    withdrawals_as_of: datetime | None = None

    @property
    def valid(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons

    def text(self, language: Language = "en") -> str:
        """Return what came of it, in sentences."""
        if self.claims is None or self.reasons:
            return "\n".join(_INVALID.filled(reason).text(language) for reason in self.reasons)
        as_of = self.withdrawals_as_of
        standing = _NOT_LOOKED_UP if as_of is None else _STANDS.filled(moment_label(as_of))
        return "\n".join((self.claims.text(language), standing.text(language)))


def sign(certificate: Certificate, key: SigningKey) -> Certificate:
    """Return a certificate with its verification code.

    Args:
        certificate: the certificate; a code that it has is replaced.
        key: the issuer's signing key.

    Raises:
        InputError: an argument is of the wrong kind.
        MissingExtraError: `cryptography` is not installed.
    """
    _fields.require(
        certificate=(certificate, _fields.is_a(Certificate, "a Certificate")),
        key=(key, _fields.is_a(SigningKey, "a SigningKey")),
    )
    return attrs.evolve(certificate, code=sealed(canonical(claims_of(certificate)), _KIND, key))


def claims_of(certificate: Certificate) -> Claims:
    """Return what the code of a certificate has to say.

    Its digest is that of the certificate's fields but `code`, written as `verify_code` says of the claims. Labels are
    objects with `en` and `zh`, moments are written as in RFC 9557 (`2026-04-05T09:00:00+08:00[Asia/Shanghai]`).

    Raises:
        InputError: it is no certificate.
    """
    _fields.expect("certificate", certificate, Certificate, "a Certificate")
    particulars = plain(certificate)
    del particulars["code"]
    return Claims(
        serial=certificate.serial,
        name=certificate.holder.name,
        number=certificate.holder.number,
        minutes=certificate.minutes,
        first_day=certificate.first_day,
        last_day=certificate.last_day,
        issued=certificate.issued.date(),
        issuer=certificate.issuer.name,
        digest=encoded(sha256(canonical(particulars)).digest()),
    )


def verify_code(code: str, key: PublicKey) -> Claims:
    """Return what a verification code says, once it is found to be the issuer's.

    A code is a JSON Web Signature in compact form (RFC 7515) with an Ed25519 key (RFC 8037), so any program can check
    it: three texts in base64url without padding, with a full stop between them. The first is the header
    `{"alg":"EdDSA","typ":"civicvol-certificate"}`, the second the claims, the third the signature, 64 bytes, of the
    first two with their full stop. The claims are an object with the fields of `Claims`, days written as in ISO 8601,
    in the one form that RFC 8785 allows: UTF-8, keys sorted, no spaces between, no escapes that are not needed.

    Whether the certificate was withdrawn later, or says the same as its code, the code alone cannot tell; `verify`
    can.

    Args:
        code: the code; spaces and line breaks in it do not count.
        key: the issuer's public key.

    Raises:
        InputError: an argument is of the wrong kind.
        RefusedError: the code was cut off or altered, or somebody else made it.
        MissingExtraError: `cryptography` is not installed.
    """
    _fields.require(code=(code, _fields.text), key=(key, _fields.is_a(PublicKey, "a PublicKey")))
    payload = unsealed(code, _KIND, key, _STEP)
    try:
        found = json.loads(payload)
        days = {field: date.fromisoformat(found[field]) for field in ("first_day", "last_day", "issued")}
        claims = Claims(**{**found, **days, "issuer": Label(**found["issuer"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RefusedError(_STEP, [_STRANGE]) from None
    if canonical(claims) != payload:
        raise RefusedError(_STEP, [_STRANGE])
    return claims


def verify(certificate: Certificate | str, key: PublicKey, withdrawn: Withdrawals | None = None) -> Verification:
    """Return whether a certificate is genuine, says what was signed, and was not withdrawn.

    Args:
        certificate: the certificate, or its code alone.
        key: the issuer's public key.
        withdrawn: the issuer's list of withdrawn certificates; it is not looked up where there is none.

    Raises:
        InputError: an argument is of the wrong kind.
        MissingExtraError: `cryptography` is not installed.
    """
    _fields.require(
        certificate=(certificate, _fields.is_a(Certificate | str, "a Certificate, or its code")),  # type: ignore[arg-type]
        key=(key, _fields.is_a(PublicKey, "a PublicKey")),
        withdrawn=(withdrawn, _fields.optional(_fields.is_a(Withdrawals, "Withdrawals"))),
    )
    as_of = None if withdrawn is None else withdrawn.as_of
    code = certificate.code if isinstance(certificate, Certificate) else certificate
    if not code:
        return Verification(reasons=(_UNSIGNED,), withdrawals_as_of=as_of)
    try:
        claims = verify_code(code, key)
    except RefusedError as error:
        return Verification(reasons=error.reasons, withdrawals_as_of=as_of)
    reasons = [] if isinstance(certificate, str) else list(_altered(claims, claims_of(certificate)))
    if withdrawn is not None and claims.serial in withdrawn.serials:
        reasons.append(_WITHDRAWN.filled(claims.serial))
    return Verification(claims=claims, reasons=tuple(reasons), withdrawals_as_of=as_of)


def is_signed(certificate: Certificate) -> bool:
    """Return whether the code of a certificate says the same as the certificate, whoever signed it."""
    return content(certificate.code) == canonical(claims_of(certificate))


def _altered(claims: Claims, own: Claims) -> Iterator[Label]:
    """Yield what a certificate says otherwise than its code; the digest is named where nothing else is."""
    fields = [field for field, value in plain(own).items() if plain(claims)[field] != value]
    named = [PARTICULARS[field] for field in fields if field != "digest" or fields == ["digest"]]
    if named:
        yield _ALTERED.filled(listed(named, _BETWEEN))
