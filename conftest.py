"""Runs the Python in the README and the documentation as tests."""

from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser

collect_ignore = ["docs/conf.py", "docs/_build"]

pytest_collect_file = Sybil(
    parsers=[DocTestDirectiveParser(), PythonCodeBlockParser()],
    patterns=["README.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
).pytest()
