"""Events, and logs of them: something as it began, and what happened to it since."""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Generic, Self, TypeVar

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.calendar.timespan import minute_of
from civicvol.errors import CivicvolError, InputError, RefusedError
from civicvol.labels import Label

_OUT_OF_ORDER = Label("the last event was later, at {}", "最近的记录更晚：{}")
_STRANGE = Label("{} is kept in another log", "{}应记入另一本记录")


@attrs.frozen(kw_only=True)
class Event:
    """Something that happened, or was decided.

    Args:
        at: when it was recorded, in a named zone and whole minutes.
        by: id of whoever did it.
        why: the reason, in their own words.
    """

    at: datetime = attrs.field(converter=as_moment, validator=moment)
    by: str = attrs.field(validator=_fields.identifier)
    why: str = attrs.field(default="", validator=_fields.text)

    def refusal(self, *reasons: Label) -> RefusedError:
        """Return the error that refuses this event, for these reasons."""
        return RefusedError(type(self).__name__, reasons)


E = TypeVar("E", bound=Event)
S = TypeVar("S")


@attrs.frozen(kw_only=True)
class Log(ABC, Generic[E, S]):
    """How something began and everything that happened to it since, in the order in which it was recorded.

    A log is a value: recording an event gives a new log. Its state is what the events make of the beginning, so
    playing them again gives the same state. An event that cannot be is refused, and changes nothing.

    Attributes:
        events: what happened, the earliest first.
        state: where things stand after the last event.
    """

    kind: ClassVar[type[Event]]
    """The class of the events it takes."""

    remembers: ClassVar[bool] = False
    """Whether it keeps the state after every event, so that nothing is played again to look back."""

    events: tuple[E, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(Event, "an event")),
    )
    state: S = attrs.field(init=False, eq=False, repr=False)
    _states: tuple[S, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        state, events = self._begin(), self.events
        states = [state]
        for number, event in enumerate(events):
            try:
                state = self._step(state, events[number - 1] if number else None, event)
            except CivicvolError as error:
                message = f"has an event (number {number + 1}) that cannot be: {error}"
                raise InputError.of(f"{type(self).__name__}.events", message) from error
            states.append(state)
        self._fill(states)

    def record(self, *events: E) -> Self:
        """Return the log with events added, all of them or, where one is refused, none.

        Raises:
            InputError: one is no event.
            RefusedError: one cannot be; its reasons say why.
        """
        known, states = [*self.events], [*self._states]
        for event in events:
            _fields.expect("events", event, Event, "an event")
            states.append(self._step(states[-1], known[-1] if known else None, event))
            known.append(event)
        return self._with(known, states)

    def as_of(self, at: datetime) -> Self:
        """Return the log as it stood at a moment, with what had been recorded until then."""
        _fields.require(at=(at, moment))
        return self.before(bisect_right(self.events, minute_of(at), key=lambda event: minute_of(event.at)))

    def before(self, number: int) -> Self:
        """Return the log as it stood after its first so many events."""
        _fields.require(number=(number, _fields.whole(0, len(self.events))))
        if number == len(self.events):
            return self
        if self.remembers:
            return self._with(self.events[:number], self._states[: number + 1])
        return attrs.evolve(self, events=self.events[:number])

    @abstractmethod
    def _begin(self) -> S:
        """Return the state before anything happened."""

    @abstractmethod
    def _after(self, state: S, event: E) -> S:
        """Return the state after an event, or raise the event's refusal."""

    def _step(self, state: S, last: E | None, event: E) -> S:
        if not isinstance(event, self.kind):
            raise event.refusal(_STRANGE.filled(type(event).__name__))
        if last is not None and minute_of(event.at) < minute_of(last.at):  # on the clock alone an hour may come twice
            raise event.refusal(_OUT_OF_ORDER.filled(last.at.isoformat(" ", "minutes")))
        return self._after(state, event)

    def _with(self, events: Iterable[E], states: Sequence[S]) -> Self:
        """Return the same log with events whose states are known, so that nothing is played again."""
        log: Self = object.__new__(type(self))
        for each in attrs.fields(type(self)):
            if each.init:
                object.__setattr__(log, each.name, getattr(self, each.name))
        object.__setattr__(log, "events", tuple(events))
        log._fill(states)
        return log

    def _fill(self, states: Sequence[S]) -> None:
        object.__setattr__(self, "state", states[-1])
        object.__setattr__(self, "_states", tuple(states) if self.remembers else (states[-1],))
