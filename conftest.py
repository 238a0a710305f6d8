"""Runs the Python in the README and the documentation as tests."""

from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser

# The plain models need OR-Tools, which cannot be loaded beside HiGHS, or a Java machine; their tests run them in
# processes of their own.
collect_ignore = [
    "docs/conf.py",
    "docs/_build",
    "tests/benchmarks/_area_cpsat.py",
    "tests/benchmarks/_area_timefold.py",
    "tests/benchmarks/_plain.py",
]

pytest_collect_file = Sybil(
    parsers=[DocTestDirectiveParser(), PythonCodeBlockParser()],
    patterns=["README.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
).pytest()
