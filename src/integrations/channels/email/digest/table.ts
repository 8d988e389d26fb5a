import { count } from '../../../../core/chart/count.ts';
import type { Digest, DigestFilter } from '../../../../core/model/alerting/digest.ts';
import { escaped, linkTo, small, soft, SOFT, WRAP } from '../markup.ts';

/** Rows of one mail: with more, programs for mail would cut it off. */
const MOST = 60;

const HEAD = `padding:4px 0 4px 10px;font-size:12px;line-height:16px;color:${SOFT};font-weight:400`;
const CELL = 'padding:6px 0 6px 10px;font-size:14px;line-height:20px;border-top:1px solid #d9dde3;vertical-align:top';

/** One row a filter; of very many those with most events, and what the others come to. */
export function filterTable({ filters }: Digest): string {
  const isAll = filters.length <= MOST;
  const shown = isAll ? filters : filters.toSorted((a, b) => b.events - a.events).slice(0, MOST);
  const rest = filters.filter((it) => !shown.includes(it));
  const head = ['Events', 'Before', 'Issues', 'New'].map(
    (text) => `<th class="soft" align="right" style="${HEAD}">${text}</th>`,
  );
  const rows = shown.map(filterRow).join('\n');
  const notes = [
    ...(shown.some((it) => !isWhole(it)) ? [soft('≥ at least so many: see below what is missing')] : []),
    ...(rest.length === 0 ? [] : [small(restSaid(rest))]),
  ];
  return `<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">
<tr><th class="soft" align="left" style="${HEAD};padding-left:0">Filter</th>${head.join('')}</tr>
${rows}
</table>${notes.join('')}`;
}

function filterRow(it: DigestFilter): string {
  const { filter, page, team, events, issues, before } = it;
  const name = linkTo(filter, page);
  const of = team === null ? '' : `<br>${lesser(escaped(team))}`;
  const numbers = [
    `<b>${atLeast(events, isWhole(it))}</b>`,
    beforeSaid(before, events, isWhole(it)),
    issues === null ? '–' : atLeast(issues, !it.issuesAtLeast),
    count(it.new.count),
  ];
  const cells = numbers.map((text) => `<td class="line" align="right" style="${CELL};white-space:nowrap">${text}</td>`);
  return `<tr><td class="line" style="${CELL};padding-left:0;${WRAP}">${name}${of}</td>${cells.join('')}</tr>`;
}

/** `content`: HTML. */
function lesser(content: string): string {
  return `<span class="soft" style="font-size:12px;color:${SOFT}">${content}</span>`;
}

export function isWhole({ windows }: DigestFilter): boolean {
  return windows.notCounted === 0 && windows.incomplete === 0 && windows.silent === 0;
}

function atLeast(events: number, whole: boolean): string {
  return `${whole ? '' : '≥ '}${count(events)}`;
}

/** With how much more or less that is now, where both are known. */
function beforeSaid({ events, complete }: DigestFilter['before'], now: number, whole: boolean): string {
  if (events === null) return '–';
  const said = atLeast(events, complete);
  if (!whole || !complete || events === 0) return said;
  const percent = Math.round(((now - events) / events) * 100);
  const sign = percent < 0 ? '−' : '+';
  return `${said}<br>${lesser(`${sign}${count(Math.abs(percent))} %`)}`;
}

function restSaid(rest: readonly DigestFilter[]): string {
  const events = rest.reduce((sum, it) => sum + it.events, 0);
  return `and ${count(rest.length)} more filters, with ${count(events)} events together`;
}
