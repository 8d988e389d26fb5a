/** The table of filters. */
export const FILTERS = `
.filters td, .filters th { vertical-align: middle; }
.filters thead th { vertical-align: bottom; }
.filters tbody th { width: 18%; min-width: 7.5rem; }
.filters tbody th small { font-weight: 400; }
.filters .n { width: 7.5%; }
.filters .chart { width: 36%; padding-top: 3px; padding-bottom: 3px; }
.notes { width: 24%; }
p.more { margin: var(--s2) 0; }
.more td { padding: var(--s2) var(--s3); }
@media (max-width: 60rem) {
  .filters .chart, .filters .notes { flex: 1 1 100%; width: auto; }
  .filters .n { width: auto; }
  .filters .chart { order: 1; }
  .filters .notes { order: 2; padding-bottom: 2px; }
}
`;
