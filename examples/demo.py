"""Roster a neighbourhood's month: who is on duty when, how well the work is covered, and why some places stay open.

    python examples/demo.py [--out out] [--language en|zh] [--seed 0]

The neighbourhood is generated: 16 entrances, about 60 volunteers with working lives of their own, and March 2026.
"""

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from civicvol import datasets, io, reports, solve, why_not, why_unfilled


def main() -> None:
    parser = argparse.ArgumentParser(description="Roster the sample neighbourhood's month.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the roster as JSON, CSV and HTML")
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="language of what is printed")
    parser.add_argument("--seed", type=int, default=0, help="another seed is another neighbourhood")
    options = parser.parse_args()
    language = options.language

    # A problem is volunteers, shifts and rules; here it comes ready-made. To solve it is one call.
    problem = datasets.sanhua(seed=options.seed)
    print(f"{problem.horizon.span}: {len(problem.volunteers)} volunteers, {len(problem.shifts)} shifts", file=sys.stderr)
    result = solve(problem)
    roster = result.roster
    if roster is None:
        sys.exit(f"No roster: {result}")

    # What a coordinator looks at.
    first_day = problem.horizon.first_day
    gaps = why_unfilled(problem, roster)
    print(reports.duty_sheet(problem, roster, first_day, first_day + timedelta(days=6), language=language))
    print()
    print(reports.cover(problem, roster, language=language))
    print()
    print(reports.fairness(problem, roster, language=language))
    print()
    print(reports.cover_gaps(problem, gaps, language=language))
    print()

    # Why is somebody not where they are missed?
    gap = gaps[0]
    someone = next(each for each in problem.volunteers if each.id not in {held.volunteer for held in roster.of_shift(gap.shift)})
    print(why_not(problem, roster, someone.id, gap.shift))
    print()
    print(result)

    # What an app passes on.
    options.out.mkdir(parents=True, exist_ok=True)
    written = {
        "roster.json": io.to_json(result),
        "roster.csv": io.roster_to_csv(problem, roster, language=language),
        "roster.html": io.roster_to_html(problem, result, language=language),
    }
    for name, text in written.items():
        (options.out / name).write_text(text, encoding="utf-8", newline="")
    print(f"\nWritten: {', '.join(str(options.out / name) for name in written)}")


if __name__ == "__main__":
    main()
