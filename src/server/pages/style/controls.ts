/** What a person chooses: range, instant, search, order. */
export const CONTROLS = `
.controls { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); align-items: center; margin: var(--s3) 0; }
.controls p { margin: 0; }
.group { display: inline-flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; }
.group > li > * {
  display: block; padding: var(--s1) var(--s3); background: var(--sheet); border: 1px solid var(--rule);
  margin-left: -1px; text-decoration: none; color: var(--ink);
}
.group > li:first-child > * { border-radius: var(--round) 0 0 var(--round); margin-left: 0; }
.group > li:last-child > * { border-radius: 0 var(--round) var(--round) 0; }
.group > li:only-child > * { border-radius: var(--round); }
.slim { font-size: var(--t-note); }
.slim > li > * { padding: 1px var(--s2); }
.controls .legend { margin: 0; }
.group a:hover { background: var(--sunk); }
.group [aria-current] { background: var(--link); border-color: var(--link); color: var(--sheet); font-weight: 600; }
.group [aria-disabled] { color: var(--soft); background: var(--ground); }
.ask { display: inline-flex; flex-wrap: wrap; gap: var(--s1); align-items: center; }
.ask label { color: var(--soft); font-size: var(--t-note); }
.ask input {
  font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--soft); border-radius: var(--round);
  padding: calc(var(--s1) - 1px) var(--s2); min-width: 0; max-width: 100%;
}
.ask button {
  font: inherit; color: var(--ink); background: var(--sheet); border: 1px solid var(--rule); cursor: pointer;
  border-radius: var(--round); padding: calc(var(--s1) - 1px) var(--s3);
}
.ask button:hover { background: var(--sunk); }
.sorts { display: none; }
@media screen and (max-width: 60rem) {
  .sorts { display: block; font-size: var(--t-note); }
  .sorts a { display: inline-block; padding: var(--s1); }
}
@media screen and (max-width: 45rem) {
  .group > li > * { padding: var(--s1) var(--s2); }
}
`;
