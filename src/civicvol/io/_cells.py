"""What may stand in the cells of a table of people or shifts: days, numbers, lists, skills, leave and limits."""

import re
from collections.abc import Callable
from datetime import date, time
from functools import partial
from zoneinfo import ZoneInfo

from civicvol import _fields
from civicvol.calendar import Period, TimeSpan
from civicvol.people import Assessment, Limit, Qualification, SkillNeed

_DATE = r"\d{4}-\d\d-\d\d"
_CLOCK = r"\d?\d:\d\d"
_YES, _NO = ("yes", "true", "1", "是"), ("no", "false", "0", "否")

_ASSESSED = {name: each for each in Assessment for name in (each.value, each.label.zh)}
_DAY = re.compile(_DATE, re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_NEED_TEXT = r"(?P<skill>(?:(?!\s(?:level|from|until|自|至)).)+?)(?:\s+level\s+(?P<level>\d)|\s*(?P<zh_level>\d)级)?"
_NEED = re.compile(_NEED_TEXT, re.ASCII)
_SKILL = re.compile(
    rf"{_NEED_TEXT}(?:\s+(?P<assessed>{'|'.join(_ASSESSED)}))?"
    rf"(?:\s+(?:from|自)\s*(?P<first>{_DATE}))?(?:\s+(?:until|至)\s*(?P<last>{_DATE}))?",
    re.ASCII,
)
_LEAVE = re.compile(
    rf"(?P<first>{_DATE})(?:\s*(?:/|至)\s*(?P<last>{_DATE})|\s+(?P<start>{_CLOCK})-(?P<end>{_CLOCK}))?", re.ASCII
)
_PERIODS = {name: each for each in Period for name in (each.value, each.label.zh)} | {"期": Period.HORIZON}
_UNITS = {
    **dict.fromkeys(("minutes", "minute", "分钟"), ("minutes", 1)),
    **dict.fromkeys(("hours", "hour", "小时"), ("minutes", 60)),
    **dict.fromkeys(("shifts", "shift", "班次", "班", "次"), ("shifts", 1)),
}
_LIMIT = re.compile(
    rf"(?P<amount>\d{{1,7}})\s*(?P<unit>{'|'.join(_UNITS)})\s+(?:per|a)\s+(?P<per>{'|'.join(Period)})"
    rf"|每(?P<zh_per>{'|'.join(_PERIODS)})(?P<zh_amount>\d{{1,7}})(?P<zh_unit>{'|'.join(_UNITS)})",
    re.ASCII,
)


class CellError(ValueError):
    """A cell cannot be read; the message says what it must be."""


def name(cell: str) -> str:
    """Read an id or a role."""
    message = _fields.identifier.wrong(cell)
    if message is not None:
        raise CellError(message)
    return cell


def day(cell: str) -> date:
    """Read a day like 2026-03-01."""
    found = _matched(_DAY, cell, "a date like 2026-03-01")
    try:
        return date.fromisoformat(found[0])
    except ValueError:
        raise CellError("must be a date that exists") from None


def clock(cell: str) -> time:
    """Read a time of day like 18:30 or 9:00."""
    found = _matched(_TIME, cell, "a time of day like 18:30")
    return time(int(found[1]), int(found[2]))


def whole(cell: str) -> int:
    """Read a whole number."""
    return int(_matched(_WHOLE, cell, "a whole number")[0])


def number(cell: str) -> float:
    """Read a number, not negative, like 2 or 0.5."""
    return float(_matched(_NUMBER, cell, "a number like 2 or 0.5")[0])


def flag(cell: str) -> bool:
    """Read a yes or no."""
    answer = cell.lower()
    if answer not in (*_YES, *_NO):
        raise CellError(f"must be one of {', '.join((*_YES, *_NO))}")
    return answer in _YES


def members(cell: str) -> tuple[str, ...]:
    """Read a list, with a semicolon or 、 between its members."""
    return tuple(part.strip() for part in re.split("[;；、]", cell) if part.strip())


def qualifications(cell: str) -> tuple[Qualification, ...]:
    """Read skills like `sampling level 2 certified until 2026-12-31; registration`."""
    return tuple(map(_qualification, members(cell)))


def _qualification(text: str) -> Qualification:
    found = _matched(_SKILL, text, "like 'sampling level 2 certified from 2026-01-01 until 2026-12-31'")
    return Qualification(
        skill=found["skill"],
        level=int(found["level"] or found["zh_level"] or 1),
        assessed=_ASSESSED.get(found["assessed"], Assessment.DECLARED),
        valid_from=day(found["first"]) if found["first"] else None,
        valid_until=day(found["last"]) if found["last"] else None,
    )


def needs(cell: str) -> tuple[SkillNeed, ...]:
    """Read the skills that are asked for, like `sampling level 2; registration`."""
    found = (_matched(_NEED, text, "like 'sampling level 2'") for text in members(cell))
    return tuple(SkillNeed(skill=each["skill"], level=int(each["level"] or each["zh_level"] or 1)) for each in found)


def leave(zone: ZoneInfo) -> Callable[[str], tuple[TimeSpan, ...]]:
    """Return a reader of absences like `2026-03-05; 2026-03-08/2026-03-10; 2026-03-20 18:00-21:00`."""
    return lambda cell: tuple(map(partial(_absence, zone), members(cell)))


def _absence(zone: ZoneInfo, text: str) -> TimeSpan:
    found = _matched(_LEAVE, text, "like 2026-03-05, 2026-03-05/2026-03-08 or 2026-03-05 18:00-21:00")
    first = day(found["first"])
    if found["start"]:
        return TimeSpan.on(first, clock(found["start"]), clock(found["end"]), zone)
    last = day(found["last"] or found["first"])
    if last < first:
        raise CellError("must not end before it begins")
    begin, end = (TimeSpan.on(each, time(), time(), zone) for each in (first, last))
    return TimeSpan(begin.start, end.end)


def limits(cell: str) -> tuple[Limit, ...]:
    """Read limits like `1 shift per day; 12 hours per week`, or `每日1班；每周12小时`."""
    stated: dict[Period, dict[str, int]] = {}
    for text in members(cell):
        found = _matched(_LIMIT, text, "like '12 hours per week' or '每周12小时'")
        name, times = _UNITS[found["unit"] or found["zh_unit"]]
        amounts = stated.setdefault(_PERIODS[found["per"] or found["zh_per"]], {})
        if name in amounts:
            raise CellError("must have one limit of a kind for a period")
        amounts[name] = int(found["amount"] or found["zh_amount"]) * times
    return tuple(Limit(per=per, **amounts) for per, amounts in stated.items())


def _matched(form: re.Pattern[str], text: str, example: str) -> re.Match[str]:
    found = form.fullmatch(text)
    if found is None:
        raise CellError(f"must be {example}")
    return found
