"""Have pieces of work done by an executor: each again if it fails, within a time, and what is done is kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import suppress
from math import inf
from typing import Any, Generic, Protocol, TypeVar

import attrs
from loky import ProcessPoolExecutor, cpu_count

from civicvol.errors import InputError


class Done(Protocol):
    """What a piece of work gives."""

    @property
    def search_seconds(self) -> float:
        """The seconds that its search took, of those it was granted."""


T = TypeVar("T", bound=Done)

Work = Callable[[int, float], tuple[Callable[..., Any], tuple[Any, ...]]]


@attrs.frozen(kw_only=True)
class Dispatched(Generic[T]):
    """What came of the work.

    Args:
        done: what each piece gave that was done, by its number.
        failed: the error of each that failed twice.
        interrupted: whether a person stopped it; what is neither done nor failed was not finished.
    """

    done: Mapping[int, T]
    failed: Mapping[int, Exception]
    interrupted: bool


class Here(Executor):
    """An executor that does everything at once, in this thread."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Do some work and return what came of it; a Ctrl-C goes through."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is the future's
            future.set_exception(error)
        return future


class Dispatch(Generic[T]):
    """Pieces of work on their way through an executor.

    The largest go first. Of each only as many are handed over as keep all workers busy, and each is granted a share of
    the time that is left, by its size. A piece that fails is tried a second time when all others are done, by itself:
    so a piece that takes its worker down with it takes no other along. Where the executor breaks, processes of this
    machine take its place.

    Args:
        work: returns for the number of a piece, and the seconds it is granted, the function to call and its arguments.
        sizes: how large each piece is; more than nothing.
        executor: where to do the work; in processes of this machine where None.
        time_limit: the seconds that each worker may search in all.
        on_done: called with the number of a piece and what it gave.
    """

    def __init__(
        self,
        work: Work,
        sizes: Sequence[int],
        executor: Executor | None,
        time_limit: float,
        on_done: Callable[[int, T], object],
    ) -> None:
        self._work = work
        self._sizes = [max(size, 1) for size in sizes]
        self._time_limit = time_limit
        self._on_done = on_done
        self._executor = processes() if executor is None else executor
        self._ours = executor is None
        self._done: dict[int, T] = {}
        self._failed: dict[int, Exception] = {}
        self._running: dict[Future[T], int] = {}
        self._granted: dict[int, float] = {}
        self._workers = workers_of(self._executor)

    def run(self) -> Dispatched[T]:
        """Do the work and return what came of it."""
        interrupted = False
        try:
            order = sorted(range(len(self._sizes)), key=lambda number: -self._sizes[number])
            self._run_through(order, inf if self._workers is None else 2 * self._workers)
            self._run_through(sorted(self._failed), 1)
        except KeyboardInterrupt:
            interrupted = True
            for future, number in self._running.items():
                if not future.cancel() and future.done() and future.exception() is None:
                    self._done[number] = future.result()
        finally:
            self._let_go(kill=bool(self._running))
        return Dispatched(done=self._done, failed=self._failed, interrupted=interrupted)

    def _run_through(self, numbers: Iterable[int], most: float) -> None:
        """Do some pieces, no more than `most` at a time."""
        queue = list(reversed(list(numbers)))
        while queue or self._running:
            while queue and len(self._running) < most and not any(future.done() for future in self._running):
                self._submit(queue.pop())
            finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in finished:
                self._take(self._running.pop(future), future)

    def _submit(self, number: int) -> None:
        self._failed.pop(number, None)
        self._granted[number] = self._share(number)
        function, arguments = self._work(number, self._granted[number])
        try:
            future = self._executor.submit(function, *arguments)
        except BrokenExecutor:
            self._replace()
            future = self._executor.submit(function, *arguments)
        except Exception as error:
            if not (self._running or self._done or self._failed):
                raise InputError.of("executor", f"must take work: {error}", value=self._executor) from error
            self._fail(number, error)
            return
        self._running[future] = number

    def _take(self, number: int, future: Future[T]) -> None:
        error = CancelledError("its executor dropped it") if future.cancelled() else future.exception()
        if error is None:
            self._done[number] = found = future.result()
            self._granted[number] = min(self._granted[number], found.search_seconds)
            self._on_done(number, found)
        elif isinstance(error, Exception):
            self._fail(number, error)
        else:
            raise error

    def _fail(self, number: int, error: Exception) -> None:
        self._failed[number] = error
        del self._granted[number]

    def _share(self, number: int) -> float:
        """Return the seconds that a piece is granted: its share, by size, of what is left."""
        if self._workers is None:
            return self._time_limit
        left = self._time_limit * self._workers - sum(self._granted.values())
        waiting = sum(size for other, size in enumerate(self._sizes) if other not in self._granted)
        return max(min(left * self._sizes[number] / waiting, self._time_limit), 0.0)

    def _replace(self) -> None:
        """Go on in processes of this machine."""
        self._let_go(kill=True)
        self._executor, self._ours = processes(), True
        self._workers = workers_of(self._executor)

    def _let_go(self, *, kill: bool) -> None:
        if self._ours:
            self._executor.shutdown(kill_workers=kill)  # type: ignore[call-arg]


def processes() -> Executor:
    """Return processes on this machine's cores; they need no guard around the main part of the program that asks."""
    pool: Executor = ProcessPoolExecutor(cpu_count())
    return pool


def workers_of(executor: Executor) -> int | None:
    """Return how many workers an executor has, None where it does not tell."""
    if isinstance(executor, Here):
        return 1
    with suppress(AttributeError, TypeError, ValueError):
        return int(executor._max_workers)  # type: ignore[attr-defined]
    return None
