import { lasting, time } from '../format.ts';
import { html } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import type { MakeBlock } from './block.ts';

/** What is due next of each schedule. */
export const schedulesBlock: MakeBlock = async ({ schedules }, { now }) => {
  const all = await schedules(now);
  if (all.length === 0) return null;
  const rows = all.map(
    ({ kind, name, at }) => html`<tr><th scope="row">${kind} ${name}</th>
    <td data-label="next">${time(at, now)} UTC</td><td data-label="in">${lasting(Math.max(0, at - now))}</td></tr>`,
  );
  return html`<section aria-labelledby="schedules"><h2 id="schedules">Schedules</h2>${table({
    kind: 'schedules',
    caption: unseenCaption('When each schedule is due next'),
    columns: [column('What'), column('Next'), column('In')],
    body: html`<tbody>${rows}</tbody>`,
  })}</section>`;
};
