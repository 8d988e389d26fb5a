/** Charts and what explains them. */
export const CHART = `
.spark { display: block; width: 100%; height: 2rem; }
.bars { fill: var(--bar); }
.gaps { fill: url(#hatch); }
.hatch { fill: var(--hatch); }
.open {
  fill: none; stroke: var(--bar); stroke-width: 1.2; stroke-dasharray: 2 1.2; vector-effect: non-scaling-stroke;
}
.legend {
  display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); font-size: var(--t-note); color: var(--soft);
  list-style: none; margin: 0 0 var(--s2); padding: 0;
}
.legend li { display: flex; align-items: center; gap: var(--s2); }
.scroll {
  overflow-x: auto; background: var(--sheet); border: 1px solid var(--rule); border-radius: var(--round);
  padding: var(--s2);
}
.scroll svg { display: block; min-width: 45rem; width: 100%; height: auto; }
[data-ink="c-bar"] { fill: var(--bar); }
[data-ink="c-open"] { stroke: var(--bar); }
[data-ink="c-gap"] { fill: url(#hatch); }
[data-ink="c-text"] { fill: var(--soft); }
[data-ink="c-line"] { stroke: var(--rule); }
[data-ink="c-axis"] { stroke: var(--soft); }
.readout {
  position: absolute; pointer-events: none; background: var(--ink); color: var(--sheet); font-size: var(--t-note);
  padding: 2px var(--s2); border-radius: var(--round); white-space: nowrap; z-index: 2;
}
@media screen and (max-width: 45rem) {
  .scroll { direction: rtl; }
  .scroll svg { direction: ltr; }
}
`;
