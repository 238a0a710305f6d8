"""Runs the Python in the README and the documentation as tests."""

from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser

# The plain model needs OR-Tools, which cannot be loaded beside HiGHS; its tests run it in a process of its own.
collect_ignore = ["docs/conf.py", "docs/_build", "tests/benchmarks/_plain.py"]

pytest_collect_file = Sybil(
    parsers=[DocTestDirectiveParser(), PythonCodeBlockParser()],
    patterns=["README.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
).pytest()
