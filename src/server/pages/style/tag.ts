/** A word set apart: the state of an issue, a note beside a row. */
export const TAG = `
.tags { display: flex; flex-wrap: wrap; gap: var(--s1); list-style: none; margin: 0; padding: 0; }
.tag {
  display: inline-block; padding: 0 var(--s2); border-radius: 1em; background: var(--idle-bg); color: var(--soft);
  font-size: var(--t-note); font-weight: 400; max-width: 100%; overflow-wrap: anywhere;
}
.tag a { color: inherit; }
.tag.good { background: var(--good-bg); color: var(--good); }
.tag.warn { background: var(--warn-bg); color: var(--warn); }
.tag.bad { background: var(--bad-bg); color: var(--bad); font-weight: 600; }
.tag.trend { background: var(--trend-bg); color: var(--trend); font-weight: 600; }
`;
