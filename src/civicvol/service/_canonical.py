"""The one way in which a value is written before it is signed, so that every program comes to the same bytes."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from typing import Any

import attrs


def canonical(value: Any) -> bytes:
    """Return a value as JSON that can be written in one way only (RFC 8785): UTF-8, keys sorted, no spaces.

    A value is an object of its fields; days are written as in ISO 8601, moments as in RFC 9557, sets as sorted lists.

    >>> canonical({"name": "李伟", "day": date(2026, 3, 1)}).decode()
    '{"day":"2026-03-01","name":"李伟"}'
    """
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(value: Any) -> Any:
    """Return a value in dicts, lists, texts and whole numbers."""
    if attrs.has(type(value)):
        return {field.name: plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime):
        return f"{value.isoformat()}[{value.tzinfo}]"
    return value.isoformat() if isinstance(value, date) else value


def encoded(data: bytes) -> str:
    """Return bytes in base64url without padding (RFC 4648, section 5)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes that `encoded` wrote as this text.

    Raises:
        ValueError: it writes no bytes so.
    """
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encoded(data) != text:
        raise ValueError(text)
    return data
