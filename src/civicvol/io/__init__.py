"""How problems, rosters and results travel: JSON, spreadsheets' CSV, and a page to read or print."""

from civicvol.io.csv import roster_to_csv, shifts_from_csv, volunteers_from_csv
from civicvol.io.html import roster_to_html
from civicvol.io.json import from_json, to_json

__all__ = ["from_json", "roster_to_csv", "roster_to_html", "shifts_from_csv", "to_json", "volunteers_from_csv"]
