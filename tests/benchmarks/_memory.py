"""The memory of this process and of all that it started, watched while something is being done."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

PROCESSES = Path("/proc")
KIBIBYTES = {"smaps_rollup": "Pss:", "status": "VmRSS:"}
"""Where Linux says how much memory a process has: its share of what several have, or else all that it looks at."""


class PeakMemory:
    """Looks every so often at the memory of this process and of all its descendants together.

    Args:
        every: seconds between two looks.
    """

    def __init__(self, every: float = 0.2) -> None:
        self._every = every
        self._peak = 0
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._look()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._look()
        self._done.set()
        self._thread.join()

    @property
    def mebibytes(self) -> float | None:
        """The most that was seen; None where the system does not tell, as only Linux does."""
        return self._peak / 1024 or None

    def _watch(self) -> None:
        while not self._done.wait(self._every):
            self._look()

    def _look(self) -> None:
        self._peak = max(self._peak, sum(map(kibibytes, family(os.getpid()))))


def family(process: int) -> Iterator[int]:
    """Yield a process and all its descendants; nothing where the system does not tell."""
    known = list((PROCESSES / str(process) / "task").glob("*/children"))
    if known:
        yield process
    for children in known:
        # A process or thread may end while it is being looked at.
        with suppress(OSError):
            for child in children.read_text().split():
                yield from family(int(child))


def kibibytes(process: int) -> int:
    """Return how much memory a process has, nothing where it has ended."""
    for name, title in KIBIBYTES.items():
        with suppress(OSError):
            for line in (PROCESSES / str(process) / name).read_text().splitlines():
                if line.startswith(title):
                    return int(line.split()[1])
    return 0
