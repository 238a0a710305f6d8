"""A process of its own for a solver: it is asked a line of JSON at a time, and answers likewise."""

import json
import os
import subprocess
import sys
import weakref
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any, cast

from civicvol.errors import EngineError

_FOLDER = Path(__file__).parent
_RUN = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location(*sys.argv[1:])
module = module_from_spec(spec)
spec.loader.exec_module(module)
module.main()
"""
_PATIENCE = 2.0
_LAST_WORDS = 2_000


class SolverProcess:
    """A Python process that runs `main` of a module beside this one, as long as it is wanted.

    It ends when `end` is called, or when nobody holds this object any more, at the exit of Python at the latest. A new
    interpreter runs the module, not a copy of the program that asks, which so needs no guard around its main part. The
    module is loaded by itself, without the packages that it is in, which would take longer than many a program.

    Args:
        engine: the name of the engine, for errors.
        module: the name of the module.
    """

    def __init__(self, engine: str, module: str) -> None:
        self._engine = engine
        self._replies: SimpleQueue[str] = SimpleQueue()
        self._words = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 -- until the end
        # Modules are looked for where they are here, whatever made it so; the current folder counts only if it does.
        places = os.pathsep.join(each or os.curdir for each in sys.path)
        try:
            process = subprocess.Popen(  # noqa: S603 -- this Python, and a file of this library
                [sys.executable, "-P", "-c", _RUN, f"{__package__}.{module}", _FOLDER / f"{module}.py"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._words,
                env={**os.environ, "PYTHONPATH": places},
                encoding="utf-8",
            )
        except OSError as error:
            self._words.close()
            raise EngineError(engine, f"its process could not be started: {error}") from error
        self._process, self._requests = process, cast("IO[str]", process.stdin)
        listener = Thread(target=_listen, args=(process.stdout, self._replies), daemon=True)
        listener.start()
        self.end = weakref.finalize(self, _end, process, listener, self._words)

    def ask(self, request: Mapping[str, object]) -> None:
        """Ask for something."""
        line = json.dumps(request)
        with suppress(BrokenPipeError):  # the process died, and its last words will be heard
            print(line, file=self._requests, flush=True)

    def reply(self, seconds: float) -> dict[str, Any]:
        """Return the next reply, an empty one where none comes within so many seconds.

        Raises:
            EngineError: the process has died.
        """
        try:
            line = self._replies.get(timeout=seconds)
        except Empty:
            return {}
        if not line:
            code = self._process.wait()
            self._words.seek(0)
            raise EngineError(
                self._engine, f"its process ended with {code}: {self._words.read()[-_LAST_WORDS:].strip()}"
            )
        reply: dict[str, Any] = json.loads(line)
        return reply


def _listen(source: IO[str], replies: "SimpleQueue[str]") -> None:
    for line in source:
        replies.put(line)
    replies.put("")


def _end(process: "subprocess.Popen[str]", listener: Thread, words: IO[str]) -> None:
    """End a process: by ending its input, which stops what it does, or by force where it does not heed that in time."""
    with suppress(OSError):
        cast("IO[str]", process.stdin).close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    listener.join()
    cast("IO[str]", process.stdout).close()
    words.close()
