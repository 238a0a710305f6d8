"""Validators and converters that the value classes share.

A validator here is a `Check`: a function that says in words what is wrong with a value, or None. When one field of a
value is wrong, all of its fields are looked at, so the error lists every fault at once. Converters never raise: what
they cannot convert they leave for the check to refuse.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from civicvol.errors import Fault, InputError

LONGEST_TEXT = 10_000
MOST_MINUTES = 10 * 366 * 24 * 60


@attrs.frozen
class Check:
    """An attrs validator made from a function that returns what is wrong with a value, or None."""

    wrong: Callable[[Any], str | None]

    def __call__(self, instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        if self.wrong(value) is not None:
            raise InputError(faults_of(instance))


def faults_of(instance: Any) -> Iterator[Fault]:
    """Yield a fault for every field of an attrs instance that its check refuses.

    A field that took its default from another one is not blamed for that one's fault.
    """
    owner = getattr(instance, "id", None)
    blamed: list[Any] = []
    for attribute in attrs.fields(type(instance)):
        if not isinstance(attribute.validator, Check):
            continue
        value = getattr(instance, attribute.name)
        derived = isinstance(attribute.default, attrs.Factory) and attribute.default.takes_self  # type: ignore[arg-type]
        if derived and any(value is each for each in blamed):
            continue
        message = attribute.validator.wrong(value)
        if message is not None:
            blamed.append(value)
            yield Fault(
                f"{type(instance).__name__}.{attribute.name}",
                message,
                id=owner if isinstance(owner, str) and attribute.name != "id" else None,
                value=value,
            )


def is_a(kind: type, name: str) -> Check:
    """Accept instances of `kind`; `name` is how a person calls it ("a date")."""
    return Check(lambda value: None if isinstance(value, kind) else f"must be {name}")


def exactly(kind: type, name: str) -> Check:
    """Accept instances of `kind` itself, no subclass (a datetime is no date, True is no number)."""
    return Check(lambda value: None if type(value) is kind else f"must be {name}")


def _wrong_text(value: Any) -> str | None:
    if not isinstance(value, str):
        return "must be text"
    if len(value) > LONGEST_TEXT:
        return f"must have at most {LONGEST_TEXT:,} characters"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "must be text that can be written"
    return None


def _wrong_id(value: Any) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "must be a text that is not empty"
    if value != value.strip() or not value.isprintable():
        return "must have no spaces around it and no control characters"
    return _wrong_text(value)


def is_id(value: Any) -> bool:
    """Return whether a value can be an id."""
    return _wrong_id(value) is None


text = Check(_wrong_text)
"""Any text, also none."""

identifier = Check(_wrong_id)
"""The app's own opaque id: text, not empty, printable."""

function = Check(lambda value: None if callable(value) else "must be a function")

flag = exactly(bool, "True or False")


def whole(least: int = 0, most: int = MOST_MINUTES) -> Check:
    """Accept whole numbers from `least` to `most`."""

    def wrong(value: Any) -> str | None:
        if type(value) is not int:
            return "must be a whole number"
        return None if least <= value <= most else f"must be from {least:,} to {most:,}"

    return Check(wrong)


def number(least: float = 0.0, most: float = 1e9) -> Check:
    """Accept finite numbers from `least` to `most`."""

    def wrong(value: Any) -> str | None:
        if type(value) not in (int, float):
            return "must be a number"
        return None if least <= value <= most else f"must be from {least:g} to {most:g}"

    return Check(wrong)


importance = number(1e-3, 1e6)
"""How much one thing counts beside others of its kind."""


def optional(check: Check) -> Check:
    """Accept None, and what `check` accepts."""
    return Check(lambda value: None if value is None else check.wrong(value))


def tuple_of(check: Check, *, unique: Callable[[Any], Any] | None = None, least: int = 0) -> Check:
    """Accept tuples whose members all pass `check`; with `unique`, no two may have the same key."""

    def wrong(value: Any) -> str | None:
        if not isinstance(value, tuple):
            return "must be a list or tuple"
        if len(value) < least:
            return f"must have at least {least} member{'s' if least > 1 else ''}"
        return _wrong_members(value, check) or (None if unique is None else _wrong_twice(value, unique))

    return Check(wrong)


def set_of(check: Check) -> Check:
    """Accept frozensets whose members all pass `check`."""

    def wrong(value: Any) -> str | None:
        wrong_member = _wrong_members(value, check) if isinstance(value, frozenset | tuple) else None
        return wrong_member or (None if isinstance(value, frozenset) else "must be a set or list")

    return Check(wrong)


def _wrong_members(value: Iterable[Any], check: Check) -> str | None:
    for place, member in enumerate(value, start=1):
        message = check.wrong(member)
        if message is not None:
            return f"has a member (number {place}) that {message}"
    return None


def _wrong_twice(value: Iterable[Any], key: Callable[[Any], Any]) -> str | None:
    seen = set()
    for member in value:
        try:
            if key(member) in seen:
                return f"has {key(member)!r} twice"
            seen.add(key(member))
        except TypeError:
            return (
                f"has a member that cannot be compared with others, a {type(member).__name__}: is a field of it a list?"
            )
    return None


def as_tuple(value: Iterable[Any]) -> Any:
    """Turn a list, set or other collection into a tuple; leave anything else as it is."""
    return value if isinstance(value, str | bytes | dict) or not isinstance(value, Iterable) else tuple(value)


def as_frozenset(value: Iterable[Any]) -> Any:
    """Turn a list, tuple or other collection into a frozenset; leave anything else as it is."""
    members = as_tuple(value)
    try:
        return frozenset(members) if isinstance(members, tuple) else members
    except TypeError:
        return members


def as_zone(value: str | ZoneInfo) -> ZoneInfo:
    """Turn a zone's name into the zone; leave anything else as it is."""
    if isinstance(value, str):
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return value  # type: ignore[return-value]
    return value


zone = Check(
    lambda value: (
        None
        if isinstance(value, ZoneInfo) and value.key is not None
        else "must be a time zone's name, like 'Asia/Shanghai', or its ZoneInfo"
    )
)

day = exactly(date, "a date (and not a datetime)")

wall_time = Check(
    lambda value: (
        None
        if isinstance(value, time) and value.tzinfo is None and not value.second and not value.microsecond
        else "must be a time of day in whole minutes without a zone"
    )
)


def expect(field: str, value: Any, kind: type | tuple[type, ...], name: str) -> None:
    """Raise an InputError unless a method's argument is of a kind; quick, for methods that are called very often."""
    if not isinstance(value, kind):
        raise InputError.of(field, f"must be {name}", value=value)


def require(**checked: tuple[Any, Check]) -> None:
    """Raise one InputError for all arguments that their checks refuse.

    Raises:
        InputError: naming every argument that is wrong, with its value.
    """
    messages = ((field, value, check.wrong(value)) for field, (value, check) in checked.items())
    faults = [Fault(field, message, value=value) for field, value, message in messages if message is not None]
    if faults:
        raise InputError(faults)
