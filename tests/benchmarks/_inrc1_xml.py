"""The files of the First International Nurse Rostering Competition: XML, as the competition's schema has it."""

import xml.etree.ElementTree as ET
from collections.abc import Container, Iterable, Mapping
from datetime import date, time
from pathlib import Path
from typing import TypeVar

from _inrc1 import (
    ANY,
    LIMITS,
    NONE,
    REQUESTS,
    WEEKDAYS,
    WEEKENDS,
    WISHES,
    Contract,
    Instance,
    Nurse,
    Pattern,
    Request,
    ShiftType,
)

Named = TypeVar("Named", ShiftType, Contract, Nurse)


def read(path: Path) -> Instance:
    """Read an instance.

    Raises:
        ValueError: the file cannot be used; the sentence says why.
        OSError: it cannot be read.
    """
    return parse(path.read_bytes())


def parse(text: str | bytes) -> Instance:
    """Read an instance from XML.

    Raises:
        ValueError: it cannot be used; the sentence says why.
    """
    try:
        root = ET.fromstring(text)  # noqa: S314 - a file of one's own
    except ET.ParseError as error:
        raise ValueError(f"is not XML: {error}") from error
    if root.tag != "SchedulingPeriod":
        raise ValueError(f"is no instance of INRC-I: it is a <{root.tag}>, not a <SchedulingPeriod>")
    first_day, last_day = _date(root, "StartDate"), _date(root, "EndDate")
    days = (last_day - first_day).days + 1
    if days < 1:
        raise ValueError(f"ends on {last_day}, before it begins, on {first_day}")
    types = _unique((_shift_type(each) for each in root.iterfind("ShiftTypes/Shift")), "shift type")
    patterns = {_attribute(each, "ID"): _pattern(each, types) for each in root.iterfind("Patterns/Pattern")}
    contracts = _unique((_contract(each, patterns) for each in root.iterfind("Contracts/Contract")), "contract")
    nurses = _unique((_nurse(each, contracts) for each in root.iterfind("Employees/Employee")), "nurse")
    return Instance(
        first_day=first_day,
        days=days,
        types=types,
        contracts=contracts,
        nurses=tuple(nurses.values()),
        cover=_cover(root, first_day, days, types),
        requests=_requests(root, first_day, days, types, nurses),
    )


def _shift_type(element: ET.Element) -> ShiftType:
    return ShiftType(
        id=_attribute(element, "ID"),
        start=_time(element, "StartTime"),
        end=_time(element, "EndTime"),
        skills=_texts(element, "Skills/Skill"),
    )


def _pattern(element: ET.Element, types: Container[str]) -> Pattern:
    id = _attribute(element, "ID")
    entries = element.findall("PatternEntries/PatternEntry")
    entries.sort(key=lambda entry: _whole(entry.get("index", ""), f"the index of an entry of pattern {id!r}"))
    steps = [_text(entry, "ShiftType") for entry in entries]
    if len(steps) < 2:
        raise ValueError(f"pattern {id!r} must have two entries or more")
    named = [(place, _text(entry, "Day")) for place, entry in enumerate(entries)]
    begins = {(_weekday(day) - place) % 7 for place, day in named if day != ANY}
    if len(begins) > 1:
        raise ValueError(f"the weekdays of pattern {id!r} do not follow one another")
    return Pattern(
        steps=tuple(step if step in {ANY, NONE} else _known(step, types, "shift type") for step in steps),
        weekday=begins.pop() if begins else None,
        weight=_weight(element),
    )


def _contract(element: ET.Element, patterns: Mapping[str, Pattern]) -> Contract:
    weights, limits = {}, {}
    for name in (*LIMITS, *WISHES):
        found = element.find(name)
        if found is None or not _weight(found):
            continue
        if name in LIMITS and _flag(found.get("on", "1")):
            weights[name], limits[name] = _weight(found), _whole(found.text or "", name)
        elif name in WISHES and _flag(found.text or ""):
            weights[name] = _weight(found)
    weekend = _known(element.findtext("WeekendDefinition", "SaturdaySunday").strip(), WEEKENDS, "weekend")
    unwanted = [
        _known((each.text or "").strip(), patterns, "pattern") for each in element.iterfind("UnwantedPatterns/*")
    ]
    return Contract(
        id=_attribute(element, "ID"),
        weights=weights,
        limits=limits,
        weekend=WEEKENDS[weekend],
        patterns=tuple(patterns[each] for each in unwanted),
    )


