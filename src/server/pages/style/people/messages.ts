/** Messages, channels, mutes. */
export const MESSAGES = `
.messages { table-layout: fixed; }
.messages thead th:first-child { width: 7.5rem; }
.messages thead th:nth-child(2) { width: 9rem; }
.messages thead th:last-child { width: 24%; }
.messages tbody th .clamp { font-weight: 600; }
.told-alerts { font-weight: 400; }
.told-alerts li, .held .said li { margin-top: var(--s1); }
.line { margin: var(--s1) 0 0; font-weight: 400; color: var(--soft); }
.what { font-weight: 500; }
.held { table-layout: fixed; }
.held thead th:first-child { width: 9rem; }
.held thead th:nth-child(2) { width: 30%; }
.done li { padding: var(--s1) 0; }
.ask select {
  font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--soft); border-radius: var(--round);
  padding: calc(var(--s1) - 1px) var(--s2); min-width: 0; max-width: 12rem;
}
@media (max-width: 60rem) {
  .messages tbody th { order: 1; }
  .messages .fate { order: 2; flex: 1 1 100%; }
  .held td, .mutes .reason, .channels .errors { flex: 1 1 100%; }
}
`;
