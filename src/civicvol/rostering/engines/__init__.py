"""The engines, one file each; a solver is imported only when its engine is chosen."""

from importlib import import_module

from civicvol.errors import InputError
from civicvol.rostering.engines._tiered import Tiered
from civicvol.rostering.engines.engine import Engine, OnProgress, Progress, Solution, Status

ENGINES = {"highs": "Highs", "columns": "ColumnGeneration", "cpsat": "Cpsat"}
"""The class of each engine, by its name, which is also its module's."""


def engine_named(name: str) -> Engine:
    """Return the engine of a name.

    Raises:
        InputError: there is none of that name.
    """
    if name not in ENGINES:
        raise InputError.of("engine", f"must be 'auto' or one of {', '.join(map(repr, ENGINES))}", value=name)
    engine: Engine = getattr(import_module(f"{__name__}.{name}"), ENGINES[name])()
    return engine


__all__ = ["ENGINES", "Engine", "OnProgress", "Progress", "Solution", "Status", "Tiered", "engine_named"]
