"""The errors civicvol raises: one family, and each has fields an app can read."""

from collections.abc import Iterable
from reprlib import Repr
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from civicvol.labels import Label, Language

_LONGEST_VALUE = 80
_MOST_SHOWN = 100


@attrs.frozen
class Fault:
    """One thing that is wrong with what was given: which field, of which id, with which value.

    >>> print(Fault("birth_date", "must be a date", id="v7", value="yesterday"))
    birth_date of 'v7' must be a date, not 'yesterday'
    """

    field: str
    message: str
    id: str | None = attrs.field(default=None, kw_only=True)
    value: Any = attrs.field(factory=lambda: attrs.NOTHING, kw_only=True)

    def __str__(self) -> str:
        owner = "" if self.id is None else f" of {self.id!r}"
        given = "" if self.value is attrs.NOTHING else f", not {_short(self.value)}"
        return f"{self.field}{owner} {self.message}{given}"


class CivicvolError(Exception):
    """Everything this library raises on purpose."""


class InputError(CivicvolError, ValueError):
    """What was given cannot be used; `faults` lists everything that is wrong with it, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    @classmethod
    def of(cls, field: str, message: str, *, id: str | None = None, value: Any = attrs.NOTHING) -> "InputError":
        """Return the error for a single fault."""
        return cls((Fault(field, message, id=id, value=value),))

    def __str__(self) -> str:
        if len(self.faults) == 1:
            return str(self.faults[0])
        lines = [f"- {fault}" for fault in self.faults[:_MOST_SHOWN]]
        if len(self.faults) > _MOST_SHOWN:
            lines.append(f"- and {len(self.faults) - _MOST_SHOWN:,} more")
        return "\n".join([f"{len(self.faults):,} faults:", *lines])


class RefusedError(CivicvolError):
    """A step that cannot be taken now; nothing has changed, and `reasons` are the sentences that say why."""

    def __init__(self, step: str, reasons: "Iterable[Label]") -> None:
        self.step = step
        self.reasons = tuple(reasons)
        super().__init__(step, self.reasons)

    def text(self, language: "Language" = "en") -> str:
        """Return the reasons in a language, one a line."""
        return "\n".join(reason.text(language) for reason in self.reasons)

    def __str__(self) -> str:
        return f"{self.step} is refused: {'; '.join(map(str, self.reasons))}"


class EngineError(CivicvolError, RuntimeError):
    """An engine failed, or returned something that the check does not confirm."""

    def __init__(self, engine: str, message: str) -> None:
        self.engine = engine
        self.message = message
        super().__init__(engine, message)

    def __str__(self) -> str:
        return f"engine {self.engine!r}: {self.message}"


class MissingExtraError(CivicvolError, ImportError):
    """A feature needs a package that is not installed; the message says which extra brings it."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(package, extra)

    def __str__(self) -> str:
        return f"{self.package} is not installed; it comes with: pip install 'civicvol[{self.extra}]'"


class _Short(Repr):
    """Writes values briefly, whatever they are: a message about a bad value must not fail on it."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxstring = self.maxother = _LONGEST_VALUE

    def repr_instance(self, x: Any, level: int) -> str:
        text = super().repr_instance(x, level)
        return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"

    def repr_int(self, x: int, level: int) -> str:
        return super().repr_int(x, level) if abs(x) < 10**_LONGEST_VALUE else f"<int of {x.bit_length()} bits>"


def _short(value: Any) -> str:
    return _Short().repr(value)
