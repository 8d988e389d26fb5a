/** On paper: what it says, when and where it said so, and nothing to press. */
export const PRINT = `
@media print {
  :root {
    color-scheme: light; --ground: #fff; --sheet: #fff; --sunk: #eee; --ink: #000; --soft: #444; --rule: #bbb;
    --link: #000; --bar: #446; --hatch: #888; --good: #154; --warn: #640; --bad: #911; --idle: #444; --trend: #528;
    --good-bg: #fff; --warn-bg: #fff; --bad-bg: #fff; --idle-bg: #fff; --trend-bg: #fff;
  }
  .skip, .age, .pages, .controls, .readout, .sorts { display: none; }
  .printed { display: block; }
  .head > div, main, .foot { max-width: none; padding: 0; }
  thead th { position: static; }
  tr, .verdicts li, .notice, .problem { break-inside: avoid; }
  h2, caption { break-after: avoid; }
  .verdicts li, .tag { border: 1px solid var(--rule); }
  svg, .verdicts li, .tag { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  a { text-decoration: none; }
}
`;
