"""Keys for certificates: a signing key that the issuer keeps secret, and a public key that anybody may have."""

from types import ModuleType
from typing import Any

import attrs

from civicvol import _fields
from civicvol._fields import Check
from civicvol.errors import InputError, MissingExtraError
from civicvol.service._canonical import decoded, encoded

_BYTES = 32
_LONGEST_PASSWORD = 1000


def _wrong_key(value: Any) -> str | None:
    try:
        fits = isinstance(value, str) and len(decoded(value)) == _BYTES
    except ValueError:
        fits = False
    return None if fits else f"must be {_BYTES} bytes as 43 characters of base64url"


@attrs.frozen
class PublicKey:
    """The key that certificates are checked with; an Ed25519 key (RFC 8032), which anybody may have.

    Args:
        text: its 32 bytes in base64url, without padding (RFC 4648, section 5): 43 characters.
    """

    text: str = attrs.field(validator=Check(_wrong_key))

    @classmethod
    def from_pem(cls, pem: str) -> "PublicKey":
        """Return the key in a PEM text (SubjectPublicKeyInfo, RFC 8410).

        Raises:
            InputError: there is no public Ed25519 key in it.
            MissingExtraError: `cryptography` is not installed.
        """
        _fields.require(pem=(pem, _fields.text))
        found = _ed25519().public_from_pem(pem)
        if found is None:
            raise InputError.of("pem", "must be the PEM text of a public Ed25519 key", value=pem)
        return cls(encoded(found))

    def to_pem(self) -> str:
        """Return the key as a PEM text (SubjectPublicKeyInfo, RFC 8410).

        Raises:
            MissingExtraError: `cryptography` is not installed.
        """
        pem: str = _ed25519().public_to_pem(decoded(self.text))
        return pem

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Return whether the signature of a message was made with the signing key that belongs to this key.

        Raises:
            MissingExtraError: `cryptography` is not installed.
        """
        _fields.expect("message", message, bytes, "bytes")
        _fields.expect("signature", signature, bytes, "bytes")
        genuine: bool = _ed25519().verifies(decoded(self.text), message, signature)
        return genuine


@attrs.frozen
class SigningKey:
    """The key that certificates are signed with; an Ed25519 key (RFC 8032), which the issuer keeps secret.

    The library holds no key, and shows none: neither its `repr` nor an error about it says what it is.

    Args:
        text: its 32 bytes in base64url, without padding (RFC 4648, section 5): 43 characters.
    """

    text: str = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        wrong = _wrong_key(self.text)
        if wrong is not None:
            raise InputError.of("SigningKey.text", wrong)

    @classmethod
    def new(cls) -> "SigningKey":
        """Return a key that nobody has yet; the one place in the library that draws on chance, the operating system's.

        Raises:
            MissingExtraError: `cryptography` is not installed.
        """
        return cls(encoded(_ed25519().new()))

    @classmethod
    def from_pem(cls, pem: str, password: str = "") -> "SigningKey":
        """Return the key in a PEM text (PKCS #8, RFC 8410).

        Args:
            pem: the text.
            password: what it is encrypted with; none where it is not.

        Raises:
            InputError: there is no private Ed25519 key in it, or the password does not open it.
            MissingExtraError: `cryptography` is not installed.
        """
        _require_secret("pem", pem)
        _require_secret("password", password)
        found = _ed25519().signing_from_pem(pem, password)
        if found is None:
            raise InputError.of("pem", "must be the PEM text of a private Ed25519 key, which the password opens")
        return cls(encoded(found))

    def to_pem(self, password: str = "") -> str:
        """Return the key as a PEM text (PKCS #8, RFC 8410).

        Args:
            password: what to encrypt it with; it is not encrypted where there is none.

        Raises:
            InputError: the password is no text, or longer than 1,000 bytes.
            MissingExtraError: `cryptography` is not installed.
        """
        _require_secret("password", password)
        pem: str = _ed25519().signing_to_pem(decoded(self.text), password)
        return pem

    @property
    def public(self) -> PublicKey:
        """The public key that belongs to it."""
        return PublicKey(encoded(_ed25519().public_of(decoded(self.text))))

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, 64 bytes; the same message has the same signature every time.

        Raises:
            MissingExtraError: `cryptography` is not installed.
        """
        _fields.expect("message", message, bytes, "bytes")
        signature: bytes = _ed25519().signature(decoded(self.text), message)
        return signature


def _require_secret(field: str, value: Any) -> None:
    """Refuse what is no text, without saying what it is."""
    wrong = _fields.text.wrong(value)
    if wrong is None and field == "password" and len(value.encode()) > _LONGEST_PASSWORD:
        wrong = f"must have at most {_LONGEST_PASSWORD:,} bytes"
    if wrong is not None:
        raise InputError.of(field, wrong)


def _ed25519() -> ModuleType:
    try:
        from civicvol.service import _ed25519
    except ImportError as error:
        raise MissingExtraError("cryptography", "certificates") from error
    return _ed25519