def _nurse(element: ET.Element, contracts: Container[str]) -> Nurse:
    return Nurse(
        id=_attribute(element, "ID"),
        contract=_known(_text(element, "ContractID"), contracts, "contract"),
        skills=_texts(element, "Skills/Skill"),
    )


def _cover(root: ET.Element, first_day: date, days: int, types: Container[str]) -> Mapping[tuple[int, str], int]:
    """Return how many nurses each shift asks for; what is said of a date comes after what is said of its weekday."""
    cover: dict[tuple[int, str], int] = {}
    weekly = [(_weekday(_text(each, "Day")), each) for each in root.iterfind("CoverRequirements/DayOfWeekCover")]
    dated = [(_date(each, "Date"), each) for each in root.iterfind("CoverRequirements/DateSpecificCover")]
    for when, element in (*weekly, *dated):
        if isinstance(when, date):
            places = [(when - first_day).days]
        else:
            places = list(range((when - first_day.weekday()) % 7, days, 7))
        for each in element.iterfind("Cover"):
            shift = _known(_text(each, "Shift"), types, "shift type")
            needed = _whole(each.findtext("Preferred", "0"), "Preferred")
            cover.update(((day, shift), needed) for day in places if 0 <= day < days)
    return {place: needed for place, needed in cover.items() if needed}


def _requests(
    root: ET.Element, first_day: date, days: int, types: Container[str], nurses: Container[str]
) -> Mapping[Request, int]:
    requests: dict[Request, int] = {}
    for kind in REQUESTS:
        for element in root.iterfind(f"{kind}Requests/{kind}"):
            nurse = _known(_text(element, "EmployeeID"), nurses, "nurse")
            shift = _known(_text(element, "ShiftTypeID"), types, "shift type") if kind.startswith("Shift") else ""
            key = kind, nurse, (_date(element, "Date") - first_day).days, shift
            requests[key] = max(_weight(element), requests.get(key, 0))
    return {key: weight for key, weight in requests.items() if weight and 0 <= key[2] < days}


def _unique(values: Iterable[Named], kind: str) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for each in values:
        if each.id in found:
            raise ValueError(f"there are two of the {kind} {each.id!r}")
        found[each.id] = each
    return found


def _attribute(element: ET.Element, name: str) -> str:
    value = (element.get(name) or "").strip()
    if not value:
        raise ValueError(f"a <{element.tag}> has no {name}")
    return value


def _text(element: ET.Element, tag: str) -> str:
    text = (element.findtext(tag) or "").strip()
    if not text:
        raise ValueError(f"a <{element.tag}> has no <{tag}>")
    return text


def _texts(element: ET.Element, path: str) -> frozenset[str]:
    return frozenset((each.text or "").strip() for each in element.iterfind(path))


def _known(text: str, ids: Container[str], kind: str) -> str:
    if text not in ids:
        raise ValueError(f"there is no {kind} {text!r}")
    return text


def _weekday(text: str) -> int:
    return WEEKDAYS.index(_known(text, WEEKDAYS, "weekday"))


def _whole(text: str, name: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"{name} must be a whole number from 0, not {text!r}")
    return int(text)


def _weight(element: ET.Element) -> int:
    return _whole(element.get("weight", "1"), f"the weight of a <{element.tag}>")


def _flag(text: str) -> bool:
    return _known(text.strip(), ("0", "1", "false", "true"), "answer") in {"1", "true"}


def _date(element: ET.Element, tag: str) -> date:
    text = _text(element, tag)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"<{tag}> must be a date like 2010-01-31, not {text!r}") from error


def _time(element: ET.Element, tag: str) -> time:
    text = _text(element, tag)
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"<{tag}> must be a time like 22:30:00, not {text!r}") from error
