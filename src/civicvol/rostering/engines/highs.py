"""The embedded engine: HiGHS, linear first, whole-numbered only where the linear solution is not whole already."""

from time import monotonic

import attrs
import numpy as np

from civicvol.rostering.arrays import Bools, Floats, distinct
from civicvol.rostering.engines._blocks import basis_of_blocks
from civicvol.rostering.engines._branching import decided, rounded
from civicvol.rostering.engines._relaxation import Relaxation
from civicvol.rostering.engines._rest import completed, no_worse
from civicvol.rostering.engines._solver import TOLERANCE
from civicvol.rostering.engines._step import step_of
from civicvol.rostering.engines.engine import OnProgress, Solution, Status, Teller
from civicvol.rostering.program import LinearProgram

_LARGE = 600_000


@attrs.frozen
class Highs:
    """Solves with HiGHS in this process.

    The linear relaxation comes first: a community's month is nearly a network flow, whose corners are whole-numbered,
    so its solution is often proven optimal at once. Rows and columns come as they are needed.

    Where some decisions are fractional, those of the people concerned are decided anew, with all others as they are. It
    costs little, and mostly as much as the relaxation, which proves it. Else what cannot be part of anything better is
    struck out, by its reduced cost, and branch and cut begins with what is known.

    A large program whose blocks share few people begins with the relaxations of its blocks. If it is still large when
    all this is done, branch and cut would not get anywhere, so it is left at the roster and the gap that it has.
    """

    name: str = "highs"

    def solve(
        self,
        program: LinearProgram,
        *,
        time_limit: float,
        seed: int,
        start: Floats | None = None,
        on_progress: OnProgress | None = None,
    ) -> Solution:
        """Return the best solution found within so many seconds."""
        tell, until = Teller(on_progress), monotonic() + time_limit
        best = Solution(status=Status.UNKNOWN)
        try:
            known = None if start is None else completed(program, start, self.name)
            best = no_worse(best, program, known)
            tell(best.objective, None)
            relaxation = _relaxation(program, seed, until)
            relaxed = relaxation.solve()
            if relaxed.values is None:
                return no_worse(relaxed, program, known)
            split = program.integer & (np.abs(relaxed.values - np.round(relaxed.values)) > TOLERANCE)
            if not np.any(split):
                best = no_worse(rounded(program, relaxed), program, known)
                tell(best.objective, best.bound)
                return best
            best = no_worse(attrs.evolve(best, bound=relaxed.bound), program, known)
            tell(None, best.bound)
            # Half of the time at the most, so that branch and cut never goes short.
            half = (monotonic() + until) / 2
            near = decided(program, relaxed.values, _concerned(program, split), seed=seed, until=half, tell=tell)
            best = no_worse(attrs.evolve(best, interrupted=near.interrupted), program, near.values)
            tell(best.objective, None)
            if best.interrupted or best.status is Status.OPTIMAL:
                return best
            free = _worth_deciding(program, relaxed, relaxation.reduced, best)
            if best.values is not None and np.count_nonzero(free) > _LARGE:
                return attrs.evolve(best, too_large=True)
            found = decided(program, relaxed.values, free, seed=seed, until=until, tell=tell, start=best.values)
            bound = max((each for each in (relaxed.bound, found.bound) if each is not None), default=None)
            best = no_worse(attrs.evolve(found, bound=bound), program, best.values)
            tell(best.objective, best.bound)
        except KeyboardInterrupt:
            return attrs.evolve(best, interrupted=True)
        return best


def _relaxation(program: LinearProgram, seed: int, until: float) -> Relaxation:
    """Return the relaxation of a program; that of a large one begins with those of its blocks."""
    begin = None
    if len(program.cost) > _LARGE:
        begin = basis_of_blocks(program, lambda block, halt: Relaxation(block, seed, until, halt=halt))
    return Relaxation(program, seed, until, begin=begin)


def _concerned(program: LinearProgram, split: Bools) -> Bools:
    """Return the decisions of those of whose decisions some are fractional, and what else shares a row with these.

    Args:
        program: the program.
        split: which decisions are fractional.
    """
    free = split.copy()
    if len(program.owner):
        free |= program.integer & (program.owner >= 0) & np.isin(program.owner, distinct(program.owner[split]))
    beside = np.zeros(len(free), dtype=bool)
    beside[program.rows[np.flatnonzero(np.diff(program.rows[:, np.flatnonzero(free)].indptr))].indices] = True
    return free | (beside & ~program.integer)


def _worth_deciding(program: LinearProgram, relaxed: Solution, reduced: Floats, best: Solution) -> Bools:
    """Return what is otherwise than in the relaxation in the best solution so far, or may be in a better one.

    A better one costs less by a step at the least. A decision whose reduced cost is more than the gap leaves for that
    stays as it is.
    """
    if best.values is None or best.objective is None or relaxed.values is None or relaxed.objective is None:
        return np.ones(len(program.cost), dtype=bool)
    step = step_of(program)
    gap = best.objective - step - relaxed.objective + TOLERANCE * max(1.0, step, 1e-3 * abs(best.objective))
    return ~program.integer | (np.abs(reduced) <= gap) | (np.abs(best.values - relaxed.values) > TOLERANCE)
