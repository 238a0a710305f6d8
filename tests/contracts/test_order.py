"""Every rule, found by itself, is written the same way in every process, however its sets of text are ordered there."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from civicvol.rostering.rules import RULES
from civicvol.testing import example_rules, roster_problems

WRITTEN = Path(__file__).with_name("_written.py")
SEVERAL = settings(
    max_examples=8,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def problems_with(rule_class):
    """Return some problems with the rule."""
    drawn = []

    @SEVERAL
    @given(data=st.data())
    def draw(data):
        problem = data.draw(roster_problems())
        rule = data.draw(example_rules(rule_class, problem=problem))
        drawn.append(attrs.evolve(problem, rules=list(dict.fromkeys([*problem.rules, rule]))))

    draw()
    return drawn


def written_in_a_process(file, seed):
    """Return the digest of each problem in a file, in a new process in which text hashes in its own way."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run([sys.executable, WRITTEN, file], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def digests(tmp_path_factory):
    """Return, by rule, the digests of its problems in one process, and in another."""
    problems = {rule_class: problems_with(rule_class) for rule_class in RULES}
    file = tmp_path_factory.mktemp("order") / "problems.pickle"
    file.write_bytes(pickle.dumps([problem for some in problems.values() for problem in some]))
    texts = [iter(written_in_a_process(file, seed)) for seed in (1, 2, 3)]
    return {rule_class: [[next(text) for _ in some] for text in texts] for rule_class, some in problems.items()}


@pytest.mark.parametrize("rule_class", RULES, ids=lambda rule_class: rule_class.__name__)
class TestEachRule:
    def test_is_written_the_same_way_in_every_process(self, rule_class, digests):
        first, second, third = digests[rule_class]
        assert first
        assert first == second == third
