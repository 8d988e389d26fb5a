/** A filter's own page. */
export const FILTER = `
.events-head { display: flex; flex-wrap: wrap; gap: 0 var(--s4); align-items: center; margin-top: var(--s4); }
.events-head h2 { flex: 1 1 auto; margin: 0 0 var(--s2); }
.events-head .controls { margin: 0 0 var(--s2); }
.asks { max-width: 75ch; overflow-wrap: anywhere; margin: 0 0 var(--s1); }
.asks b { font-weight: 600; }
#query { margin: 0 0 var(--s3); }
#query p { margin: 0 0 var(--s1); overflow-wrap: anywhere; }
.issue-facts { font-weight: 400; display: flex; flex-wrap: wrap; gap: 0 var(--s3); margin-top: 2px; }
.issues tbody th .spark { height: 1.25rem; max-width: 26rem; margin-top: var(--s1); }
.projects, .late { width: auto; min-width: min(100%, 34rem); }
.shares { table-layout: fixed; }
.shares thead th:first-child { width: 40%; }
.shares thead .n { width: 5.75rem; }
.pairs { display: flex; flex-wrap: wrap; gap: 0 var(--s3); }
.share { vertical-align: middle; }
.share svg { display: block; border-radius: 2px; }
.share rect { rx: 2px; }
@media screen and (max-width: 45rem) {
  .crumbs.wide { display: none; }
  .crumbs.wide + h1 { margin-top: var(--s3); }
  .events-head .controls { gap: var(--s2); }
  .moves .word {
    position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
    white-space: nowrap;
  }
}
@media (max-width: 60rem) {
  .shares .share { flex: 1 1 100%; }
  .windows tbody th a { display: inline-block; padding: 2px 0; }
}
`;
