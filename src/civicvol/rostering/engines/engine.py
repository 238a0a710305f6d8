"""What an engine is: it takes a linear program and returns a solution with a bound."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from math import inf, isfinite
from time import monotonic
from typing import Protocol

import attrs

from civicvol.rostering.arrays import Floats
from civicvol.rostering.program import LinearProgram
from civicvol.rostering.rule import Tier


class Status(StrEnum):
    """What is known about a roster, or that there is none."""

    OPTIMAL = "optimal"
    """No roster is better, by more than a millionth of its objective: that is proven."""
    FEASIBLE = "feasible"
    """It keeps all hard rules; a better one may exist, by no more than the gap."""
    INFEASIBLE = "infeasible"
    """No roster keeps all hard rules."""
    UNKNOWN = "unknown"
    """The search was stopped before it found a roster, or that there is none."""


@attrs.frozen(kw_only=True)
class Progress:
    """Where a search stands.

    Args:
        seconds: since the search began.
        objective: of the best roster so far; None where there is none yet. Where areas are solved apart, it is that of
            the areas that have one so far.
        bound: no roster is better than this; None where nothing is known yet. Likewise.
        parts: how many parts that share nobody the problem has.
        done: how many of them are solved.
        time_left: the seconds until time is up; None where that is not known.
    """

    seconds: float
    objective: float | None = None
    bound: float | None = None
    parts: int = 1
    done: int = 0
    time_left: float | None = None


OnProgress = Callable[[Progress], object]


class Teller:
    """Tells of progress: an engine gives what it has found, and the best of all that is passed on with the time.

    Args:
        on_progress: called with each `Progress`; nobody where None.
    """

    def __init__(self, on_progress: OnProgress | None) -> None:
        self._on_progress = on_progress
        self._began = monotonic()
        self._objective = inf
        self._bound = -inf

    def __call__(self, objective: float | None, bound: float | None) -> None:
        """Take the objective of a solution and a bound, each where there is one."""
        self._objective = min(self._objective, inf if objective is None else objective)
        self._bound = max(self._bound, -inf if bound is None else bound)
        if self._on_progress is not None:
            self._on_progress(
                Progress(
                    seconds=monotonic() - self._began,
                    objective=self._objective if isfinite(self._objective) else None,
                    bound=self._bound if isfinite(self._bound) else None,
                )
            )


@attrs.frozen(kw_only=True, eq=False)
class Solution:
    """What an engine found for a linear program.

    Args:
        status: what is known.
        values: float, one a column; None where no solution was found.
        objective: of the values; None likewise.
        bound: no solution is better than this; None where nothing is known.
        interrupted: whether a person stopped the search.
        too_large: whether it was left at that before time was up, as too large for a better one to be found.
        tier_bounds: where tiers were solved in turn, what each costs at least while those before it cost no more than
            they do here; up to the first that is not proven.
    """

    status: Status
    values: Floats | None = None
    objective: float | None = None
    bound: float | None = None
    interrupted: bool = False
    too_large: bool = False
    tier_bounds: Mapping[Tier, float] = attrs.field(factory=dict)


class Engine(Protocol):
    """A way to solve linear programs with whole-numbered decisions."""

    @property
    def name(self) -> str:
        """What the engine is called in `solve(engine=…)`."""

    def solve(
        self,
        program: LinearProgram,
        *,
        time_limit: float,
        seed: int,
        start: Floats | None = None,
        on_progress: OnProgress | None = None,
    ) -> Solution:
        """Return the best solution found within so many seconds.

        An engine never claims more than it has proven: `bound` holds for every solution, OPTIMAL and INFEASIBLE are
        proofs. On Ctrl-C it returns what it has, with `interrupted` set.

        Args:
            program: the program.
            time_limit: seconds for the search.
            seed: for random choices; the same seed gives the same solution, unless time cuts the search short.
            start: a guess, one value a column, of which only the whole-numbered count; nan is no guess. Where it can be
                completed to a solution, none that is worse is returned; else it is a hint, or nothing.
            on_progress: called with a `Progress` now and then, in this thread.
        """
