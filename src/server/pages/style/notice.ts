/** What has to be said beside the numbers: a notice, a problem with its reason and the next step, nothing to show. */
export const NOTICE = `
.notice, .problem {
  display: flex; gap: var(--s2); margin: var(--s4) 0 0; padding: var(--s2) var(--s3); border-radius: var(--round);
  background: var(--sheet); border: 1px solid var(--rule); border-left: 4px solid var(--idle); overflow-wrap: anywhere;
}
.notice p, .problem p { margin: 0; }
.notice > div, .problem > div { min-width: 0; max-width: 75ch; }
.notice.warn, .problem.warn { border-left-color: var(--warn); }
.notice.bad, .problem.bad { border-left-color: var(--bad); }
.problem { padding: var(--s4); }
.problem h1, .problem h2 { margin: 0 0 var(--s1); }
.problem p + p { margin-top: var(--s2); }
.empty {
  color: var(--soft); background: var(--sheet); border: 1px dashed var(--rule); border-radius: var(--round);
  padding: var(--s3) var(--s4); margin: 0 0 var(--s2);
}
.troubles { list-style: none; margin: 0; padding: 0; }
`;
