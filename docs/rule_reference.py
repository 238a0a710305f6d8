"""The reference page of all rules, in reStructuredText, drawn from the rules themselves."""

import re
from collections.abc import Iterator
from datetime import time
from enum import Enum
from inspect import cleandoc
from textwrap import indent

import attrs

from civicvol.rostering import RULES, AssignmentRule, Family, Rule, VolunteerRule

_SOURCE = re.compile(r"\bSources?: (.+?)(?:\n\n|\Z)", re.DOTALL)
_ARGUMENT = re.compile(r"^ {4}(\w+): (.+?)(?=^ {4}\w|\Z)", re.DOTALL | re.MULTILINE)


@attrs.frozen
class Described:
    """What the docstring of a rule says, taken apart.

    Args:
        text: what the rule is, as paragraphs; the first sentence says it in short.
        source: where it comes from.
        arguments: what its own parameters mean, by name.
        example: its doctest.
    """

    text: str
    source: str
    arguments: dict[str, str]
    example: str


def described(rule: type) -> Described:
    """Take the docstring of a rule apart."""
    prose, prompt, example = cleandoc(rule.__doc__ or "").partition(">>> ")
    prose, _, arguments = prose.partition("Args:\n")
    source = _SOURCE.search(prose)
    return Described(
        text=_SOURCE.sub("\n\n", prose).strip(),
        source="" if source is None else _joined(source[1]),
        arguments={name: _joined(meaning) for name, meaning in _ARGUMENT.findall(arguments)},
        example=prompt + example,
    )


def page() -> Iterator[str]:
    """Yield the lines of the page: first a table for each family, then each rule by itself."""
    for family in Family:
        rules = sorted((rule for rule in RULES if rule.family is family), key=lambda rule: rule.__name__)
        yield from _heading(f"{family.label.en.capitalize()} · {family.label.zh}", "-")
        yield from _table("25 55 20", ("Rule", "What it asks", "Amount"), (_row(rule) for rule in rules))
        for rule in rules:
            yield from _section(rule)


def _row(rule: type[Rule]) -> tuple[str, str, str]:
    return f":ref:`rule-{rule.__name__}`", _first_sentence(described(rule).text), rule.unit.en


def _section(rule: type[Rule]) -> Iterator[str]:
    said = described(rule)
    yield from (f".. _rule-{rule.__name__}:", "")
    yield from _heading(rule.__name__, "~")
    yield from (said.text, "", said.example, "")
    facts = {
        "Amount": f"{rule.unit.en} ({rule.unit.zh}); {_weight(rule)}",
        "Looks at": _scope(rule),
        "Says": rule.sentence.en,
        "In Chinese": rule.sentence.zh,
        "Keeps people away": f"12 {rule.reason.en} ({rule.reason.zh}), at the step “{rule.stage.label.en}”",
        "Source": said.source,
        "Class": f":py:class:`{rule.__module__}.{rule.__name__}`",
    }
    yield from _table("20 80", (), ((name, text) for name, text in facts.items() if text))
    parameters = [field for field in attrs.fields(rule) if field.name != "weight"]
    if parameters:
        rows = ((f"``{each.name}``", _default(each.default), _meaning(rule, each.name)) for each in parameters)
        yield from _table("20 20 60", ("Parameter", "Default", "Meaning"), rows)


def _weight(rule: type[Rule]) -> str:
    field = attrs.fields(rule).weight
    if field.default is None:
        return "hard unless a weight is given"
    may_be_hard = field.validator.wrong(None) is None
    return f"each costs {field.default:g} by default, and " + (
        "weight=None is hard" if may_be_hard else "it is never hard"
    )


def _scope(rule: type[Rule]) -> str:
    if rule.wide:
        return "all of a roster"
    if issubclass(rule, AssignmentRule):
        return "each assignment by itself"
    return "what one person does over time" if issubclass(rule, VolunteerRule) else "one person or one shift at a time"


def _default(value: object) -> str:
    if value is attrs.NOTHING:
        return "to be given"
    if value is None or value in ("", (), frozenset()):
        return "none"
    if isinstance(value, Enum):
        return f"``{type(value).__name__}.{value.name}``"
    return f"``{value:%H:%M}``" if isinstance(value, time) else f"``{value!r}``"


def _meaning(rule: type, name: str) -> str:
    """Return what a parameter means, in the words of the class that first has it."""
    said = (described(each).arguments.get(name) for each in rule.__mro__)
    return next(filter(None, said), "")


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


def _joined(text: str) -> str:
    return " ".join(text.split())


def _heading(text: str, line: str) -> Iterator[str]:
    yield from (text, line * (2 * len(text)), "")


def _table(widths: str, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    kind = ":header-rows: 1" if head else ":stub-columns: 1"
    yield from (".. list-table::", f"   {kind}", f"   :widths: {widths}", "")
    for row in (head, *rows) if head else rows:
        cells = "\n".join(f"- {cell}" for cell in row)
        yield "   * " + indent(cells, "     ").lstrip()
    yield ""
