"""How a working pattern is written in one cell: `weekly MO-FR 09:00-18:00 commute 30`, or `做一休一 自2026-03-01`."""

import re
from collections.abc import Callable
from typing import Any

import attrs

from civicvol.calendar import Free, Rotation, ShiftPattern, StaggeredRest, Weekly, WorkHours
from civicvol.io._cells import CellError, clock, day

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBERS = dict(zip("一二三四五六七", range(1, 8), strict=True))
_ON_OFF = re.compile(rf"做([{''.join(_NUMBERS)}])休([{''.join(_NUMBERS)}])")
_WORD = re.compile(
    r"(?P<hours>\d?\d:\d\d-\d?\d:\d\d)"
    r"|(?:from\s+|自\s*)(?P<anchor>\d{4}-\d\d-\d\d)"
    r"|(?:commute\s+|通勤\s*)(?P<commute>\d{1,4})"
    r"|(?P<turns>\d{1,3}/\d{1,3})"
    r"|(?P<days>\S+)",
    re.ASCII,
)


@attrs.frozen
class _Form:
    """A kind of pattern: its class, the words it needs, those it may have, and how it is written."""

    kind: type[ShiftPattern]
    needs: frozenset[str]
    takes: frozenset[str]
    example: str


_USUAL = frozenset({"hours", "commute"})
_FREE = _Form(Free, frozenset(), frozenset(), "free")
_WEEKLY = _Form(Weekly, frozenset(), _USUAL | {"days"}, "weekly MO-FR 09:00-18:00 commute 30")
_ROTATION = _Form(Rotation, frozenset({"turns", "anchor"}), _USUAL, "rotation 1/1 from 2026-03-01 08:00-08:00")
_STAGGERED = _Form(StaggeredRest, frozenset({"days"}), _USUAL | {"anchor"}, "staggered TU,WE")
_FORMS = {
    **dict.fromkeys(("free", Free.label.zh), _FREE),
    **dict.fromkeys(("weekly", "做五休二"), _WEEKLY),
    "rotation": _ROTATION,
    **dict.fromkeys(("staggered", StaggeredRest.label.zh), _STAGGERED),
}


def pattern(cell: str) -> ShiftPattern:
    """Read a working pattern.

    >>> pattern("rotation 2/1 from 2026-03-01").on, sorted(pattern("错峰休息 周二,周三").rest_days[0])
    (2, ['TU', 'WE'])
    """
    head, _, rest = cell.partition(" ")
    words: dict[str, list[str]] = {}
    for match in _WORD.finditer(rest):
        words.setdefault(str(match.lastgroup), []).append(str(match[str(match.lastgroup)]))
    form = _FORMS.get(head.lower())
    turns = _ON_OFF.fullmatch(head)
    if form is None and turns is not None:
        form = _ROTATION
        words.setdefault("turns", []).append("/".join(str(_NUMBERS[number]) for number in turns.groups()))
    if form is None:
        examples = dict.fromkeys(each.example for each in _FORMS.values())
        raise CellError(f"must be like {', '.join(map(repr, examples))}, or begin with {'、'.join(_CHINESE)}")
    fits = form.needs <= words.keys() <= form.needs | form.takes
    if not fits or any(len(found) > 1 for name, found in words.items() if name != "hours"):
        raise CellError(f"must be like {form.example!r}")
    fields: dict[str, Any] = {}
    for name, found in words.items():
        fields |= _READERS[name](form.kind, found)
    return form.kind(**fields)


def _hours(_: type, found: list[str]) -> dict[str, Any]:
    return {"hours": [WorkHours(*map(clock, each.split("-"))) for each in found]}


def _anchor(_: type, found: list[str]) -> dict[str, Any]:
    return {"anchor": day(found[0])}


def _commute(_: type, found: list[str]) -> dict[str, Any]:
    return {"commute": int(found[0])}


def _turns(_: type, found: list[str]) -> dict[str, Any]:
    on, off = map(int, found[0].split("/"))
    return {"on": on, "off": off}


def _days(kind: type, found: list[str]) -> dict[str, Any]:
    if kind is Weekly:
        return {"days": _weekdays(found[0])}
    return {"rest_days": [_weekdays(each) for each in found[0].split("/")]}


_READERS: dict[str, Callable[[type, list[str]], dict[str, Any]]] = {
    "hours": _hours,
    "anchor": _anchor,
    "commute": _commute,
    "turns": _turns,
    "days": _days,
}
_CHINESE = ("做五休二", "做一休一", Free.label.zh, StaggeredRest.label.zh)


def _weekdays(text: str) -> set[str]:
    """Read weekdays like MO-FR, TU,WE or 周二,周三."""
    for code, name in zip(_WEEKDAYS, "一二三四五六日", strict=True):
        text = text.replace(f"周{name}", code)
    found: set[str] = set()
    for part in re.split("[,，]", text.upper()):
        first, _, last = part.partition("-")
        if first not in _WEEKDAYS or (last or first) not in _WEEKDAYS:
            raise CellError(f"must have weekdays like MO-FR or {','.join(_WEEKDAYS)}")
        begin, end = _WEEKDAYS.index(first), _WEEKDAYS.index(last or first)
        found.update(_WEEKDAYS[number % 7] for number in range(begin, begin + (end - begin) % 7 + 1))
    return found
