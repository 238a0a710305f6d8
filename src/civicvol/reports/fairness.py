"""Fairness: how evenly the minutes are spread over people, those with none included."""

from collections.abc import Sequence
from statistics import fmean, pstdev

import numpy as np

from civicvol.labels import Label, Language
from civicvol.reports import wording
from civicvol.rostering import Roster, RosterProblem
from civicvol.rostering.arrays import groups
from civicvol.rostering.columns import find_candidates
from civicvol.table import Table

_TITLE = Label("Spread of minutes", "服务时长分布")
_COLUMNS = (Label("figure", "指标"), Label("this roster", "本期"), Label("with the past", "含往期"))
_FIGURES = (
    Label("people", "人数"),
    Label("people with none", "没有时长的人数"),
    Label("least minutes", "最少分钟"),
    Label("lower quartile", "下四分位"),
    Label("median", "中位数"),
    Label("upper quartile", "上四分位"),
    Label("most minutes", "最多分钟"),
    Label("mean", "平均"),
    Label("standard deviation", "标准差"),
    Label("Gini coefficient", "基尼系数"),
)
_NOTE = Label(
    "Everybody counts, also those whom no shift suits. Quartiles and median are minutes of one person, and lie between "
    "the two nearest people where they fall between two. The Gini coefficient is half the mean difference between any "
    "two people, as a share of the mean: 0 when all do the same, near 1 when one does everything.",
    "所有人都计入，包括没有适合班次的人。四分位数和中位数为单人分钟数，落在两人之间时按比例取值。"
    "基尼系数为任意两人时长差的平均值的一半占平均时长的比例：人人相同为0，一人包揽接近1。",
)
_NOBODY_LEFT_OUT = Label("Everybody has something in this roster.", "本期人人都有排班。")
_LEFT_OUT_NOTE = Label("With nothing in this roster: {}.", "本期没有排班：{}。")
_MORE = Label("{} and {} more", "{}等另{}人")
_MOST_NAMED = 20
_LEFT_OUT_TITLE = Label("People with nothing to do", "未排班人员")
_LEFT_OUT = (
    Label("person", "姓名"),
    Label("past minutes", "往期分钟"),
    Label("last day", "最近服务日"),
    Label("shifts open to them", "可担任班次"),
)
_LEFT_OUT_TABLE_NOTE = Label(
    "A shift is open to somebody where no hard rule on single assignments, such as skills, age or free time, keeps "
    "them from all of its places. To whom most is open comes first.",
    "可担任班次指没有任何单项硬性规则（如技能、年龄、空闲时间）阻止其担任的班次。可担任班次多者在前。",
)
_BY_PERSON = (
    Label("person", "姓名"),
    Label("minutes", "本期分钟"),
    Label("past minutes", "往期分钟"),
    Label("duties", "值班次数"),
)
_BY_PERSON_TITLE = Label("Minutes by person", "个人服务时长")
_BY_PERSON_NOTE = Label(
    "Minutes and duties are of this roster, past minutes are of before it; who has most comes first.",
    "分钟和值班次数属本期，往期分钟属此前；时长多者在前。",
)


def fairness(problem: RosterProblem, roster: Roster, *, language: Language = "en") -> Table:
    """Return how a roster's minutes are spread over all volunteers, by themselves and with past duties.

    Args:
        problem: the problem.
        roster: a roster of it.
        language: of the headings and note.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    wording.require_arguments(problem, roster, language)
    new, past = _minutes(problem, roster)
    both = [after + before for after, before in zip(new, past, strict=True)]
    rows = zip(wording.texts(_FIGURES, language), _spread(new), _spread(both), strict=True)
    return Table(
        title=_TITLE.text(language),
        columns=wording.texts(_COLUMNS, language),
        rows=tuple(rows),
        note=f"{_NOTE.text(language)} {_those_left_out(problem, roster, language)}",
    )


def left_out(problem: RosterProblem, roster: Roster, *, language: Language = "en") -> Table:
    """Return who has nothing in a roster, when they last had something, and how many shifts they could take.

    Args:
        problem: the problem.
        roster: a roster of it.
        language: of the headings and note.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    wording.require_arguments(problem, roster, language)
    names = wording.person_names(problem)
    open_to = _open_shifts(problem)
    rows = []
    for volunteer in problem.volunteers:
        if not roster.of_volunteer(volunteer.id):
            past = problem.previous_of.get(volunteer.id, ())
            last = max((problem.day_of(duty.span) for duty in past), default=None)
            rows.append((names[volunteer.id], sum(duty.span.minutes for duty in past), last, open_to[volunteer.id]))
    return Table(
        title=_LEFT_OUT_TITLE.text(language),
        columns=wording.texts(_LEFT_OUT, language),
        rows=sorted(rows, key=lambda row: (-row[3], row[1])),
        note=_LEFT_OUT_TABLE_NOTE.text(language),
    )


