import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing import get_context

import attrs
import loky
import pytest

from civicvol import InputError
from civicvol.rostering import dispatch
from civicvol.rostering.dispatch import Dispatch, Here, workers_of


@attrs.frozen
class Took:
    """What a piece gives: how long it took."""

    search_seconds: float = 0.0


class Slow(Executor):
    """An executor that does nothing until somebody waits for it, and then the oldest piece.

    Args:
        workers: how many it says it has; it does not tell where None.
    """

    def __init__(self, monkeypatch, workers=None):
        self.given = {}
        self.most = 0
        if workers is not None:
            self._max_workers = workers
        monkeypatch.setattr(dispatch, "wait", self.wait)

    def submit(self, work, /, *arguments):
        future = Future()
        self.given[future] = partial(work, *arguments)
        self.most = max(self.most, len(self.given))
        return future

    def do_oldest(self):
        future = next(iter(self.given))
        future.set_running_or_notify_cancel()
        came = Here().submit(self.given.pop(future))
        if came.exception():
            future.set_exception(came.exception())
        else:
            future.set_result(came.result())

    def wait(self, futures, return_when):
        self.do_oldest()
        return [future for future in futures if future.done()], ()


class Pool(Here):
    """An executor that does everything at once and remembers how it was let go."""

    def shutdown(self, wait=True, *, kill_workers=False):
        self.killed = kill_workers


class Breaks(Executor):
    """An executor that breaks with the piece of a number, and takes nothing any more."""

    def __init__(self, error=BrokenProcessPool):
        self.error = error
        self.count = 0

    def submit(self, work, /, *arguments):
        self.count += 1
        if self.count > 1:
            raise self.error("no more")
        return Here().submit(work, *arguments)


class Pieces:
    """Pieces of work by number, in one list with what came of them."""

    def __init__(self, *took, fails=None):
        self.took = took or (0.0,) * 9
        self.fails = dict(fails or {})
        self.granted = []
        self.events = []

    def work(self, number, seconds):
        self.granted.append(round(seconds, 6))
        return self.do, (number,)

    def do(self, number):
        self.events.append(number)
        error = self.fails.get(number)
        if error:
            raise error.pop() if isinstance(error, list) else error
        return Took(self.took[number])

    def note(self, number, found):
        self.events.append(f"{number} done")


def run(pieces, sizes, executor, time_limit=60.0, on_done=None):
    return Dispatch(pieces.work, sizes, executor, time_limit, on_done or pieces.note).run()


class TestOrder:
    def test_the_largest_goes_first(self):
        pieces = Pieces()
        result = run(pieces, [1, 3, 2], Here())
        assert [event for event in pieces.events if isinstance(event, int)] == [1, 2, 0]
        assert sorted(result.done) == [0, 1, 2]
        assert (result.failed, result.interrupted) == ({}, False)

    def test_those_of_a_size_go_in_turn(self):
        pieces = Pieces()
        run(pieces, [1, 1, 1], Here())
        assert [event for event in pieces.events if isinstance(event, int)] == [0, 1, 2]

    def test_what_is_done_is_told_before_more_is_handed_over(self):
        pieces = Pieces()
        run(pieces, [3, 2, 1], Here())
        assert pieces.events == [0, "0 done", 1, "1 done", 2, "2 done"]

    def test_nothing_is_soon_done(self):
        assert run(Pieces(), [], Here()).done == {}


class TestWindow:
    @pytest.mark.parametrize(("workers", "most"), [(1, 2), (2, 4), (3, 6), (4, 7)])
    def test_no_more_is_handed_over_than_keeps_all_busy(self, monkeypatch, workers, most):
        slow = Slow(monkeypatch, workers)
        assert len(run(Pieces(), [1] * 7, slow).done) == 7
        assert slow.most == most

    def test_all_is_handed_over_to_who_does_not_tell_how_many_there_are(self, monkeypatch):
        slow = Slow(monkeypatch)
        run(Pieces(), [1] * 7, slow)
        assert slow.most == 7


class TestTime:
    def test_is_shared_by_size_and_what_is_left_goes_on(self):
        # 12 s: 3 of 6 parts are 6, of which 1 is used; 2 of 3 of the 11 left; then all that is left.
        pieces = Pieces(1.0, 5.5, 9.0)
        run(pieces, [3, 2, 1], Here(), 12.0)
        assert pieces.granted == [6.0, 7.333333, 5.5]

    def test_is_there_for_each_worker(self, monkeypatch):
        # Two workers have 20 s: 4 of 10 parts are 8, and again; 2 of 2 parts of the 4 left are 4.
        pieces = Pieces(8.0, 8.0, 4.0)
        run(pieces, [4, 4, 2], Slow(monkeypatch, 2), 10.0)
        assert pieces.granted == [8.0, 8.0, 4.0]

    def test_is_never_more_for_a_piece_than_there_is(self, monkeypatch):
        pieces = Pieces()
        run(pieces, [9, 1], Slow(monkeypatch, 4), 10.0)
        assert pieces.granted == [10.0, 10.0]

    def test_is_the_whole_for_each_where_nobody_tells_how_many_workers_there_are(self, monkeypatch):
        pieces = Pieces()
        run(pieces, [9, 1], Slow(monkeypatch), 10.0)
        assert pieces.granted == [10.0, 10.0]

    def test_is_not_taken_from_others_by_who_overruns_it(self):
        pieces = Pieces(50.0, 50.0)
        run(pieces, [1, 1], Here(), 10.0)
        assert pieces.granted == [5.0, 5.0]

    def test_is_kept_for_those_that_are_tried_again(self):
        # The first fails at once: the second gets its half of all, and the first, again, what is left.
        pieces = Pieces(0.0, 5.0, fails={0: [ValueError()]})
        run(pieces, [1, 1], Here(), 10.0)
        assert pieces.granted == [5.0, 5.0, 5.0]

    def test_of_nothing_is_nothing_for_each(self):
        pieces = Pieces()
        run(pieces, [0, 2], Here(), 0.0)
        assert pieces.granted == [0.0, 0.0]


