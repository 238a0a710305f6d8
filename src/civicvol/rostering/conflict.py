"""Why no roster keeps all hard rules: which of them stand against each other, or against what is pinned."""

import attrs

from civicvol.rostering.columns import Columns
from civicvol.rostering.compile import write_program
from civicvol.rostering.engines import engine_named
from civicvol.rostering.roster import Roster
from civicvol.rostering.rules import Pinned, rules_of

_SECONDS = 20.0


def find_nearest(columns: Columns, engine: str) -> Roster | None:
    """Return the roster that keeps the pins and breaks the other hard rules least, None where the time is too short.

    Every hard rule but the pins is given a price of one for each unit of its amount, and soft rules are left out.

    Args:
        columns: the candidates of a problem whose hard rules cannot all hold.
        engine: name of the engine.
    """
    problem = columns.problem
    softened = [
        rule if isinstance(rule, Pinned) else attrs.evolve(rule, weight=1.0) for rule in rules_of(problem) if rule.hard
    ]
    solution = engine_named(engine).solve(write_program(columns, softened), time_limit=_SECONDS, seed=0)
    return None if solution.values is None else columns.roster(solution.values)
