"""HiGHS itself: a program put into a solver, and a run that a person or another thread can stop."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread

import highspy
import numpy as np

from civicvol.rostering.program import LinearProgram

TOLERANCE = 1e-6
_LOOK_EVERY = 0.1

Tell = Callable[[float | None, float | None], None]
"""Takes the objective and the bound that are known so far."""


def loaded(program: LinearProgram, seed: int) -> highspy.Highs:
    """Return a solver with a program, of which no column is asked to be whole."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("random_seed", seed)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", TOLERANCE)
    entries = program.rows
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.row_upper)
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_, model.offset_ = program.row_lower, program.row_upper, program.offset
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_col_, model.a_matrix_.num_row_ = model.num_col_, model.num_row_
    model.a_matrix_.start_ = entries.indptr.astype(np.int32)
    model.a_matrix_.index_ = entries.indices.astype(np.int32)
    model.a_matrix_.value_ = entries.data
    solver.passModel(model)
    return solver


def tell_nobody(_objective: float | None, _bound: float | None) -> None:
    """Take a report and leave it at that."""


def run(solver: highspy.Highs, time_limit: float, tell: Tell, halt: Event, *, whole: bool) -> bool:
    """Run, pass on what the solver reports, and return whether Ctrl-C stopped it; `halt` does so from another thread.

    It runs in a thread of its own, because Ctrl-C reaches Python only between two of Python's own instructions. HiGHS
    counts the time of all linear runs of one solver together, so their limit is set on top of what it has used; a
    whole-numbered run counts its own.
    """
    done, stop = Event(), Event()
    reports: SimpleQueue[float] = SimpleQueue()

    def look(event: highspy.HighsCallbackEvent) -> None:
        if stop.is_set() or halt.is_set():
            event.interrupt()

    def report(event: highspy.HighsCallbackEvent) -> None:
        reports.put(event.data_out.mip_primal_bound)

    def work() -> None:
        try:
            solver.run()
        finally:
            done.set()

    # Only the objectives of improving solutions are reported. HiGHS solves smaller programs in between, and the bounds
    # that its callbacks know may be theirs.
    watched = (solver.cbSimplexInterrupt, look), (solver.cbMipInterrupt, look), (solver.cbMipImprovingSolution, report)
    for callback, listener in watched:
        callback.subscribe(listener)
    used = 0.0 if whole else solver.getRunTime()
    solver.setOptionValue("time_limit", max(time_limit, 0.0) + used)
    Thread(target=work, daemon=True).start()
    try:
        while not done.wait(_LOOK_EVERY):
            _pass_on(reports, tell)
    except KeyboardInterrupt:
        return True
    finally:
        stop.set()
        done.wait()
        for callback, listener in watched:
            callback.unsubscribe(listener)
    return False


def _pass_on(reports: "SimpleQueue[float]", tell: Tell) -> None:
    try:
        while True:
            tell(reports.get_nowait(), None)
    except Empty:
        return