class TestFailure:
    def test_that_comes_once_is_no_loss(self):
        pieces = Pieces(fails={1: [ValueError("once")]})
        result = run(pieces, [3, 2, 1], Here())
        assert (sorted(result.done), result.failed) == ([0, 1, 2], {})
        # It is tried again when all others are done.
        assert pieces.events == [0, "0 done", 1, 2, "2 done", 1, "1 done"]

    def test_that_comes_twice_is_reported_and_the_others_are_kept(self):
        error = ValueError("always")
        result = run(Pieces(fails={1: error}), [3, 2, 1], Here())
        assert sorted(result.done) == [0, 2]
        assert result.failed == {1: error}
        assert not result.interrupted

    def test_of_all_is_reported(self):
        result = run(Pieces(fails={0: ValueError("a"), 1: ValueError("b")}), [1, 1], Here())
        assert result.done == {}
        assert [str(error) for error in result.failed.values()] == ["a", "b"]

    def test_is_tried_again_by_itself(self, monkeypatch):
        slow = Slow(monkeypatch, 2)
        outstanding = []

        class Watched(Pieces):
            def do(self, number):
                outstanding.append(len(slow.given))
                return super().do(number)

        run(Watched(fails={0: [ValueError()], 1: [ValueError()], 2: [ValueError()]}), [1, 1, 1], slow)
        assert outstanding[-3:] == [0, 0, 0]

    def test_of_a_piece_that_the_executor_drops_is_one(self, monkeypatch):
        class Forgetful(Slow):
            def submit(self, work, /, *arguments):
                future = super().submit(work, *arguments)
                if arguments == (1,):
                    future.cancel()
                return future

            def do_oldest(self):
                self.given = {future: piece for future, piece in self.given.items() if not future.done()}
                if self.given:
                    super().do_oldest()

        result = run(Pieces(), [3, 2, 1], Forgetful(monkeypatch, 2))
        assert sorted(result.done) == [0, 2]
        assert str(result.failed[1]) == "its executor dropped it"

    def test_of_the_program_itself_goes_through(self, monkeypatch):
        class Leaves(Here):
            def submit(self, work, /, *arguments):
                future = Future()
                future.set_exception(SystemExit(3))
                return future

        with pytest.raises(SystemExit):
            run(Pieces(), [1], Leaves())


class TestABrokenExecutor:
    @pytest.fixture(autouse=True)
    def pools(self, monkeypatch):
        made = []
        monkeypatch.setattr(dispatch, "processes", lambda: made.append(Pool()) or made[-1])
        return made

    def test_is_replaced(self, pools):
        result = run(Pieces(), [3, 2, 1], Breaks())
        assert (sorted(result.done), result.failed) == ([0, 1, 2], {})
        assert [pool.killed for pool in pools] == [False]

    def test_of_ours_is_cleared_away(self, pools, monkeypatch):
        class BreaksOnce(Pool, Breaks):
            def __init__(self):
                Breaks.__init__(self)

            def submit(self, work, /, *arguments):
                return Breaks.submit(self, work, *arguments)

        first = BreaksOnce()
        made = iter([first, Pool()])
        monkeypatch.setattr(dispatch, "processes", lambda: next(made))
        assert len(run(Pieces(), [3, 2, 1], None).done) == 3
        assert first.killed

    @pytest.mark.parametrize("error", [RuntimeError, ValueError])
    def test_that_takes_no_more_work_loses_only_what_is_left(self, pools, error):
        result = run(Pieces(), [3, 2, 1], Breaks(error))
        assert sorted(result.done) == [0]
        assert [str(error) for error in result.failed.values()] == ["no more", "no more"]
        assert pools == []

    @pytest.mark.parametrize("executor_class", [ThreadPoolExecutor, ProcessPoolExecutor])
    def test_that_was_shut_down_is_refused(self, executor_class):
        executor = executor_class(1)
        executor.shutdown()
        with pytest.raises(InputError, match="executor must take work: cannot schedule new futures after shutdown"):
            run(Pieces(), [1], executor)


