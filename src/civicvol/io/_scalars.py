"""How texts, numbers, choices and times are written in JSON, and read strictly."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import Enum
from inspect import isclass
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from cattrs import Converter

from civicvol import _fields
from civicvol.io._faults import UnfitError

Hook = Callable[[Any, Any], Any]

_SCALAR = str | int | float
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[+-]\d\d:\d\d(?::\d\d)?)\[([^\[\]]+)\]", re.ASCII)


def register_scalars(converter: Converter) -> None:
    """Teach a converter every value that has no parts."""
    for kind, read in _READERS.items():
        converter.register_structure_hook(kind, read)
    converter.register_structure_hook_func(lambda each: each == _SCALAR, _scalar)
    converter.register_structure_hook_func(lambda each: isclass(each) and issubclass(each, Enum), _choice)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(time, _time_text)
    converter.register_unstructure_hook(datetime, lambda value: f"{value.isoformat()}[{value.tzinfo}]")
    converter.register_unstructure_hook(ZoneInfo, str)


def _exactly(kind: type, name: str) -> Hook:
    def read(value: Any, wanted: Any) -> Any:
        if wanted is not kind:  # cattrs sends an enumeration of texts to the hook for texts
            return _choice(value, wanted)
        if type(value) is not kind:
            raise UnfitError(f"must be {name}")
        return value

    return read


def _number(value: Any, _: Any) -> float:
    if type(value) not in (int, float) or not isfinite(value):
        raise UnfitError("must be a finite number")
    return value  # type: ignore[no-any-return]


def _scalar(value: Any, _: Any) -> str | float:
    return value if type(value) is str else _number(value, _)


def _choice(value: Any, kind: type[Enum]) -> Enum:
    for member in kind:
        if type(value) is type(member.value) and value == member.value:
            return member
    raise UnfitError(f"must be one of {', '.join(str(member.value) for member in kind)}")


def _canonical(read: Callable[[str], Any], write: Callable[[Any], str], name: str) -> Hook:
    """Return a hook that reads only what would be written just so."""

    def hook(value: Any, _: Any) -> Any:
        try:
            found = read(value)
        except (TypeError, ValueError):
            raise UnfitError(f"must be {name}") from None
        if write(found) != value:
            raise UnfitError(f"must be {name}")
        return found

    return hook


def _time_text(value: time) -> str:
    return value.isoformat("minutes")


def _moment(value: Any, _: Any) -> datetime:
    match = _MOMENT.fullmatch(value) if type(value) is str else None
    if match is None:
        raise UnfitError("must be a moment like 2026-03-01T18:00:00+08:00[Asia/Shanghai]")
    zone = _zone(match[2], _)
    try:
        stated = datetime.fromisoformat(match[1])
        found = stated.astimezone(zone)
    except (ValueError, OverflowError):
        raise UnfitError("must be a moment that exists") from None
    if found.utcoffset() != stated.utcoffset():
        raise UnfitError(f"must have the offset of its zone, which makes it {found.isoformat()}")
    return found


def _zone(value: Any, _: Any) -> ZoneInfo:
    zone = _fields.as_zone(value)
    if not isinstance(zone, ZoneInfo):
        raise UnfitError("must have the name of a time zone, like Asia/Shanghai")
    return zone


_READERS: dict[type, Hook] = {
    str: _exactly(str, "text"),
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    float: _number,
    date: _canonical(date.fromisoformat, date.isoformat, "a date like 2026-03-01"),
    time: _canonical(time.fromisoformat, _time_text, "a time of day like 18:30"),
    datetime: _moment,
    ZoneInfo: _zone,
}
