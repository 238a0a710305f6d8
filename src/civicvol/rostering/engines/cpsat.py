"""The CP-SAT engine: OR-Tools' constraint solver, an extra, in a process of its own."""

from importlib.util import find_spec
from time import monotonic

import attrs
import numpy as np

from civicvol.errors import EngineError, MissingExtraError
from civicvol.rostering.arrays import Floats
from civicvol.rostering.engines._integers import Integers, in_whole_numbers
from civicvol.rostering.engines._process import SolverProcess
from civicvol.rostering.engines._rest import completed, least_relaxed, no_worse
from civicvol.rostering.engines.engine import OnProgress, Solution, Status, Teller
from civicvol.rostering.program import LinearProgram

_WORKER = "_cpsat_worker"
_LOOK_EVERY = 0.1
_LONGEST_START = 120.0
_GRACE = 1.0
_PARAMETERS = {"num_workers": 8, "interleave_search": True, "catch_sigint_signal": False}


@attrs.frozen
class Cpsat:
    """Solves with CP-SAT in another process, which is kept for the next program.

    CP-SAT reckons in whole numbers, so the program is written in these first. What it decides is then completed by a
    linear program, so that values and objective are those of the program given. The search is interleaved: it depends
    on the seed alone, not on how fast the machine is, unless time cuts it short.

    The time limit is kept even by a search that does not heed it. Starting the process comes on top, one or two seconds
    for the first program.
    """

    name: str = "cpsat"
    _idle: list[SolverProcess] = attrs.field(factory=list, init=False, repr=False, eq=False)

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

        Raises:
            MissingExtraError: OR-Tools is not installed.
            EngineError: the process failed, or for any solution there is a better one.
        """
        if find_spec("ortools") is None:
            raise MissingExtraError("ortools", "cpsat")
        tell = Teller(on_progress)
        whole = in_whole_numbers(program)
        if np.any(whole.lower > whole.upper):
            return Solution(status=Status.INFEASIBLE)
        known = None if start is None else completed(program, start, self.name)
        hint = known
        if known is not None:
            tell(program.objective(known), None)
        elif start is not None:
            hint = np.where(program.integer, start, np.nan)
        search = _Search(whole, program.offset, tell)
        process = self._idle.pop() if self._idle else SolverProcess(self.name, _WORKER)
        try:
            process.ask(_request(whole, hint, time_limit, seed))
            search.follow(process, time_limit)
        finally:
            if search.status:
                self._idle.append(process)
            else:
                process.end()
        return no_worse(search.solution(program, self.name), program, known)


@attrs.define
class _Search:
    """What is known of a search in another process."""

    whole: Integers
    offset: float
    tell: Teller
    status: str = ""
    values: Floats | None = None
    bound: float | None = None
    interrupted: bool = False

    def follow(self, process: SolverProcess, seconds: float) -> None:
        """Take in what the process replies, until it is done, time is up or Ctrl-C is pressed."""
        until = monotonic() + _LONGEST_START
        begun = False
        try:
            while not self.status and monotonic() < until:
                reply = process.reply(_LOOK_EVERY)
                if reply.pop("begun", False):
                    begun, until = True, monotonic() + max(seconds, 0.0) + _GRACE
                self._take(**reply)
        except KeyboardInterrupt:
            self.interrupted = True
        if not (begun or self.interrupted):
            raise EngineError("cpsat", f"its process did not start within {_LONGEST_START:g} seconds")

    def solution(self, program: LinearProgram, engine: str) -> Solution:
        """Return what was found, as a solution of the program itself."""
        floor = -np.inf if self.whole.exact else least_relaxed(program)
        if self.status == "MODEL_INVALID":
            raise EngineError(engine, "its numbers are too large for whole-number reckoning")
        if floor == np.inf or (self.status == "INFEASIBLE" and self.whole.exact):
            return Solution(status=Status.INFEASIBLE)
        bound = floor if self.bound is None else self.bound
        nothing = Solution(
            status=Status.UNKNOWN, bound=bound if np.isfinite(bound) else None, interrupted=self.interrupted
        )
        values = None if self.values is None else completed(program, self.values, engine)
        return no_worse(nothing, program, values)

    def _take(
        self,
        *,
        status: str = "",
        values: list[int] | None = None,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Take in a reply."""
        whole = self.whole
        self.status = status
        if values is not None:
            self.values = np.array(values) * whole.unit
        if bound is not None and whole.exact:
            self.bound = max(
                -np.inf if self.bound is None else self.bound, bound / whole.scale - whole.slip + self.offset
            )
        if whole.exact and (objective, bound) != (None, None):
            self.tell(None if objective is None else objective / whole.scale + self.offset, self.bound)


def _request(whole: Integers, hint: Floats | None, time_limit: float, seed: int) -> dict[str, object]:
    """Return what to ask the process for; a hint is one value a column, nan where there is none."""
    guess = np.full(len(whole.unit), np.nan) if hint is None else np.round(hint / whole.unit)
    given = np.flatnonzero(np.isfinite(guess))
    return {
        "cost": whole.cost.tolist(),
        "lower": whole.lower.tolist(),
        "upper": whole.upper.tolist(),
        "starts": whole.rows.indptr.tolist(),
        "columns": whole.rows.indices.tolist(),
        "factors": whole.rows.data.tolist(),
        "row_lower": whole.row_lower.tolist(),
        "row_upper": whole.row_upper.tolist(),
        "hint": [given.tolist(), np.clip(guess[given], whole.lower[given], whole.upper[given]).astype(int).tolist()],
        "seconds": time_limit,
        "parameters": {**_PARAMETERS, "random_seed": seed},
    }
