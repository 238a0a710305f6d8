"""The process in which CP-SAT runs: it reads programs, one a line of JSON, and writes what it finds, a line each time.

OR-Tools and HiGHS cannot be loaded into one process. So OR-Tools is imported here alone, and only when this runs.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, TextIO

_LOOK_EVERY = 0.1


def main() -> None:
    """Solve one program after the other until the input ends, or a search that it finds still running is stopped."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who ends the input
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as output:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library may print must not come between
        requests = _Requests(sys.stdin)
        for request in requests:
            _solve(request, requests.ended, _Answers(output))


class _Requests:
    """What the parent asks for, read in a thread of its own so that the end of the input is seen during a search."""

    def __init__(self, source: TextIO) -> None:
        self.ended = Event()
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._source = source
        Thread(target=self._read, daemon=True).start()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while line := self._lines.get():
            yield json.loads(line)

    def _read(self) -> None:
        for line in self._source:
            self._lines.put(line)
        self.ended.set()
        self._lines.put("")


class _Answers:
    """Where answers go, from whatever thread they come."""

    def __init__(self, output: TextIO) -> None:
        self._output = output
        self._lock = Lock()

    def give(self, **answer: object) -> None:
        with self._lock:
            print(json.dumps(answer), file=self._output, flush=True)


def _solve(request: Mapping[str, Any], ended: Event, answers: _Answers) -> None:
    """Solve a program, tell of each better solution and bound, and at last of the status."""
    from ortools.sat.python import cp_model

    began = monotonic()
    answers.give(begun=True)

    class Improvements(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            answers.give(values=list(self.response_proto.solution), objective=self.objective_value)

    model = cp_model.CpModel()
    bounds = zip(request["lower"], request["upper"], strict=True)
    columns = [model.new_int_var(lower, upper, "") for lower, upper in bounds]
    starts = request["starts"]
    for first, last, least, most in zip(starts, starts[1:], request["row_lower"], request["row_upper"], strict=False):
        entries = [columns[place] for place in request["columns"][first:last]]
        total = cp_model.LinearExpr.weighted_sum(entries, request["factors"][first:last])
        model.add_linear_constraint(total, least, most)
    model.minimize(cp_model.LinearExpr.weighted_sum(columns, request["cost"]))
    for place, value in zip(*request["hint"], strict=True):
        model.add_hint(columns[place], value)
    solver = cp_model.CpSolver()
    for name, value in request["parameters"].items():
        setattr(solver.parameters, name, value)
    solver.parameters.max_time_in_seconds = max(request["seconds"] - (monotonic() - began), 0.0)
    solver.best_bound_callback = lambda bound: answers.give(bound=bound)
    done = Event()
    watch = Thread(target=_stop_at, args=(ended, done, solver))
    watch.start()
    status = solver.status_name(solver.solve(model, Improvements()))
    done.set()
    watch.join()
    # In any other case neither the values nor the bound that the solver holds mean anything.
    if status in {"OPTIMAL", "FEASIBLE"}:
        answers.give(bound=solver.best_objective_bound, values=list(solver.response_proto.solution))
    answers.give(status=status)


def _stop_at(ended: Event, done: Event, solver: Any) -> None:
    while not done.wait(_LOOK_EVERY):
        if ended.is_set():
            solver.stop_search()
