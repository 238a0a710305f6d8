"""The style sheet of the roster's page: for screens wide and narrow, light and dark, and for paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1d2733; --soft: #5b6775; --paper: #f5f6f4; --card: #ffffff; --line: #dfe3e6;
  --accent: #0b6e4f; --accent-soft: #e3f1ec; --open: #a8321a; --open-soft: #fdeee9;
  --want: #7a5a00; --want-soft: #fbf3dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e7ebee; --soft: #a3aeb8; --paper: #14181c; --card: #1d2329; --line: #333c45;
    --accent: #6fcfab; --accent-soft: #1c3a30; --open: #ff9d85; --open-soft: #43211a;
    --want: #eac75f; --want-soft: #3a3115;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.35rem; margin: 2.75rem 0 0.75rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 0.6rem; color: var(--soft); }
h4 { font-size: 1.05rem; margin: 0; }
p { margin: 0.25rem 0 0.6rem; }
a { color: var(--accent); }
.soft { color: var(--soft); }
.small { font-size: 0.875rem; }
header p { font-size: 1.1rem; }
nav { margin: 1rem 0 0; }
nav a { display: inline-block; margin: 0 1.1rem 0.4rem 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 0.75rem; }
.figures { margin: 1.5rem 0 0; }
.figures > div, .card { background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem; }
.figures > div { padding: 0.8rem 1rem; }
.figures dt { color: var(--soft); font-size: 0.875rem; }
.figures dd { margin: 0; }
.figures dd:nth-of-type(1) { font-size: 1.4rem; font-weight: 650; line-height: 1.3; }
.card { margin: 0 0 0.9rem; overflow: hidden; }
.card > h4 { padding: 0.6rem 1rem; border-bottom: 1px solid var(--line); background: var(--accent-soft); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.5rem; border-top: 1px solid var(--line); }
th { font-size: 0.8rem; font-weight: 600; color: var(--soft); }
th:first-child, td:first-child { padding-left: 1rem; }
th:last-child, td:last-child { padding-right: 1rem; }
tr:first-child > * { border-top: 0; }
td.time { width: 8.5rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.when { width: 9rem; }
td.what { width: 19rem; }
td.when + td.what { width: 13rem; }
td.count, th:last-child { width: 7.5rem; text-align: right; white-space: nowrap; }
tr.again > td { border-top: 0; padding-top: 0; padding-left: 0.5rem; }
.role { color: var(--soft); font-size: 0.875rem; margin-right: 0.6rem; }
.place { color: var(--soft); font-size: 0.875rem; margin-left: 0.6rem; }
p.why { margin: 0; }
.when span { white-space: nowrap; margin-right: 0.6rem; }
section section thead { position: absolute; clip-path: inset(50%); }
.names { margin: 0; padding: 0; list-style: none; display: inline; }
.names li { display: inline-block; margin-right: 0.8rem; }
.mark { border-radius: 1rem; padding: 0.1rem 0.6rem; font-size: 0.8125rem; white-space: nowrap; font-weight: 600; }
.full { color: var(--accent); }
.want { color: var(--want); background: var(--want-soft); }
.open { color: var(--open); background: var(--open-soft); }
.people { columns: 17rem; column-gap: 0.9rem; }
.people .card { break-inside: avoid; }
.people h4 { display: flex; justify-content: space-between; gap: 0.75rem; }
.people h4 span { font-weight: 400; font-size: 0.875rem; color: var(--soft); white-space: nowrap; }
.people ol { margin: 0; padding: 0.4rem 1rem 0.6rem; list-style: none; font-size: 0.9375rem; }
.people li { padding: 0.15rem 0; }
.people li .soft { display: inline-block; }
.plain { padding-left: 1.2rem; margin: 0.5rem 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 0.75rem; }
@media (max-width: 40rem) {
  main { padding: 1.25rem 0.9rem 3rem; }
  h1 { font-size: 1.6rem; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures dd:nth-of-type(1) { font-size: 1.2rem; }
  thead { display: none; }
  table, tbody { display: block; }
  tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 0.75rem; padding: 0.6rem 0.9rem; }
  tr + tr { border-top: 1px solid var(--line); }
  tr.again { border-top: 0; padding-top: 0; }
  td, td:first-child, td:last-child, tr.again > td { width: auto; border: 0; padding: 0; }
  td.time, td.when { grid-area: 1 / 1; font-weight: 600; }
  td.what, td.when + td.what, td.why { grid-column: 1 / -1; width: auto; }
  td.who { grid-column: 1; }
  td.when ~ td.count { grid-area: 1 / 2; }
}
@media print {
  :root {
    color-scheme: light;
    --ink: #000; --soft: #444; --paper: #fff; --card: #fff; --line: #bbb;
    --accent: #000; --accent-soft: #f0f0f0; --open: #000; --open-soft: #fff; --want: #000; --want-soft: #fff;
  }
  @page { margin: 14mm; }
  html { font-size: 13px; }
  main { max-width: none; padding: 0 1px; }
  nav { display: none; }
  .figures > div, .card { border-radius: 0; }
  .figures { grid-template-columns: repeat(5, 1fr); }
  tr, .people .card { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  td { padding-top: 0.25rem; padding-bottom: 0.25rem; }
  td.what { width: 17rem; }
  .open, .want { outline: 1px solid #000; }
}
"""
