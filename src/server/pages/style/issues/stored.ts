/** Issues of intakes: their list, and each by itself; and events. */
export const STORED = `
.listed { table-layout: fixed; }
.listed thead th:nth-child(2) { width: 15%; }
.listed thead th:nth-child(3) { width: 5.5rem; }
.listed thead .n { width: 5.25rem; }
.listed thead .n:nth-last-child(-n + 2) { width: 8rem; }
.listed tbody th a { font-weight: 500; }
.pages-of { display: flex; gap: var(--s2); align-items: center; }
.pages-of p { margin: 0; }
.field { display: inline-flex; gap: var(--s1); align-items: center; }
.field input { width: 14rem; }
.issue-title { overflow-wrap: anywhere; max-width: 60ch; }
.tag-pairs { margin: 0 0 var(--s3); }
.tag-pairs div { display: flex; gap: var(--s1); align-items: baseline; min-width: 0; }
.tag-pairs dt { color: var(--soft); font-size: var(--t-note); }
.tag-pairs dd { margin: 0; overflow-wrap: anywhere; }
h3 { font-size: var(--t-lead); margin: var(--s4) 0 var(--s1); }
.frames { margin: 0; padding: 0 0 0 var(--s6); }
.frames li { padding: 1px 0; overflow-wrap: anywhere; }
.frames li::marker { color: var(--soft); font-size: var(--t-note); }
.call { font-weight: 600; }
.wide-text {
  overflow: auto; max-height: 24rem; margin: 0; padding: var(--s3); background: var(--sheet);
  border: 1px solid var(--rule); border-radius: var(--round); font-size: var(--t-note);
}
.events { table-layout: fixed; }
.events thead th:first-child { width: 8.5rem; }
.events thead th:nth-child(2) { width: 5.5rem; }
.events thead th:nth-child(3) { width: 14%; }
.events tbody th { font-weight: 400; }
.events tbody th > a { font-weight: 500; }
.events summary { color: var(--soft); font-size: var(--t-note); }
.events .wide-text { max-height: 20rem; }
@media (max-width: 60rem) {
  .listed tbody th { order: -1; }
  .events tbody th { order: 1; }
}
`;