def die(marker, times):
    """End this process, at once, unless that has been done so many times."""
    before = len(list(marker.iterdir()))
    if before < times:
        (marker / str(before)).touch()
        os._exit(1)
    return Took()


def live():
    return Took()


def deadly(marker, times):
    return lambda number, seconds: (die, (marker, times)) if number == 0 else (live, ())


class TestAWorkerThatDies:
    def done_by(self, work, executor):
        done = {}
        result = Dispatch(work, [3, 2, 1], executor, 60.0, done.__setitem__).run()
        assert done == result.done
        return result

    def test_once_is_no_loss(self, tmp_path):
        result = self.done_by(deadly(tmp_path, 1), None)
        assert (sorted(result.done), result.failed) == ([0, 1, 2], {})

    def test_always_is_reported_and_takes_nobody_along(self, tmp_path):
        result = self.done_by(deadly(tmp_path, 9), loky.ProcessPoolExecutor(2))
        assert sorted(result.done) == [1, 2]
        assert isinstance(result.failed[0], BrokenProcessPool)
        assert len(list(tmp_path.iterdir())) == 2

    def test_breaks_an_executor_of_the_standard_library_which_is_replaced(self, tmp_path):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
            result = self.done_by(deadly(tmp_path, 1), executor)
        assert (sorted(result.done), result.failed) == ([0, 1, 2], {})


class TestStopping:
    def stop_after(self, count):
        told = []

        def on_done(number, found):
            told.append(number)
            if len(told) == count:
                raise KeyboardInterrupt

        return on_done

    def test_keeps_what_is_done(self):
        result = run(Pieces(), [3, 2, 1], Here(), on_done=self.stop_after(2))
        assert sorted(result.done) == [0, 1]
        assert result.interrupted
        assert result.failed == {}

    def test_within_a_piece_keeps_what_was_done_before(self):
        result = run(Pieces(fails={1: KeyboardInterrupt()}), [3, 2, 1], Here())
        assert (sorted(result.done), result.failed, result.interrupted) == ([0], {}, True)

    def test_keeps_what_is_done_but_was_not_told_and_calls_the_rest_off(self, monkeypatch):
        class Two(Slow):
            def wait(self, futures, return_when):
                for _ in range(3):
                    self.do_oldest()
                self.under_way = next(iter(self.given))
                self.under_way.set_running_or_notify_cancel()
                return [future for future in futures if future.done()], ()

        executor = Two(monkeypatch)
        result = run(Pieces(fails={2: ValueError()}), [5, 4, 3, 2, 1], executor, on_done=self.stop_after(1))
        assert (sorted(result.done), result.failed, result.interrupted) == ([0, 1], {}, True)
        under_way, last = executor.given
        assert (under_way.running(), last.cancelled()) == (True, True)

    def test_keeps_what_has_failed_twice(self):
        pieces = Pieces(fails={0: ValueError("always"), 2: [KeyboardInterrupt(), ValueError()]})
        result = run(pieces, [3, 2, 1], Here())
        assert (sorted(result.done), sorted(result.failed), result.interrupted) == ([1], [0], True)


class TestLettingGo:
    @pytest.fixture
    def pool(self, monkeypatch):
        pool = Pool()
        monkeypatch.setattr(dispatch, "processes", lambda: pool)
        return pool

    def test_comes_when_all_is_done(self, pool):
        run(Pieces(), [1], None)
        assert not pool.killed

    @pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
    def test_waits_for_nobody_when_it_comes_early(self, pool, monkeypatch, error):
        def stop(futures, return_when):
            raise error

        monkeypatch.setattr(dispatch, "wait", stop)
        with suppress(ZeroDivisionError):
            run(Pieces(), [1, 1], None)
        assert pool.killed

    def test_is_for_those_who_own_it(self, pool):
        given = Pool()
        run(Pieces(), [1], given)
        assert not hasattr(given, "killed")

    def test_an_executor_that_looks_empty_is_one_all_the_same(self, pool):
        class Empty(Pool):
            def __len__(self):
                return 0

        given = Empty()
        assert len(run(Pieces(), [1], given).done) == 1
        assert not hasattr(pool, "killed")


class TestHere:
    def test_does_it_at_once(self):
        done = []
        assert Here().submit(lambda one, other: done.append(one) or other, 1, other=2).result(0) == 2
        assert done == [1]

    def test_keeps_an_error_for_who_asks(self):
        error = ValueError()
        assert Here().submit(Pieces(fails={0: error}).do, 0).exception(0) is error

    def test_lets_a_stop_through(self):
        with pytest.raises(KeyboardInterrupt):
            Here().submit(Pieces(fails={0: KeyboardInterrupt()}).do, 0)


class TestWorkers:
    def test_are_those_that_an_executor_tells(self):
        with ThreadPoolExecutor(3) as executor:
            assert workers_of(executor) == 3
        assert workers_of(Here()) == 1

    @pytest.mark.parametrize("told", [None, "many"])
    def test_are_not_known_where_it_does_not_tell(self, told):
        class Dumb(Executor):
            pass

        assert workers_of(Dumb()) is None
        executor = Dumb()
        executor._max_workers = told
        assert workers_of(executor) is None
