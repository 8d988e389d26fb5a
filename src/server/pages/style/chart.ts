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
.chart-figure ~ .legend { margin-top: var(--s2); }
.legend li { display: flex; align-items: center; gap: var(--s2); }
.readout {
  position: absolute; pointer-events: none; background: var(--ink); color: var(--sheet); font-size: var(--t-note);
  padding: 2px var(--s2); border-radius: var(--round); white-space: nowrap; z-index: 2;
}
.chart-figure {
  margin: 0; padding: 10px 12px 6px; background: var(--sheet);
  border: 1px solid var(--rule); border-radius: var(--round);
}
.chart-figure:focus-within { border-color: var(--link); }
.slot-said { display: flex; flex-wrap: wrap; gap: 0 14px; align-items: baseline; margin: 0 0 4px; min-height: 1.5em; }
.marks-said { min-height: 3em; align-content: flex-start; }
.slot-said b, .slot-said time { font-weight: 650; }
.slot-said .local { color: var(--soft); font-weight: 400; }
.plot { position: relative; touch-action: pan-y; border-radius: 3px; }
.plot:focus-visible { outline: 2px solid var(--link); outline-offset: 4px; }
.drawn { display: block; overflow: visible; }
.drawn.narrow { margin-left: 34px; width: calc(100% - 40px); }
.drawn.middle { margin-left: 44px; width: calc(100% - 50px); }
.drawn.broad { margin-left: 56px; width: calc(100% - 62px); }
.counts-axis line { stroke: var(--rule); }
.counts-axis g:first-child line { stroke: var(--soft); }
.counts-axis, .times, .flags { fill: var(--soft); font-family: inherit; }
.times line { stroke: var(--soft); }
.times .day { fill: var(--ink); }
path.told { fill: var(--told); }
path.told.open { fill: none; stroke: var(--told); }
path.usual { fill: var(--usual); fill-opacity: .28; stroke: var(--usual); stroke-opacity: .6; }
path.before { fill: none; stroke: var(--before); stroke-width: 1; stroke-opacity: .8; }
.outage { fill: var(--outage); fill-opacity: .4; }
.deploy { stroke: var(--ink); }
.flags { fill: var(--ink); font-weight: 650; font-size: 11px; }
.slots a { cursor: pointer; }
.slots .on path { fill: var(--ink); fill-opacity: .16; }
.marked {
  list-style: none; display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 6px 0 0; padding: 0;
  font-size: var(--t-note);
}
.marked li { display: flex; gap: 6px; align-items: baseline; min-width: 0; overflow-wrap: anywhere; }
.flag { font-size: 11px; }
b.flag { min-width: 18px; text-align: center; border-radius: 3px; background: var(--idle-bg); }
b.flag.outage { background: var(--outage); fill-opacity: 1; }
@media screen and (max-width: 68rem) { .slot-said { min-height: 3em; align-content: flex-start; } }
@media screen and (max-width: 45rem) {
  .times .more { display: none; }
  .slot-said { min-height: 6em; align-content: flex-start; }
}
@media print { .slot-said { min-height: 0; } }
`;
