/** The table of issues. */
export const ISSUES = `
.issues { table-layout: fixed; }
.issues thead th:nth-child(2) { width: 17%; }
.issues thead th:nth-child(3) { width: 7.25rem; }
.issues thead .n { width: 5.75rem; }
.issues thead th:last-child { width: 13%; }
.issues tbody th a { font-weight: 500; }
.runbook { font-size: var(--t-note); white-space: nowrap; }
@media (max-width: 60rem) {
  .issues tbody th { order: -1; }
  .issues tbody td.where { flex: 1 1 100%; }
}
`;
