"""Turn what went wrong while reading a document into faults that say where."""

import json
from collections.abc import Iterator
from typing import Any

import attrs
from cattrs.errors import (
    AttributeValidationNote,
    CattrsError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)

from civicvol.errors import Fault, InputError

Path = tuple[str | int, ...]


class UnfitError(CattrsError):
    """A value is not of the form its place asks for; the message follows the name of the place."""


def at(name: str, error: Exception) -> Exception:
    """Return an error that says which key of an object it is about."""
    error.add_note(AttributeValidationNote("", name, None))
    return error


def faults_in(error: Exception, document: Any, path: Path = (), kind: type | None = None) -> Iterator[Fault]:
    """Yield a fault for everything an error stands for.

    Args:
        error: what the converter raised for the value at `path`.
        document: the whole document.
        path: the keys and indices that lead to that value.
        kind: the class it was to become, where it is known.
    """
    match error:
        case ClassValidationError() | IterableValidationError():
            noted, bare = error.group_exceptions()
            for inner, note in noted:
                key = note.name if isinstance(note, AttributeValidationNote) else note.index
                yield from faults_in(inner, document, (*path, key))
            for inner in bare:
                yield from faults_in(inner, document, path, error.cl)
        case ForbiddenExtraKeysError():
            known = ", ".join(field.name for field in attrs.fields(error.cl) if field.init)
            for key in sorted(error.extra_fields):
                yield fault_at((*path, key), f"is unknown; a {error.cl.__name__} has {known}", document)
        case KeyError():
            yield fault_at(path, "is missing", document)
        case InputError():
            yield from (_placed(fault, document, path, kind) for fault in error.faults)
        case UnfitError():
            yield fault_at(path, str(error), document)
        case _:
            yield fault_at(path, f"cannot be used: {error}", document)


def fault_at(path: Path, message: str, document: Any) -> Fault:
    """Return a fault whose field is a path; id and value are what the document has there."""
    owner, value = _look(document, path)
    return Fault(_written(path), message, id=owner, value=value)


def _placed(fault: Fault, document: Any, path: Path, kind: type | None) -> Fault:
    """Return a fault that a value found in its own fields as a fault of the document."""
    name, _, field = fault.field.partition(".")
    if kind is None or name != kind.__name__:
        return fault
    place = (*path, *field.split("."))
    owner, value = _look(document, place)
    return Fault(
        _written(place), fault.message, id=fault.id or owner, value=fault.value if value is attrs.NOTHING else value
    )


def _look(document: Any, path: Path) -> tuple[str | None, Any]:
    """Return the id of the nearest object around a place that has one, and the value at the place, if it exists."""
    owner, value = None, document
    for key in path:
        if isinstance(value, dict):
            id = value.get("id")
            owner = id if isinstance(id, str) and key != "id" else owner
            value = value.get(key, attrs.NOTHING)
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key]
        else:
            return owner, attrs.NOTHING
    return owner, value


def _written(path: Path) -> str:
    """Return a path as people write it: data.volunteers[3].birth_date."""
    text = ""
    for key in path:
        if isinstance(key, str) and key.isidentifier():
            text += f".{key}" if text else key
        else:
            text += f"[{json.dumps(key, ensure_ascii=not str(key).isprintable())}]"
    return text or "document"