def workload(problem: RosterProblem, roster: Roster, *, language: Language = "en") -> Table:
    """Return what each volunteer does, those with nothing too: new minutes, past minutes and duties.

    Args:
        problem: the problem.
        roster: a roster of it.
        language: of the headings and note.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    wording.require_arguments(problem, roster, language)
    names = wording.person_names(problem)
    rows = [
        (names[volunteer.id], new, past, len(roster.of_volunteer(volunteer.id)))
        for volunteer, new, past in zip(problem.volunteers, *_minutes(problem, roster), strict=True)
    ]
    return Table(
        title=_BY_PERSON_TITLE.text(language),
        columns=wording.texts(_BY_PERSON, language),
        rows=sorted(rows, key=lambda row: (-row[1], -row[2])),
        note=_BY_PERSON_NOTE.text(language),
    )


def _minutes(problem: RosterProblem, roster: Roster) -> tuple[list[int], list[int]]:
    """Return the new and the past minutes of each volunteer."""
    return (
        [
            sum(problem.shift(duty.shift).minutes for duty in roster.of_volunteer(each.id))
            for each in problem.volunteers
        ],
        [sum(duty.span.minutes for duty in problem.previous_of.get(each.id, ())) for each in problem.volunteers],
    )


def _those_left_out(problem: RosterProblem, roster: Roster, language: Language) -> str:
    """Return a sentence that names the people with nothing; the first of them, where they are many."""
    names = wording.person_names(problem)
    idle = [names[volunteer.id] for volunteer in problem.volunteers if not roster.of_volunteer(volunteer.id)]
    if not idle:
        return _NOBODY_LEFT_OUT.text(language)
    listed = ("，" if language == "zh" else ", ").join(idle[:_MOST_NAMED])
    if len(idle) > _MOST_NAMED:
        listed = _MORE.text(language).format(listed, len(idle) - _MOST_NAMED)
    return _LEFT_OUT_NOTE.text(language).format(listed)


def _open_shifts(problem: RosterProblem) -> dict[str, int]:
    """Return how many shifts each volunteer could take, by id, as far as rules on single assignments go."""
    columns = find_candidates(problem)
    _, first = groups(columns.shift[columns.candidates], columns.volunteer[columns.candidates])
    counts = np.bincount(columns.volunteer[first], minlength=len(problem.volunteers))
    return {volunteer.id: count for volunteer, count in zip(problem.volunteers, counts.tolist(), strict=True)}


def _spread(minutes: Sequence[int]) -> tuple[int | float | None, ...]:
    """Return the figures of a distribution; only the number of people where there is nobody."""
    if not minutes:
        return (0, 0, *(None for _ in _FIGURES[2:]))
    ranked = sorted(minutes)
    quartiles = (_at(ranked, share) for share in (0.25, 0.5, 0.75))
    return (
        len(ranked),
        ranked.count(0),
        ranked[0],
        *quartiles,
        ranked[-1],
        fmean(ranked),
        pstdev(ranked),
        _gini(ranked),
    )


def _at(ranked: Sequence[int], share: float) -> float:
    """Return the value that a share of the way from the least to the most is at, between two members if need be."""
    whole, part = divmod(share * (len(ranked) - 1), 1)
    low = ranked[int(whole)]
    return low + part * (ranked[min(int(whole) + 1, len(ranked) - 1)] - low)


def _gini(ranked: Sequence[int]) -> float:
    total, count = sum(ranked), len(ranked)
    if not total:
        return 0.0
    return sum((2 * rank - count - 1) * value for rank, value in enumerate(ranked, start=1)) / (count * total)
