"""Roster a neighbourhood's month: who is on duty when, how well the work is covered, and why some places stay open.

    python examples/demo.py [--out out] [--language en|zh] [--seed 0]

The neighbourhood is generated: 16 entrances, 60 volunteers with working lives of their own, and the month of March.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from textwrap import fill

from civicvol import Table, datasets, io, reports, solve, why_not, why_unfilled


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Roster the sample neighbourhood's month.")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the roster as JSON, CSV and HTML")
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="language of the reports")
    parser.add_argument("--seed", type=int, default=0, help="another seed is another neighbourhood")
    options = parser.parse_args(arguments)
    language = options.language

    # A problem holds volunteers, shifts and rules. This one comes ready-made, and solving it is one call.
    problem = datasets.sanhua(seed=options.seed)
    result = solve(problem)
    roster = result.roster
    if roster is None:
        sys.exit(str(result))

    # What a coordinator looks at: the duty sheet of the first week, the cover, and how evenly the work is spread.
    first_day = problem.horizon.first_day
    sheet = reports.duty_sheet(problem, roster, first_day, first_day + timedelta(days=6), language=language)
    show(sheet, 0, 1, 2, 3, 4, 5)
    show(reports.cover(problem, roster, language=language), 0, 1, 3, 4, 5, 6)
    show(reports.fairness(problem, roster, language=language), 0, 1, 2)

    # Which places are open, and what keeps everybody from them?
    gaps = why_unfilled(problem, roster)
    print(f"{reports.cover_gaps(problem, gaps, language=language).title}: {len(gaps)}")
    for gap in gaps:
        print(fill(f"- {gap.text(language)}", 98, subsequent_indent="  ", break_on_hyphens=False))

    # Who of those that know the work comes closest to the first of them, and what stands against it?
    for gap in gaps[:1]:
        answers = [why_not(problem, roster, volunteer.id, gap.shift) for volunteer in problem.volunteers]
        able = [each for each in answers if not each.assigned and "Qualified" not in {why.rule for why in each.against}]
        for answer in sorted(able, key=lambda each: len(each.against))[:1]:
            print(f"\n{answer}")

    # What an app passes on.
    files = {
        "roster.json": io.to_json(roster),
        "roster.csv": io.roster_to_csv(problem, roster, language=language),
        "roster.html": io.roster_to_html(problem, result, language=language),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (options.out / name).write_text(text, encoding="utf-8", newline="")
    print(f"\n{result}\n\nWritten: {', '.join(str(options.out / name) for name in files)}")


def show(table: Table, *places: int) -> None:
    """Print some of a table's columns, as many as fit into a terminal."""
    columns = [table.columns[place] for place in places]
    rows = [tuple(row[place] for place in places) for row in table.rows]
    print(f"{Table(title=table.title, columns=columns, rows=rows)}\n")


if __name__ == "__main__":
    main()
