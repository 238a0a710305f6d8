"""The style sheet of a certificate's page: a sheet of A4, on a screen and on paper."""

STYLE = """
:root { color-scheme: light; --ink: #1d2733; --soft: #5b6775; --line: #c9cfd4; --accent: #0b6e4f; --paper: #eceeed; }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 0.9375rem/1.45 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
}
main {
  display: flex; flex-direction: column; gap: 0.9rem; width: 100%; max-width: 210mm; min-height: 297mm;
  margin: 0 auto; padding: 15mm 18mm 11mm; background: #fff; outline: 1px solid var(--accent); outline-offset: -7mm;
}
p, dl, dd, h1, h2, table { margin: 0; }
header { text-align: center; }
h1 {
  font-size: 2rem; font-weight: 600; line-height: 1.3; letter-spacing: 0.02em; color: var(--accent);
  font-family: Georgia, "Songti SC", "SimSun", "Noto Serif CJK SC", "Noto Serif SC", serif;
}
:lang(zh) h1 { letter-spacing: 0.2em; text-indent: 0.2em; }
h2 { font-size: 0.8125rem; font-weight: 600; color: var(--soft); margin-bottom: 0.35rem; }
.serial { color: var(--soft); font-variant-numeric: tabular-nums; }
.lead { font-size: 1.125rem; line-height: 1.6; text-align: center; text-wrap: balance; padding: 0.3rem 0; }
dl { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.4rem 1.5rem; }
dl div:last-child:nth-child(3n + 2) { grid-column: span 2; }
dl div:last-child:nth-child(3n + 1) { grid-column: span 3; }
dl.wide { grid-template-columns: 1fr; }
dt { font-size: 0.8125rem; color: var(--soft); }
dd { overflow-wrap: anywhere; }
dl.person dd { font-weight: 600; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.2rem 0.5rem; border-top: 1px solid var(--line); text-align: left; overflow-wrap: anywhere; }
th:first-child, td:first-child { padding-left: 0; }
thead th { border-top: 0; font-size: 0.8125rem; font-weight: 600; color: var(--soft); }
td + td, th + th, tfoot td { white-space: nowrap; font-variant-numeric: tabular-nums; }
th + th, td + td, tfoot td { text-align: right; width: 8rem; padding-right: 0; }
th:last-child, td:last-child { width: 12rem; }
tfoot th, tfoot td { font-weight: 600; }
.signatures { display: grid; grid-template-columns: 1fr 1fr 30mm; gap: 2rem; align-items: end; margin-top: auto; }
.signatures p { border-top: 1px solid var(--ink); padding-top: 0.25rem; font-size: 0.8125rem; color: var(--soft); }
.signatures .seal {
  width: 30mm; height: 30mm; border: 1px dashed var(--line); border-radius: 50%; display: grid; place-items: center;
}
footer { border-top: 1px solid var(--line); padding-top: 0.6rem; font-size: 0.75rem; color: var(--soft); }
footer code {
  display: block; overflow-wrap: anywhere; word-break: break-all; margin: 0.25rem 0 0.4rem; color: var(--ink);
  font: 0.6875rem/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
a { color: var(--accent); }
@media (max-width: 36rem) {
  main { min-height: 0; padding: 2rem 1.25rem; outline-offset: -0.5rem; }
  h1 { font-size: 1.5rem; }
  dl, .signatures { grid-template-columns: 1fr; }
  dl div:last-child:nth-child(n) { grid-column: auto; }
  .signatures p:not(.seal) { margin-top: 1.5rem; }
}
@media print {
  @page { size: A4; margin: 0; }
  html { font-size: 14px; }
  body { background: #fff; }
  main { max-width: none; min-height: 296.5mm; }
  a { color: inherit; text-decoration: none; }
}
"""
