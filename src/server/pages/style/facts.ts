/** Facts about one thing, and what unfolds. */
export const FACTS = `
.facts { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); margin: var(--s3) 0 var(--s2); }
.facts div { min-width: 0; }
.facts dt { color: var(--soft); font-size: var(--t-note); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.facts b { font-size: 1.125rem; }
.links {
  display: flex; flex-wrap: wrap; gap: var(--s1) var(--s5); list-style: none; margin: 0 0 var(--s3); padding: 0;
}
@media screen and (max-width: 45rem) {
  .facts { gap: var(--s2) var(--s4); }
  .facts .how { display: none; }
}
details summary { cursor: pointer; padding: var(--s1) 0; color: var(--link); }
`;
