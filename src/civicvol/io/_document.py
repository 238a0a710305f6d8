"""Read the text of a JSON document: one meaning for every byte of it, or a fault."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from civicvol.errors import Fault, InputError
from civicvol.io._faults import Path, fault_at

DEEPEST = 64
"""No value of this library is nested half as deep."""


def read_document(text: str | bytes) -> tuple[Any, list[Fault]]:
    """Return what a JSON text holds, and a fault for every key that is given twice.

    Raises:
        InputError: it is not UTF-8, not JSON, nested too deeply or has a number that is none.
    """
    doubled: dict[int, tuple[dict[str, Any], list[str]]] = {}

    def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            # Kept with the object itself, so that no other takes its identity.
            doubled[id(found)] = found, [key for key in found if keys.count(key) > 1]
        return found

    try:
        plain = text.decode("utf-8") if isinstance(text, bytes) else text
        document = json.loads(plain.removeprefix("\ufeff"), object_pairs_hook=as_object, parse_constant=_refuse)
    except RecursionError:
        raise InputError.of("document", f"must not be nested more than {DEEPEST} deep") from None
    except ValueError as error:
        kind = "UTF-8" if isinstance(error, UnicodeDecodeError) else "JSON"
        raise InputError.of("document", f"must be {kind}: {error}") from error
    return document, [
        fault_at((*path, key), "must be given once", document)
        for path, container in _containers(document)
        for key in doubled.get(id(container), (None, ()))[1]
    ]


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"it has the number {name}")


def _containers(document: Any) -> Iterator[tuple[Path, Any]]:
    """Yield every object and list with its path, the outer ones first.

    Raises:
        InputError: they are nested too deeply.
    """
    level: list[tuple[Path, Any]] = [((), document)]
    for _ in range(DEEPEST):
        level = [(path, value) for path, value in level if isinstance(value, dict | list)]
        yield from level
        level = [
            ((*path, key), member)
            for path, value in level
            for key, member in (value.items() if isinstance(value, dict) else enumerate(value))
            if isinstance(member, dict | list)
        ]
        if not level:
            return
    raise InputError.of("document", f"must not be nested more than {DEEPEST} deep")
