/** Tables: a head that stays in sight, numbers to the right; on a phone each row is a card. */
export const TABLE = `
table {
  width: 100%; border-collapse: separate; border-spacing: 0; background: var(--sheet);
  border: 1px solid var(--rule); border-radius: var(--round); margin: 0 0 var(--s2);
}
caption { text-align: left; font-weight: 600; padding: var(--s2) 0; overflow-wrap: anywhere; }
th, td {
  text-align: left; font-weight: 400; padding: var(--s1) var(--s3); border-top: 1px solid var(--rule);
  vertical-align: top; overflow-wrap: anywhere;
}
tbody:first-of-type tr:first-child > * { border-top: 0; }
thead th {
  position: sticky; top: 0; z-index: 1; background: var(--sheet); color: var(--soft); font-size: var(--t-small);
  border-top: 0; border-bottom: 1px solid var(--rule); vertical-align: bottom;
}
thead th:first-child { border-top-left-radius: var(--round); }
thead th:last-child { border-top-right-radius: var(--round); }
thead small { display: block; font-size: var(--t-small); white-space: nowrap; }
thead a { color: inherit; text-decoration: none; }
thead a:hover { color: var(--ink); text-decoration: underline; }
thead [aria-sort] a { color: var(--ink); font-weight: 600; }
thead [aria-sort] a::after { content: " ↓"; }
thead [aria-sort="ascending"] a::after { content: " ↑"; }
.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
thead .n { white-space: normal; }
.count { font-weight: 650; }
td p { margin: 0; }
.none { color: var(--soft); }
.errors { color: var(--bad); }
.team > * { background: var(--sunk); }
.team th { font-weight: 600; }
.team a { color: inherit; text-decoration: none; }
.team a:hover { text-decoration: underline; }
.sinks tbody th, .sinks td:nth-child(2) { white-space: nowrap; }
:target { scroll-margin-top: 3.5rem; }
tr:target > * { background: var(--sunk); box-shadow: inset 2px 0 var(--link); }
tr:target > * + * { box-shadow: none; }
@media (max-width: 60rem) {
  thead { display: none; }
  table, tbody, caption { display: block; }
  tr {
    display: flex; flex-wrap: wrap; gap: 0 var(--s3); padding: var(--s2) var(--s3); align-items: baseline;
    border-top: 1px solid var(--rule);
  }
  tbody:first-of-type tr:first-child { border-top: 0; }
  th, td, table tbody th:nth-child(n) { border: 0; padding: 1px 0; width: auto; min-width: 0; }
  tbody th { flex: 1 1 100%; font-weight: 600; }
  caption { padding: var(--s2) var(--s3); }
  table > caption.unseen { padding: 0; }
  td[data-label]::before {
    content: attr(data-label) " "; color: var(--soft); font-size: var(--t-note); font-weight: 400;
  }
  td:empty { display: none; }
  .team { background: var(--sunk); }
  .sinks .errors { flex: 1 1 100%; }
  .windows td p { display: inline; }
}
`;
