"""Why no roster keeps all hard rules: which of them stand against each other, or against what is pinned."""

import attrs

from civicvol.rostering.check import check
from civicvol.rostering.columns import Columns
from civicvol.rostering.compile import write_program
from civicvol.rostering.engines import engine_named
from civicvol.rostering.rule import Violation
from civicvol.rostering.rules import Pinned, rules_of

_SECONDS = 20.0


def find_conflict(columns: Columns, engine: str) -> tuple[Violation, ...]:
    """Return how the hard rules are broken by the roster that keeps the pins and breaks them least.

    Every hard rule but the pins is given a price of one for each unit of its amount, soft rules are left out, and what
    is then cheapest is checked.

    Args:
        columns: the candidates of a problem whose hard rules cannot all hold.
        engine: name of the engine.
    """
    problem = columns.problem
    softened = [
        rule if isinstance(rule, Pinned) else attrs.evolve(rule, weight=1.0) for rule in rules_of(problem) if rule.hard
    ]
    solution = engine_named(engine).solve(write_program(columns, softened), time_limit=_SECONDS, seed=0)
    return () if solution.values is None else check(problem, columns.roster(solution.values)).hard
