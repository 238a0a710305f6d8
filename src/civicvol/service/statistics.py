"""Statistics of service, by category, unit, month or age, in which no small group can be made out."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from civicvol import _fields
from civicvol._fields import Check
from civicvol.labels import Choice, Label, Language
from civicvol.service.book import ServiceBook
from civicvol.service.hours import HoursPolicy
from civicvol.service.person import PersonalDetails
from civicvol.service.purpose import Purpose
from civicvol.service.quantity import CountUnit, Status
from civicvol.service.suppression import suppressed
from civicvol.service.tally import Counting, Served, amounts
from civicvol.table import Table

HIDDEN = "–"
"""What a figure that is not shown is written as."""

_UNITS = (CountUnit.PEOPLE, CountUnit.PERSON_TIMES, CountUnit.MINUTES)
_TITLE = Label("Service by {}", "按{}统计的志愿服务")
_TOTAL = Label("total", "合计")
_UNSTATED = Label("not stated", "未注明")
_UNDER, _FROM, _BETWEEN = (
    Label("under {}", "{}岁以下"),
    Label("{} and over", "{}岁及以上"),
    Label("{} to {}", "{}至{}岁"),
)
_DEFINITION = Label("{}: {}.", "{}：{}。")
_ENTRIES = Label("Entries that are {}, as of {}.", "{}的记录，截至{}。")
_HIDING = Label(
    "{} stands for figures of fewer than {} people, and for figures that would give such away.",
    "“{}”表示人数不足{}人的数字，或可据以推算出此类数字的数字。",
)


class Grouping(Choice):
    """What service is told apart by."""

    CATEGORY = "category", "类别"
    UNIT = "unit", "单位"
    MONTH = "month", "月份"
    AGE = "age", "年龄"


def _as_grouping(value: Any) -> Any:
    return next((each for each in Grouping if each == value), value)


_grouping = _fields.is_a(Grouping, "one of 'category', 'unit', 'month', 'age'")
_ages = Check(
    lambda value: (
        _fields.tuple_of(_fields.whole(1, 150), least=1).wrong(value)
        or (None if all(low < high for low, high in pairwise(value)) else "must be in ascending order")
    )
)

_names = Check(
    lambda value: (
        None
        if isinstance(value, Mapping) and all(isinstance(name, Label) for name in value.values())
        else "must be a mapping from ids to labels"
    )
)


def statistics(
    book: ServiceBook,
    by: Grouping | str,
    as_of: datetime,
    policy: HoursPolicy,
    *,
    status: Status | str = Status.VERIFIED,
    purpose: Purpose | str | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    least: int = 5,
    ages: Sequence[int] = (18, 35, 60),
    names: Mapping[str, Label] | None = None,
    language: Language = "en",
) -> Table:
    """Return people, person-times and minutes credited, by category, unit, month or age, with a total.

    No figure of fewer than `least` people is shown, nor one from which such a figure could be reckoned within the
    table (see `suppressed`). Two tables of the same people, by other groups or of other days, may still tell more
    together than each of them: publish few, and always the same.

    Args:
        book: where service is recorded.
        by: 'category', 'unit', 'month' or 'age', which is that on the day of service.
        as_of: the moment; what was written later does not count.
        policy: how time is credited.
        status: 'verified' or 'recorded', which is verified or not.
        purpose: what time is counted for; None where all provenances count.
        first_day: the first day that counts; None for all until the last.
        last_day: the last one; None for all from the first.
        least: the smallest number of people whose figures are shown; 1 shows all.
        ages: the ages at which a new group begins.
        names: what people call categories or units, by id; the ids where nothing is given.
        language: of the headings and the note.

    Raises:
        InputError: an argument is wrong.
    """
    grouping, borders = _as_grouping(by), _fields.as_tuple(ages)
    _fields.require(
        by=(grouping, _grouping),
        least=(least, _fields.whole(1, 1_000_000)),
        ages=(borders, _ages),
        names=(names, _fields.optional(_names)),
    )
    counting = Counting(as_of=as_of, policy=policy, status=status, purpose=purpose)
    served = counting.served(book, first_day=first_day, last_day=last_day)
    people = book.state_at(as_of).people
    group_of = _GROUP_OF[grouping]
    groups: defaultdict[tuple[bool, str | int], list[Served]] = defaultdict(list)
    for each in served:
        group = group_of(each, people, borders)
        groups[group is None, "" if group is None else group].append(each)
    hidden = suppressed({group: _people(own) for group, own in groups.items()}, least)
    rows = [
        (_name(group, borders, names or {}).text(language), *_figures(groups[group], group in hidden))
        for group in sorted(groups)
    ]
    rows.append((_TOTAL.text(language), *_figures(served, 0 < len(_people(served)) < least)))
    columns = (grouping.label, *(unit.label for unit in _UNITS))
    return Table(
        title=_TITLE.filled(grouping.label).text(language),
        columns=tuple(column.text(language) for column in columns),
        rows=rows,
        note=_note(counting, least).text(language),
    )


def _age_group(served: Served, people: Mapping[str, PersonalDetails], ages: Sequence[int]) -> int | None:
    person = people.get(served.entry.volunteer)
    age = None if person is None else person.age_on(served.credit.day)
    return None if age is None else bisect_right(ages, age)


_GROUP_OF: dict[Grouping, Callable[[Served, Mapping[str, PersonalDetails], Sequence[int]], str | int | None]] = {
    Grouping.CATEGORY: lambda served, *_: served.entry.activity.category,
    Grouping.UNIT: lambda served, *_: served.entry.activity.unit,
    Grouping.MONTH: lambda served, *_: f"{served.credit.day:%Y-%m}",
    Grouping.AGE: _age_group,
}


def _people(served: Iterable[Served]) -> frozenset[str]:
    return frozenset(each.entry.volunteer for each in served)


def _figures(served: Sequence[Served], hidden: bool) -> tuple[int | str, ...]:
    found = amounts(served)
    return tuple(HIDDEN if hidden else found[unit] for unit in _UNITS)


def _name(group: tuple[bool, str | int], ages: Sequence[int], names: Mapping[str, Label]) -> Label:
    unstated, key = group
    if unstated:
        return _UNSTATED
    if isinstance(key, str):
        return names.get(key, Label(key))
    if key == 0:
        return _UNDER.filled(ages[0])
    return _FROM.filled(ages[-1]) if key == len(ages) else _BETWEEN.filled(ages[key - 1], ages[key] - 1)


def _note(counting: Counting, least: int) -> Label:
    quantities = [counting.quantity(unit, 0) for unit in _UNITS]
    sentences = [_ENTRIES.filled(counting.status.label, quantities[0].moment)]
    sentences += [_DEFINITION.filled(each.unit.label, each.definition) for each in quantities]
    if least > 1:
        sentences.append(_HIDING.filled(HIDDEN, least))
    return Label(" ".join(each.en for each in sentences), "".join(each.zh for each in sentences))
