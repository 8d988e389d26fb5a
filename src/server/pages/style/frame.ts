/** The head with the ways to the pages, the room for what they say, the foot. */
export const FRAME = `
.head { background: var(--sheet); border-bottom: 1px solid var(--rule); }
.head > div, main, .foot { max-width: 80rem; margin: 0 auto; padding: 0 var(--s4); }
.head > div { display: flex; flex-wrap: wrap; gap: 0 var(--s5); align-items: baseline; }
.head p { margin: 0; padding: var(--s2) 0; }
.brand { font-weight: 650; }
.brand a { color: inherit; text-decoration: none; white-space: nowrap; }
.brand svg { width: 1rem; height: 1rem; fill: var(--bar); margin-right: var(--s2); vertical-align: -1px; }
.pages ul { display: flex; flex-wrap: wrap; gap: 0 var(--s1); }
.pages a {
  display: block; padding: var(--s3) var(--s3) calc(var(--s3) - 2px); color: var(--soft); text-decoration: none;
  border-bottom: 2px solid transparent;
}
.pages a:hover { color: var(--ink); border-color: var(--rule); }
.pages a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--link); }
.age { margin-left: auto !important; font-size: var(--t-note); color: var(--soft); }
.stale { color: var(--bad); font-weight: 650; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: var(--s4); top: var(--s2); background: var(--sheet); padding: var(--s2); z-index: 3; }
.defs { position: absolute; }
.crumbs { margin: var(--s4) 0 0; font-size: var(--t-note); color: var(--soft); }
.crumbs + h1 { margin-top: var(--s1); }
.foot { padding-top: var(--s4); padding-bottom: var(--s6); font-size: var(--t-note); color: var(--soft); }
.foot p { max-width: 100ch; }
@media screen and (max-width: 45rem) {
  .head > div, main, .foot { padding-left: var(--s3); padding-right: var(--s3); }
  .pages { order: 3; flex: 1 1 100%; }
  .pages a { padding-left: var(--s2); padding-right: var(--s2); }
  .pages ul { margin: 0 calc(-1 * var(--s2)); }
}
`;
