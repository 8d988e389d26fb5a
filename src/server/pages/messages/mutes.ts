import { actAddress } from '../alerts/actions.ts';
import { endSaid } from '../alerts/words.ts';
import { empty } from '../components/notice.ts';
import { count, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';
import type { MuteShown } from './read.ts';
import { scopeSaid, whoSaid } from './words.ts';

/** What holds something back by somebody's will, with what it holds. */
export function mutesPart(mutes: readonly MuteShown[], now: number, hasActions: boolean): Html {
  const act = hasActions ? html`<p class="act"><a href="${actAddress('mute', {})}">mute something</a></p>` : null;
  return html`<section aria-labelledby="mutes"><h2 id="mutes">Mutes</h2>
    ${mutes.length === 0 ? empty('Nothing is muted.') : muteTable(mutes, now, hasActions)}${act}</section>`;
}

function muteTable(mutes: readonly MuteShown[], now: number, hasActions: boolean): Html {
  return table({
    kind: 'mutes',
    caption: unseenCaption('Mutes in force, and what they hold back'),
    columns: [column('What'), column('Until'), numbers('Holds'), column('Why'), column('By')],
    body: html`<tbody>${mutes.map((shown) => muteRow(shown, now, hasActions))}</tbody>`,
  });
}

function muteRow({ mute, isOfFile, holds }: MuteShown, now: number, hasActions: boolean): Html {
  const { id, what, until, why, since, by } = mute;
  const who = isOfFile ? html`<bdi>${id}</bdi>` : html`<bdi>${whoSaid(by)}</bdi>, ${time(since, now)}`;
  const end = html`<p class="act"><a href="${actAddress('unmute', { mute: id })}">unmute</a></p>`;
  return html`<tr data-mute="${id}"><th scope="row">${scopeSaid(what)}</th>
    <td data-label="until">${endSaid(until, now)}</td>
    <td class="n" data-label="holds">${count(holds)}</td>
    <td class="reason"><bdi>${why}</bdi></td>
    <td data-label="by">${who}${hasActions && !isOfFile ? end : null}</td></tr>`;
}
