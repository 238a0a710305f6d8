"""Bare HiGHS, with its default settings, on the arrays that civicvol's engine is given."""

from time import perf_counter
from typing import Any

import highspy
import numpy as np

from civicvol.rostering.program import LinearProgram


def by_highs(program: LinearProgram, *, whole: bool, time_limit: float) -> dict[str, Any]:
    """Return what HiGHS alone comes to.

    Args:
        program: the arrays; rows that an engine may leave out for a while are there from the start.
        whole: whether columns are whole-numbered where the program says so, else none is.
        time_limit: seconds.

    Returns:
        `seconds`, those of handing over the arrays included; `proven`, whether it ended by itself, which it does at a
        gap of 0.01 %; `objective`, None where it found nothing.
    """
    begin = perf_counter()
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("time_limit", time_limit)
    solver.passModel(_model(program))
    if whole:
        decisions = np.flatnonzero(program.integer).astype(np.int32)
        solver.changeColsIntegrality(len(decisions), decisions, np.ones(len(decisions), dtype=np.uint8))
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return {
        "seconds": perf_counter() - begin,
        "proven": solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        "objective": info.objective_function_value if found else None,
    }


def _model(program: LinearProgram) -> highspy.HighsLp:
    """Return a program as HiGHS takes it, with no column asked to be whole."""
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.rows.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_, model.offset_ = program.row_lower, program.row_upper, program.offset
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_row_, matrix.num_col_ = program.rows.shape
    matrix.start_ = program.rows.indptr.astype(np.int32)
    matrix.index_ = program.rows.indices.astype(np.int32)
    matrix.value_ = program.rows.data
    return model
