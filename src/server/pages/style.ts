/** The sheet of all pages. System fonts, two palettes, nothing from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --sheet: #ffffff; --ink: #1c2430; --soft: #566173; --rule: #dfe3e9; --link: #1a5fb4;
  --bar: #4a79b0; --hatch: #8c96a6;
  --good: #1b6e3c; --warn: #8a5a00; --bad: #b3261e; --good-bg: #e7f4ec; --warn-bg: #fdf3dc; --bad-bg: #fcebea;
  --idle-bg: #eceff3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161c; --sheet: #1a2028; --ink: #e4e8ee; --soft: #a2adbd; --rule: #2d3642; --link: #8ab8f0;
    --bar: #6d9fd8; --hatch: #77839a;
    --good: #79cf9b; --warn: #e9bb62; --bad: #ff9a92; --good-bg: #16301f; --warn-bg: #352a10; --bad-bg: #3d1d1b;
    --idle-bg: #252d37;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
header, main { max-width: 1200px; margin: 0 auto; padding: 0 16px; }
header {
  display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: space-between; align-items: baseline;
  padding-top: 12px;
}
header p { margin: 0; }
main { padding-bottom: 48px; }
main:focus { outline: none; }
a { color: var(--link); text-underline-offset: 2px; overflow-wrap: anywhere; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px;
}
.brand { font-weight: 650; }
.brand a { color: inherit; text-decoration: none; }
.server, .age, small, .note, .origin, .crumbs { color: var(--soft); font-weight: 400; }
.age, small, .note, .origin, .crumbs { font-size: 12.5px; }
.stale { color: var(--bad); font-weight: 650; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 8px; background: var(--sheet); padding: 8px; z-index: 1; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.defs { position: absolute; }
h1 { font-size: 20px; margin: 4px 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 15px; margin: 24px 0 8px; }
.crumbs { margin: 12px 0 0; }
.verdicts, .legend, .links, .troubles, .marks ul { list-style: none; margin: 0; padding: 0; }
.verdicts {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 8px; margin-top: 12px;
}
.verdicts li {
  display: flex; gap: 10px; padding: 10px 12px; border-radius: 6px; background: var(--idle-bg);
  border-left: 4px solid var(--hatch);
}
.verdicts p { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.verdicts .good { background: var(--good-bg); border-color: var(--good); }
.verdicts .warn { background: var(--warn-bg); border-color: var(--warn); }
.verdicts .bad { background: var(--bad-bg); border-color: var(--bad); }
.verdicts .sign { font-size: 16px; line-height: 1.25; }
.sign { font-weight: 700; display: inline-block; min-width: 1em; text-align: center; }
.good > .sign, .sign.good { color: var(--good); }
.warn > .sign, .sign.warn { color: var(--warn); }
.bad > .sign, .sign.bad { color: var(--bad); }
.sign.idle { color: var(--soft); }
table {
  width: 100%; border-collapse: collapse; background: var(--sheet); border: 1px solid var(--rule);
  border-radius: 6px; margin: 0 0 8px;
}
caption { text-align: left; font-weight: 600; padding: 6px 0; overflow-wrap: anywhere; }
th, td {
  text-align: left; font-weight: 400; padding: 5px 10px; border-top: 1px solid var(--rule); vertical-align: top;
  overflow-wrap: anywhere;
}
thead th { color: var(--soft); font-size: 12.5px; border-top: 0; white-space: nowrap; }
.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.count { font-weight: 650; }
td p { margin: 0; }
.none { color: var(--soft); }
.filters td, .filters th { vertical-align: middle; }
.filters .team th {
  background: var(--ground); font-weight: 600; font-size: 12.5px; color: var(--soft); padding: 3px 10px;
}
.filters tbody th { width: 17%; min-width: 110px; }
.chart { width: 46%; padding-top: 3px; padding-bottom: 3px; }
.spark { display: block; width: 100%; height: 32px; }
.bars { fill: var(--bar); }
.gaps { fill: url(#hatch); }
.hatch { fill: var(--hatch); }
.open {
  fill: none; stroke: var(--bar); stroke-width: 1.2; stroke-dasharray: 2 1.2; vector-effect: non-scaling-stroke;
}
.marks { font-size: 12.5px; width: 20%; }
.marks ul { display: flex; flex-wrap: wrap; gap: 0 12px; }
.marks .bad { color: var(--bad); font-weight: 600; }
.marks .warn { color: var(--warn); }
.legend {
  display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 12.5px; color: var(--soft); margin-bottom: 8px;
}
.legend li { display: flex; align-items: center; gap: 6px; }
.state { padding: 0 6px; border-radius: 9px; background: var(--idle-bg); font-size: 12.5px; white-space: nowrap; }
.state.new, .state.regressed, .state.surging { background: var(--bad-bg); color: var(--bad); font-weight: 600; }
.issues { table-layout: fixed; }
.issues th:nth-child(-n+3) { width: 8%; }
.issues th:nth-child(4) { width: 10%; }
.issues th:nth-child(6) { width: 24%; }
.issues th:nth-child(7) { width: 13%; }
.sinks tbody th, .sinks td:nth-child(2) { white-space: nowrap; }
.runbook { font-size: 12.5px; white-space: nowrap; }
.errors { color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 0 0 6px; }
.facts div { min-width: 0; }
.facts dt { color: var(--soft); font-size: 12.5px; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.facts b { font-size: 18px; }
.links { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-bottom: 10px; }
.scroll {
  overflow-x: auto; background: var(--sheet); border: 1px solid var(--rule); border-radius: 6px; padding: 6px;
}
.scroll svg { display: block; min-width: 720px; width: 100%; height: auto; }
[data-ink="c-bar"] { fill: var(--bar); }
[data-ink="c-open"] { stroke: var(--bar); }
[data-ink="c-gap"] { fill: url(#hatch); }
[data-ink="c-text"] { fill: var(--soft); }
[data-ink="c-line"] { stroke: var(--rule); }
[data-ink="c-axis"] { stroke: var(--soft); }
details summary { cursor: pointer; padding: 4px 0; color: var(--link); }
.origin { margin-top: 24px; }
.readout {
  position: absolute; pointer-events: none; background: var(--ink); color: var(--sheet); font-size: 12.5px;
  padding: 2px 7px; border-radius: 4px; white-space: nowrap; z-index: 2;
}
@media (max-width: 720px) {
  header, main { padding-left: 12px; padding-right: 12px; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, caption { display: block; }
  tr {
    display: flex; flex-wrap: wrap; gap: 0 12px; padding: 6px 10px; border-top: 1px solid var(--rule);
    align-items: baseline;
  }
  tbody tr:first-child { border-top: 0; }
  tbody + tbody tr:first-child { border-top: 1px solid var(--rule); }
  th, td, .filters tbody th, .issues th:nth-child(n), .chart, .marks {
    border: 0; padding: 1px 0; width: auto; min-width: 0;
  }
  caption { padding: 6px 10px; }
  table > caption.unseen { padding: 0; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: 12.5px; font-weight: 400; }
  .filters tr th { flex: 1 1 100%; font-weight: 600; }
  .filters .chart, .filters .marks { flex: 1 1 100%; }
  .filters .team { padding: 3px 10px; background: var(--ground); }
  .filters .team th { padding: 0; }
  .marks:empty { display: none; }
  .issues tbody th, .sinks .errors { flex: 1 1 100%; min-width: 0; }
  .filters .chart { order: 1; }
  .filters .marks { order: 2; }
  .issues tbody th { order: -1; font-weight: 600; }
  .windows td p { display: inline; }
  .scroll { direction: rtl; }
  .scroll svg { direction: ltr; }
}
@media (prefers-reduced-motion: no-preference) { .verdicts li { transition: background-color .3s; } }
@media print { .skip, .age { display: none; } body { background: none; } }
`;
