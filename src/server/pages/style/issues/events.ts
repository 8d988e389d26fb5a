/** Events of intakes, one by one. */
export const EVENTS = `
.events { table-layout: fixed; }
.events thead th:first-child { width: 8.5rem; }
.events thead th:nth-child(2) { width: 5.5rem; }
.events thead th:nth-child(3) { width: 14%; }
.events tbody th { font-weight: 400; }
.events tbody th > a { font-weight: 500; }
.events summary { color: var(--soft); font-size: var(--t-note); }
.events .wide-text { max-height: 20rem; }
@media (max-width: 60rem) {
  .events tbody th { order: 1; }
}
`;
