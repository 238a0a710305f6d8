"""How the values of the library become plain JSON data and back, strictly, by generated converters."""

from collections.abc import Callable, Iterable, Iterator
from inspect import isclass
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.cols import is_frozenset, is_mapping, list_structure_factory
from cattrs.errors import (
    CattrsError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from civicvol._fields import Check
from civicvol.calendar import Free, Recurring, Rotation, ShiftPattern, StaggeredRest, Weekly
from civicvol.desk import EVENTS as DESK_EVENTS
from civicvol.desk import DeskEvent
from civicvol.io._faults import UnfitError, at
from civicvol.io._scalars import Hook, register_scalars
from civicvol.rostering import DISRUPTIONS, Disruption, Rule
from civicvol.service import ATTENDANCE_EVENTS, AttendanceEvent, ServiceEvent
from civicvol.service import EVENTS as SERVICE_EVENTS

PATTERNS: tuple[type[ShiftPattern], ...] = (Free, Weekly, Rotation, StaggeredRest, Recurring)
FAMILIES: tuple[tuple[type, str, tuple[type, ...]], ...] = (
    (ShiftPattern, "pattern", PATTERNS),
    (Disruption, "disruption", DISRUPTIONS),
    (DeskEvent, "event", DESK_EVENTS),
    (AttendanceEvent, "event", ATTENDANCE_EVENTS),
    (ServiceEvent, "event", SERVICE_EVENTS),
)
"""Classes that have members: the class, the key under which a value says which of them it is, and the members."""

C = TypeVar("C")
Factory = Callable[[Any, Converter], Hook]


def members_of(kind: type, rules: Iterable[type[Rule]]) -> dict[str, type]:
    """Return the classes that a value of a kind may have, by name: of a family its members, else the kind itself."""
    members = [member for _, _, family in FAMILIES for member in family]
    found = [member for member in (*members, *rules) if issubclass(member, kind)]
    return {member.__name__: member for member in found or [kind]}


def make_converter(rules: Iterable[type[Rule]]) -> Converter:
    """Return a converter that knows the values of this library, with these rules."""
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    register_scalars(converter)
    converter.register_unstructure_hook_factory(is_frozenset, _sorted_writer)
    converter.register_structure_hook_factory(is_frozenset, _many_reader(frozenset))
    converter.register_structure_hook_factory(_is_row, _many_reader(tuple))
    converter.register_structure_hook_factory(_is_pair, _pair_reader)
    converter.register_structure_hook_factory(is_mapping, _mapping_reader)
    converter.register_structure_hook_factory(attrs.has, _object_reader)
    for base, tag, members in FAMILIES:
        _register_family(converter, base, tag, members)
    _register_family(converter, Rule, "rule", tuple(rules))
    return converter


def _is_row(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _is_pair(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] != (...,)


def _sorted_writer(_: Any, converter: Converter) -> Callable[[Any], Any]:
    return lambda members: sorted(map(converter.unstructure, members))


def _many_reader(collection: Callable[[list[Any]], Any]) -> Factory:
    def factory(kind: Any, converter: Converter) -> Hook:
        members = list_structure_factory(kind, converter)

        def read(value: Any, _: Any) -> Any:
            return collection(members(_typed(list, value, "a list"), kind))

        return read

    return factory


def _pair_reader(kind: Any, converter: Converter) -> Hook:
    """Return a hook for tuples of a fixed length, each member of its own kind."""
    kinds = get_args(kind)

    def read(value: Any, _: Any) -> Any:
        if len(_typed(list, value, "a list")) != len(kinds):
            raise UnfitError(f"must have {len(kinds)} members")
        return tuple(_gathered(kind, converter, zip(range(len(kinds)), value, kinds, strict=True)))

    return read


def _mapping_reader(kind: Any, converter: Converter) -> Hook:
    """Return a hook for mappings from texts."""
    of = get_args(kind)[1]

    def read(value: Any, _: Any) -> Any:
        entries = _typed(dict, value, "an object").items()
        return dict(zip(value, _gathered(kind, converter, ((key, member, of) for key, member in entries)), strict=True))

    return read


def _gathered(kind: Any, converter: Converter, entries: Iterable[tuple[str | int, Any, Any]]) -> list[Any]:
    """Return the members read, or raise for all that cannot be, each with its key."""
    found, errors = [], []
    for key, member, of in entries:
        try:
            found.append(converter.structure(member, of))
        except CattrsError as error:
            error.add_note(IterableValidationNote("", key, of))
            errors.append(error)
    if errors:
        raise IterableValidationError("members", errors, kind)
    return found


def _object_reader(kind: type, converter: Converter) -> Hook:
    """Return a hook for the fields of one class, by the code that cattrs generates for it."""
    generated: Hook = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)

    def read(value: Any, _: Any) -> Any:
        try:
            return generated(_typed(dict, value, "an object"), kind)
        except ClassValidationError as error:
            further = tuple(_further(kind, converter, value, error))
            raise ClassValidationError("fields", (*error.exceptions, *further), kind) from None

    return read


def _further(
    kind: type, converter: Converter, value: dict[str, Any], error: ClassValidationError
) -> Iterator[Exception]:
    """Yield what the class itself would refuse in the fields that could be read: it never saw them."""
    noted, bare = error.group_exceptions()
    if not all(isinstance(each, ForbiddenExtraKeysError) for each in bare):
        return  # the class has seen all of them
    unread = {note.name for _, note in noted}
    for field in attrs.fields(kind):
        if field.name in value.keys() - unread and isinstance(field.validator, Check):
            member = converter.structure(value[field.name], field.type)
            message = field.validator.wrong(member if field.converter is None else field.converter(member))
            if message is not None:
                yield at(field.name, UnfitError(message))


def _register_family(converter: Converter, base: type, tag: str, members: tuple[type, ...]) -> None:
    """Teach a converter a class with its members, which say under a tag which of them they are."""

    def is_one(kind: Any) -> bool:
        return isclass(kind) and issubclass(kind, base)

    def writer(kind: type, converter: Converter) -> Callable[[Any], Any]:
        if kind is base:
            return converter.unstructure
        if base is not Rule and kind not in members:
            raise TypeError(f"{kind.__name__} is no {tag} of this library, and nothing could read it")
        fields: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
            kind, converter, _cattrs_omit_if_default=True
        )
        return lambda value: {tag: kind.__name__, **fields(value)}

    def reader(kind: type, converter: Converter) -> Hook:
        readers = {member.__name__: _object_reader(member, converter) for member in members if issubclass(member, kind)}

        def read(value: Any, _: Any) -> Any:
            name = _typed(dict, value, "an object").get(tag)
            if not isinstance(name, str) or name not in readers:
                wrong = UnfitError(f"must be one of {', '.join(readers)}") if tag in value else KeyError(tag)
                raise ClassValidationError("family", [at(tag, wrong)], kind)
            return readers[name]({key: member for key, member in value.items() if key != tag}, kind)

        return read

    converter.register_unstructure_hook_factory(is_one, writer)
    converter.register_structure_hook_factory(is_one, reader)


def _typed(kind: type[C], value: Any, name: str) -> C:
    if type(value) is not kind:
        raise UnfitError(f"must be {name}")
    return value
