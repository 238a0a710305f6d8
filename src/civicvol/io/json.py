"""JSON: problems, rosters, results and all values within them, written readably and read strictly.

A document names its form, the kind of its value, and the value::

    {"civicvol": 1, "kind": "Horizon", "data": {"first_day": "2026-03-01", …}}

Fields that have their default are left out. Days and times of day are written as in ISO 8601, moments as in RFC 9557
with the offset and the name of their zone (`2026-03-01T18:00:00+08:00[Asia/Shanghai]`), zones by name, sets as sorted
lists. A shift pattern says its class under "pattern", a rule under "rule".
"""

import json
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from inspect import isabstract
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.errors import CattrsError

from civicvol import _fields
from civicvol._fields import Check
from civicvol.errors import Fault, InputError
from civicvol.io._converter import make_converter, members_of
from civicvol.io._document import read_document
from civicvol.io._faults import fault_at, faults_in
from civicvol.rostering import RULES, Rule

VERSION = 1
"""The form of the documents that are written, the only one that is read; it changes when a form or a default does."""

_KEYS = ("civicvol", "kind", "data")

_text = Check(lambda value: None if isinstance(value, str | bytes) else "must be text, or bytes in UTF-8")
_value_class = Check(
    lambda kind: None if isinstance(kind, type) and attrs.has(kind) else "must be a class of values, like RosterProblem"
)
_rule_class = Check(
    lambda kind: (
        None if isinstance(kind, type) and issubclass(kind, Rule) and not isabstract(kind) else "must be a rule's class"
    )
)

T = TypeVar("T")


def to_json(value: Any, *, compact: bool = False) -> str:
    """Return a value as a JSON document, which `from_json` reads back as an equal value.

    Args:
        value: a RosterProblem, Roster, Result, RosterBook, ServiceBook, or any other value of the library, such as a
            Volunteer, a Shift or an event.
        compact: without line breaks and spaces; indented where False.

    Raises:
        InputError: the value is no such value, or holds something that JSON has no form for.

    >>> from civicvol.people import Limit
    >>> from civicvol.calendar import Period
    >>> to_json(Limit(per=Period.WEEK, shifts=2), compact=True)
    '{"civicvol":1,"kind":"Limit","data":{"per":"week","shifts":2}}'
    """
    kind = type(value)
    _fields.require(compact=(compact, _fields.flag))
    if not attrs.has(kind):
        raise InputError.of("value", "must be a value of this library, like a RosterProblem", value=value)
    try:
        document = {"civicvol": VERSION, "kind": kind.__name__, "data": _converter().unstructure(value)}
        return json.dumps(
            document,
            ensure_ascii=False,
            allow_nan=False,
            indent=None if compact else 2,
            separators=(",", ":") if compact else None,
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise InputError.of(kind.__name__, f"cannot be written as JSON: {error}") from error


def from_json(text: str | bytes, kind: type[T], *, rules: Iterable[type[Rule]] = ()) -> T:
    """Return the value that a JSON document holds.

    Nothing is guessed and nothing is half loaded: keys that are unknown, missing or given twice, values of another type
    (the text "false", 1 for true, 5.7 for a whole number), NaN, another version or kind are all refused. The field of a
    fault is the path to what is wrong, such as `data.volunteers[3].birth_date`; its id is that of the object around it.
    What several values say of each other (an unknown id, say) is looked at once each is right by itself.

    Args:
        text: the document; bytes must be UTF-8.
        kind: the class of the value, or one it is derived from: `ShiftPattern` for any pattern.
        rules: the app's own rules that the document may hold, besides those of the library.

    Raises:
        InputError: an argument is of the wrong kind, or the document is wrong; `faults` lists every place.

    >>> from civicvol.people import Limit
    >>> from_json('{"civicvol": 1, "kind": "Limit", "data": {"per": "week", "shifts": 2.0}}', Limit)
    Traceback (most recent call last):
    civicvol.errors.InputError: data.shifts must be a whole number, not 2.0
    """
    own = _fields.as_tuple(rules)
    _fields.require(
        text=(text, _text),
        kind=(kind, _value_class),
        rules=(own, _fields.tuple_of(_rule_class, unique=lambda rule: rule.__name__)),
    )
    known = {rule.__name__: rule for rule in (*RULES, *own)}
    kinds = members_of(kind, known.values())
    document, faults = read_document(text)
    around = tuple(_wrong_envelope(document, kinds))
    if around:
        raise InputError((*faults, *around))
    try:
        value: T = _converter(tuple(known.values())).structure(document["data"], kinds[document["kind"]])
    except CattrsError as error:
        raise InputError((*faults, *faults_in(error, document, ("data",)))) from None
    if faults:
        raise InputError(faults)
    return value


@lru_cache(maxsize=16)
def _converter(rules: tuple[type[Rule], ...] = RULES) -> Converter:
    return make_converter(rules)


def _wrong_envelope(document: Any, kinds: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong around the value."""
    if not isinstance(document, dict):
        yield fault_at((), f"must be an object with {', '.join(_KEYS)}", document)
        return
    for key in _KEYS:
        if key not in document:
            yield fault_at((key,), "is missing", document)
    for key in sorted(document.keys() - set(_KEYS)):
        yield fault_at((key,), f"is unknown; a document has {', '.join(_KEYS)}", document)
    version, kind = document.get("civicvol", VERSION), document.get("kind", "")
    if type(version) is not int or version != VERSION:
        yield fault_at(("civicvol",), f"must be {VERSION}, the version that is read here", document)
    if "kind" in document and (not isinstance(kind, str) or kind not in kinds):
        yield fault_at(("kind",), f"must be {' or '.join(kinds)}", document)
