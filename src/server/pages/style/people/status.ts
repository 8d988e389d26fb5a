/** Watches, intakes, schedules and jobs. */
export const STATUS = `
.watches { table-layout: fixed; }
.watches thead th:nth-child(2) { width: 9rem; }
.watches thead th:nth-child(3) { width: 9rem; }
.watches thead th:nth-child(4) { width: 13rem; }
.watches td, .jobs td { overflow-wrap: anywhere; }
.watches th small { display: block; font-weight: 400; }
.trace { display: block; width: 100%; max-width: 12rem; height: 1.5rem; }
.trace path { fill: none; stroke: var(--bar); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
@media (max-width: 60rem) {
  .watches .errors, .jobs .errors, .watches .result, .jobs .result { flex: 1 1 100%; }
  .watches td[data-label="past"] { flex: 1 1 100%; }
}
`;
