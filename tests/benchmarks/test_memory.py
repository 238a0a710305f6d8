import _memory
import pytest


@pytest.fixture
def processes(tmp_path, monkeypatch):
    """Return a function that adds a process to those of a made-up system."""
    monkeypatch.setattr(_memory, "PROCESSES", tmp_path)
    monkeypatch.setattr(_memory.os, "getpid", lambda: 7)

    def add(number, children=(), **files):
        for thread, of_thread in enumerate(children or [""], start=number):
            folder = tmp_path / str(number) / "task" / str(thread)
            folder.mkdir(parents=True)
            (folder / "children").write_text(of_thread)
        for name, text in files.items():
            (tmp_path / str(number) / name).write_text(text)

    return add


def test_counts_all_that_this_process_started(processes):
    processes(7, ["8 ", "9 11 "], smaps_rollup="Rss: 9999 kB\nPss:     1024 kB\n")
    processes(8, ["10 "], smaps_rollup="Pss: 2048 kB\n")
    processes(9, smaps_rollup="Pss: 512 kB\n")
    processes(10, smaps_rollup="Pss: 512 kB\n")
    processes(12, smaps_rollup="Pss: 1048576 kB\n")
    with _memory.PeakMemory() as memory:
        pass
    assert memory.mebibytes == 4


def test_takes_all_that_a_process_looks_at_where_shares_are_not_told(processes):
    processes(7, status="Name: python\nVmRSS:\t  3072 kB\n")
    with _memory.PeakMemory() as memory:
        pass
    assert memory.mebibytes == 3


def test_keeps_the_most_that_was_seen(processes, tmp_path):
    processes(7, smaps_rollup="Pss: 1024 kB\n")
    with _memory.PeakMemory(every=0.001) as memory:
        (tmp_path / "7" / "smaps_rollup").write_text("Pss: 5120 kB\n")
        while memory.mebibytes < 5:
            pass
        (tmp_path / "7" / "smaps_rollup").write_text("Pss: 2048 kB\n")
    assert memory.mebibytes == 5


def test_is_not_known_where_the_system_does_not_tell(tmp_path, monkeypatch):
    monkeypatch.setattr(_memory, "PROCESSES", tmp_path)
    with _memory.PeakMemory() as memory:
        pass
    assert memory.mebibytes is None
