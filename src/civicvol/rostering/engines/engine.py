"""What an engine is: it takes a linear program and returns a solution with a bound."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import attrs

from civicvol.rostering.arrays import Floats
from civicvol.rostering.program import LinearProgram


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
        objective: of the best roster so far; None where there is none yet.
        bound: no roster is better than this; None where nothing is known yet.
        parts: how many independent parts the problem has.
        done: how many of them are solved.
    """

    seconds: float
    objective: float | None = None
    bound: float | None = None
    parts: int = 1
    done: int = 0


OnProgress = Callable[[Progress], object]


@attrs.frozen(kw_only=True, eq=False)
class Solution:
    """What an engine found for a linear program.

    Args:
        status: what is known.
        values: float, one a column; None where no solution was found.
        objective: of the values; None likewise.
        bound: no solution is better than this; None where nothing is known.
        interrupted: whether a person stopped the search.
    """

    status: Status
    values: Floats | None = None
    objective: float | None = None
    bound: float | None = None
    interrupted: bool = False


class Engine(Protocol):
    """A way to solve linear programs with whole-numbered decisions."""

    @property
    def name(self) -> str:
        """What the engine is called in `solve(engine=…)`."""

    def solve(
        self, program: LinearProgram, *, time_limit: float, seed: int, on_progress: OnProgress | None = None
    ) -> Solution:
        """Return the best solution found within so many seconds.

        An engine never claims more than it has proven: `bound` holds for every solution, OPTIMAL and INFEASIBLE are
        proofs. On Ctrl-C it returns what it has, with `interrupted` set.
        """
