"""The CP-SAT engine: OR-Tools' constraint solver, an extra, in a process of its own."""

from collections.abc import Mapping
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
_UNPROVEN = {"FEASIBLE", "UNKNOWN"}
_PHASES = ((0.5, {"num_workers": 1, "linearization_level": 2}), (1.0, {"num_workers": 8}))
"""What share of the time left a phase of the search has, and with which parameters it is done."""


@attrs.frozen
class Cpsat:
    """Solves with CP-SAT in another process, which is kept for the next program.

    CP-SAT reckons in whole numbers, so the program is written in these first. What it decides is then completed by a
    linear program, so that values and objective are those of the program given.

    It searches in one thread at first, leaning on linear relaxations. What it proves best by then is the same for the
    same seed. Where nothing is proven in half of the time, the search goes on in eight threads, of which nobody
    knows who is first; a search that time cuts short is not the same twice in any case.

    The time limit is kept even by a search that does not heed it; starting the process, for the first program, comes on
    top with about a second.
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
        search = _Search(whole=whole, offset=program.offset, tell=tell)
        process = self._idle.pop() if self._idle else SolverProcess(self.name, _WORKER)
        try:
            search.run(process, time_limit, seed, hint)
        finally:
            if search.status:
                self._idle.append(process)
            else:
                process.end()
        return no_worse(search.solution(program, self.name), program, known)


@attrs.define(kw_only=True)
class _Search:
    """What is known of a search in another process."""

    whole: Integers
    offset: float
    tell: Teller
    status: str = ""
    values: Floats | None = None
    bound: float | None = None
    interrupted: bool = False
    _least: int | None = None

    def run(self, process: SolverProcess, seconds: float, seed: int, hint: Floats | None) -> None:
        """Search phase by phase until something is proven, time is up or Ctrl-C is pressed."""
        try:
            for share, parameters in _PHASES:
                self.status = ""
                given = hint if self.values is None else self.values
                process.ask(_request(self.whole, given, seconds * share, {**parameters, "random_seed": seed}))
                seconds -= self._follow(process, max(seconds * share, 0.0))
                if self.status not in _UNPROVEN:
                    break
        except KeyboardInterrupt:
            self.status, self.interrupted = "", True

    def _follow(self, process: SolverProcess, seconds: float) -> float:
        """Take in what the process replies in one phase, and return how long it took from when it began."""
        began, until = None, monotonic() + _LONGEST_START
        while not self.status and monotonic() < until:
            reply = process.reply(_LOOK_EVERY)
            if reply.pop("begun", False):
                began = monotonic()
                until = began + seconds + _GRACE
            self._take(**reply)
        if began is None:
            raise EngineError("cpsat", f"its process did not start within {_LONGEST_START:g} seconds")
        return monotonic() - began

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
            cost = int(whole.cost @ np.array(values))
            if self._least is None or cost < self._least:
                self._least, self.values = cost, np.array(values) * whole.unit
        if bound is not None and whole.exact:
            self.bound = max(
                -np.inf if self.bound is None else self.bound, bound / whole.scale - whole.slip + self.offset
            )
        if whole.exact and (objective, bound) != (None, None):
            self.tell(None if objective is None else objective / whole.scale + self.offset, self.bound)


def _request(whole: Integers, hint: Floats | None, seconds: float, parameters: Mapping[str, int]) -> dict[str, object]:
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
        "seconds": seconds,
        "parameters": {"catch_sigint_signal": False, **parameters},
    }
