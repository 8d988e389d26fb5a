import type { Fate } from '../../../core/model/alerting/alert.ts';
import { empty } from '../components/notice.ts';
import { sign } from '../components/sign.ts';
import { tag } from '../components/tag.ts';
import { explained } from '../explained.ts';
import type { Health } from '../findings/health.ts';
import { ago, count, time, timeAgo } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';
import type { ChannelShown } from './read.ts';
import { messagesAddress } from './view.ts';

/** Each channel: when it last brought something, what waits, what went wrong. */
export function channelsPart(channels: readonly ChannelShown[], now: number): Html {
  const rows = channels.map((channel) => channelRow(channel, now));
  return html`<section aria-labelledby="channels"><h2 id="channels">Channels</h2>
    ${rows.length === 0 ? NONE : channelTable(rows)}</section>`;
}

const NONE = empty(
  html`No channel is set up. A filters file sets one up under <code>channels:</code>, and filters name it with
    <code>tell:</code>.`,
);

function channelTable(rows: readonly Html[]): Html {
  return table({
    kind: 'channels',
    caption: unseenCaption('Channels: their last success, what waits and what failed'),
    columns: [
      column('Channel'),
      column('Last success'),
      numbers('Told'),
      numbers('Waiting'),
      numbers('Uncertain'),
      numbers('Failed'),
      column('Last error'),
    ],
    body: html`<tbody>${rows}</tbody>`,
  });
}

function channelRow(shown: ChannelShown, now: number): Html {
  const { channel, counts, lastError, isGone } = shown;
  const sum = (...fates: readonly Fate[]): number => fates.reduce((all, fate) => all + (counts[fate] ?? 0), 0);
  const gone = isGone ? html` <small>in no file of this server</small>` : null;
  return html`<tr data-channel="${channel}"><th scope="row">${sign(channelHealth(shown))}
    <a href="${messagesAddress({ channel })}#list">${channel}</a>${gone}</th>
    <td data-label="last success">${successPart(shown, now)}</td>
    <td class="n" data-label="told">${count(sum('sent'))}</td>
    <td class="n" data-label="waiting">${count(sum('pending', 'muted', 'quiet', 'grouped', 'held'))}</td>
    <td class="n" data-label="uncertain">${count(sum('uncertain'))}</td>
    <td class="n" data-label="failed">${count(sum('refused', 'given up'))}</td>
    <td class="errors">${lastError === null ? null : html`<bdi>${lastError}</bdi>`}</td></tr>`;
}

function successPart({ lastSuccess, isUnheard }: ChannelShown, now: number): Html {
  if (lastSuccess === null) return html`<span class="none">never yet</span>`;
  if (!isUnheard) return timeAgo(lastSuccess, now);
  const since = ago(Math.max(0, now - lastSuccess));
  return html`${time(lastSuccess, now)} ${tag('bad', explained('page-channel-unheard', since))}`;
}

export function channelHealth({ lastError, lastSuccess, isUnheard, isGone }: ChannelShown): Health {
  if (isGone) return 'idle';
  if (lastError !== null || isUnheard) return 'bad';
  return lastSuccess === null ? 'idle' : 'good';
}
