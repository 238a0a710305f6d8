"""For tests, yours and ours: strategies that draw whole roster problems, and the contracts that a rule must meet.

It needs Hypothesis, which comes with the extra `testing`.
"""

from civicvol.errors import MissingExtraError

try:
    import hypothesis as _hypothesis  # noqa: F401
except ImportError as error:
    raise MissingExtraError("hypothesis", "testing") from error

from civicvol.testing.contract import assert_rule_is_described, assert_two_sided
from civicvol.testing.example import try_rule
from civicvol.testing.strategies import (
    availabilities,
    birth_dates,
    example_rules,
    horizons,
    past_duties,
    patterns,
    roster_problems,
    rosters,
    shifts,
    time_spans,
    volunteers,
)

__all__ = [
    "assert_rule_is_described",
    "assert_two_sided",
    "availabilities",
    "birth_dates",
    "example_rules",
    "horizons",
    "past_duties",
    "patterns",
    "roster_problems",
    "rosters",
    "shifts",
    "time_spans",
    "try_rule",
    "volunteers",
]
