"""What is asked of the package `cryptography`; loaded only where a key is used."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


def new() -> bytes:
    """Return a new signing key, from the randomness of the operating system."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(signing: bytes) -> bytes:
    """Return the public key that belongs to a signing key."""
    return Ed25519PrivateKey.from_private_bytes(signing).public_key().public_bytes_raw()


def signature(signing: bytes, message: bytes) -> bytes:
    """Return the signature of a message, 64 bytes; it is the same every time."""
    return Ed25519PrivateKey.from_private_bytes(signing).sign(message)


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a signature of a message was made with the signing key of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def signing_to_pem(signing: bytes, password: str) -> str:
    """Return a signing key as PEM (PKCS #8), encrypted where there is a password."""
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    key = Ed25519PrivateKey.from_private_bytes(signing)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock).decode()


def signing_from_pem(pem: str, password: str) -> bytes | None:
    """Return the signing key in a PEM text; None where there is none, or the password does not open it."""
    try:
        key = load_pem_private_key(pem.encode(), password.encode() or None)
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return None
    return key.private_bytes_raw() if isinstance(key, Ed25519PrivateKey) else None


def public_to_pem(public: bytes) -> str:
    """Return a public key as PEM (SubjectPublicKeyInfo)."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_from_pem(pem: str) -> bytes | None:
    """Return the public key in a PEM text; None where there is none."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None
