import sys
from time import monotonic

import pytest

from civicvol.errors import EngineError
from civicvol.rostering.engines import _process
from civicvol.rostering.engines._process import SolverProcess


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Return a function that starts a process with a given main part."""
    monkeypatch.setattr(_process, "_FOLDER", tmp_path)

    def start(text):
        (tmp_path / "part.py").write_text(text, encoding="utf-8")
        return SolverProcess("tried", "part")

    return start


def reply_of(process):
    while not (reply := process.reply(0.1)):
        assert process.end.alive
    return reply


ECHO = """
import json, sys
def main():
    for line in sys.stdin:
        print(json.dumps({"name": __name__, "was": json.loads(line)["was"], "path": sys.path}), flush=True)
"""
DEAF = """
import time
def main():
    print('{"deaf": true}', flush=True)
    time.sleep(600)
"""
FAILS = """
def main():
    raise ValueError("no such luck: " + "福" * 3)
"""


class TestSolverProcess:
    def test_is_asked_and_replies(self, beside, monkeypatch, tmp_path):
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(sys, "path", ["", *sys.path])
        process = beside(ECHO)
        assert process.reply(0.0) == {}
        for word in ("前", "后"):
            process.ask({"was": word})
            reply = reply_of(process)
            assert (reply["was"], reply["name"]) == (word, "civicvol.rostering.engines.part")
            assert str(tmp_path) in reply["path"]
        process.end()
        assert process._process.returncode == 0

    def test_is_ended_by_force_where_it_does_not_listen(self, beside, monkeypatch):
        monkeypatch.setattr(_process, "_PATIENCE", 0.2)
        process = beside(DEAF)
        assert reply_of(process) == {"deaf": True}
        began = monotonic()
        process.end()
        assert monotonic() - began < 30
        assert process._process.returncode != 0

    def test_says_what_it_died_of(self, beside):
        process = beside(FAILS)
        with pytest.raises(EngineError, match=r"ended with 1: (?s:.*)no such luck: 福福福$"):
            reply_of(process)
        process.ask({"was": "x" * 1_000_000})
        process.end()

    def test_says_that_it_could_not_be_started(self, monkeypatch):
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(EngineError, match="could not be started"):
            SolverProcess("tried", "part")

    def test_ends_when_nobody_holds_it(self, beside):
        process = beside(ECHO)
        inner = process._process
        del process
        assert inner.returncode is not None
