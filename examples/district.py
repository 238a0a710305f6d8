"""Roster a district's month, with a bar in the terminal that says how far it is.

    python examples/district.py [--areas 8] [--volunteers 5200] [--days 30] [--mobile 0.0] [--seed 0] [--time-limit 60]

The district is generated. Areas that share nobody are rostered apart, on all cores of this machine; Ctrl-C keeps what
is done. `--mobile` is the share of volunteers who serve the area next to theirs as well, which ties all areas together.

The bar is drawn by tqdm (`pip install tqdm`), and only in a terminal; the library itself just calls back.
"""

import argparse
import sys
from collections.abc import Sequence

from civicvol import Progress, Table, datasets, solve

try:
    from tqdm import tqdm
except ImportError:
    sys.exit("The bar in the terminal is drawn by tqdm: pip install tqdm")

BAR = "{l_bar}{bar}| {n_fmt} of {total_fmt} areas{postfix}"
MOST = 5


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Roster a generated district's month.")
    parser.add_argument("--areas", type=int, default=8)
    parser.add_argument("--volunteers", type=int, default=5_200, help="in all areas together")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--mobile", type=float, default=0.0, help="share of those who also serve the next area")
    parser.add_argument("--seed", type=int, default=0, help="another seed is another district")
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds for the search")
    options = parser.parse_args(arguments)

    # This one comes ready-made; an office makes its own of its units, volunteers, shifts and rules.
    problem = datasets.district(
        areas=options.areas,
        volunteers=options.volunteers,
        days=options.days,
        mobile=options.mobile,
        seed=options.seed,
    )

    # While it is at work, `solve` calls back now and then to say where it stands.
    with tqdm(bar_format=BAR, disable=None) as bar:

        def tell(progress: Progress) -> None:
            bar.total, bar.n = progress.parts, progress.done
            bar.set_postfix_str(standing(progress))

        result = solve(problem, time_limit=options.time_limit, seed=options.seed, on_progress=tell)
    if result.roster is None:
        sys.exit(str(result))
    print(result)

    # Where places stay open; for each of them `why_unfilled(problem, result.roster)` has the reason.
    shortest = sorted(result.areas, key=lambda area: area.filled - area.places)[:MOST]
    rows = [(str(area.name), area.volunteers, area.places, area.places - area.filled) for area in shortest]
    title, columns = "Areas with most open places", ("area", "volunteers", "places", "open")
    print(f"\n{Table(title=title, columns=columns, rows=rows)}")


def standing(progress: Progress) -> str:
    """Return what is known of the areas so far, and how much time there is for the others."""
    known = progress.objective is not None and progress.bound is not None
    cost = f"cost {progress.objective:,.0f}, at least {progress.bound:,.0f}, " if known else ""
    return f"{cost}{progress.time_left:.0f} s left"


if __name__ == "__main__":
    main()
