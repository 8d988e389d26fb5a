/** Alerts and rules. */
export const ALERTS = `
.firing { margin-top: var(--s4); }
.firing h2 { margin-top: 0; }
.alerts, .rules { table-layout: fixed; }
.alerts thead th:first-child { width: 28%; }
.alerts thead th:nth-last-child(4):not(:first-child) { width: 14%; }
.alerts thead th:nth-last-child(3) { width: 8.5rem; }
.alerts thead th:last-child { width: 20%; }
.alerts tbody th .clamp, .said .clamp { font-weight: 500; }
.alerts tbody th small { display: block; }
.rules thead th:first-child { width: 28%; }
.rules thead th:last-child { width: 15%; }
.rules tbody th small { display: block; font-weight: 400; }
.said li + li { margin-top: var(--s1); }
.act { margin: var(--s1) 0 0; font-size: var(--t-note); display: flex; flex-wrap: wrap; gap: var(--s1) var(--s3); }
.act a { padding: 2px 0; }
@media (max-width: 60rem) {
  .alerts .reason, .alerts .told, .rules .said { flex: 1 1 100%; }
}
`;
