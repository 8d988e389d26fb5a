/** The verdicts at the top. */
export const VERDICT = `
.verdicts {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: var(--s2);
  list-style: none; margin: var(--s4) 0 0; padding: 0;
}
.verdicts li {
  display: flex; gap: var(--s2); padding: var(--s3); border-radius: var(--round); background: var(--idle-bg);
  border-left: 4px solid var(--idle);
}
.verdicts li > div { min-width: 0; }
.verdicts p { margin: 0; overflow-wrap: anywhere; }
.verdicts p + p { margin-top: var(--s1); }
.verdicts strong { font-size: var(--t-lead); line-height: 1.3; }
.verdicts .brief {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 6; line-clamp: 6; overflow: hidden;
}
.verdicts small { color: var(--ink); }
.verdicts .good { background: var(--good-bg); border-color: var(--good); }
.verdicts .warn { background: var(--warn-bg); border-color: var(--warn); }
.verdicts .bad { background: var(--bad-bg); border-color: var(--bad); }
.verdicts .trend { background: var(--trend-bg); border-color: var(--trend); }
@media screen and (max-width: 45rem) {
  .verdicts.short { display: flex; flex-wrap: wrap; }
  .verdicts.short li { flex: 1 1 100%; order: -1; }
  .verdicts.short li.good { flex: 1 1 auto; order: 0; padding: var(--s1) var(--s2); }
  .verdicts.short li.good strong { font-size: var(--t-text); }
  .verdicts.short li.good p + p { display: none; }
}
@media (prefers-reduced-motion: no-preference) { .verdicts li { transition: background-color .3s; } }
`;
