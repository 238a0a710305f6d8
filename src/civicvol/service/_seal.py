"""Sealed texts: data and who vouches for it, in one line that anybody can check with a public key."""

from civicvol.errors import RefusedError
from civicvol.labels import Label
from civicvol.service._canonical import canonical, decoded, encoded
from civicvol.service.keys import PublicKey, SigningKey

_NOT_WHOLE = Label("the code is not whole: it was cut off or altered", "验证码不完整：已被截断或改动")
_FORGED = Label(
    "the signature is not the issuer's: the code was altered, or made by somebody else",
    "签名不属于颁发单位：验证码已被改动，或由他人制作",
)


def sealed(payload: bytes, kind: str, key: SigningKey) -> str:
    """Return data of a kind with its signature, as a JSON Web Signature in compact form (RFC 7515, RFC 8037)."""
    signed = f"{_header(kind)}.{encoded(payload)}"
    return f"{signed}.{encoded(key.sign(signed.encode()))}"


def unsealed(text: str, kind: str, key: PublicKey, step: str) -> bytes:
    """Return the data in a sealed text, once its signature is found right.

    Raises:
        RefusedError: of this step: the text is not whole, of another kind, or not signed with the key's counterpart.
    """
    parts = _parts(text)
    if parts is None or parts[0] != _header(kind):
        raise RefusedError(step, [_NOT_WHOLE])
    header, payload, signature = parts
    if not key.verifies(f"{header}.{payload}".encode(), decoded(signature)):
        raise RefusedError(step, [_FORGED])
    return decoded(payload)


def content(text: str) -> bytes | None:
    """Return what a sealed text says, whoever sealed it; None where it is not whole."""
    parts = _parts(text)
    return None if parts is None else decoded(parts[1])


def _parts(text: str) -> list[str] | None:
    """Return header, payload and signature, None where there are no such; spaces and line breaks do not count."""
    parts = "".join(text.split()).split(".")
    try:
        whole = len([decoded(part) for part in parts]) == 3
    except ValueError:
        whole = False
    return parts if whole else None


def _header(kind: str) -> str:
    return encoded(canonical({"alg": "EdDSA", "typ": kind}))
