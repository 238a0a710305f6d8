"""Print a digest of what each of the problems pickled in a file is written as."""

import hashlib
import json
import pickle
import sys
from pathlib import Path

import attrs
import numpy as np

from civicvol import areas
from civicvol.rostering.compile import compile_problem


def digest(problem):
    """Return a short text that tells the arrays of a problem's program, and the order of its areas' people."""
    written = hashlib.sha256()
    program = compile_problem(problem).program
    parts = [*attrs.asdict(program, recurse=False).values(), *(cost.cost for cost in program.tiers.values())]
    for part in parts:
        for array in (part.data, part.indices, part.indptr) if hasattr(part, "indptr") else (part,):
            if isinstance(array, np.ndarray):
                written.update(array.tobytes())
    for area in areas(problem):
        written.update(" ".join(each.id for each in (*area.volunteers, *area.shifts)).encode())
    return written.hexdigest()


if __name__ == "__main__":
    problems = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301
    print(json.dumps([digest(problem) for problem in problems]))  # noqa: T201
