import { headOf } from '../../../core/alerts/words/head.ts';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import type { KeptMessage } from '../../../core/ports/alerting/outbox.ts';
import { actAddress } from '../alerts/actions.ts';
import { alertAddress, severityHealth, subjectText } from '../alerts/words.ts';
import { empty } from '../components/notice.ts';
import { tag } from '../components/tag.ts';
import { plural, time } from '../format.ts';
import { html, type Html, link } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import type { MessagesData } from './read.ts';
import { searchPart } from './search.ts';
import { type MessagesView, messagesAddress } from './view.ts';
import { fateSaid, triesSaid } from './words.ts';

/** Alerts of a message that are shown at once, and that unfold. */
const SHOWN = { first: 3, more: 50 };

export interface ListShown {
  readonly data: MessagesData;
  readonly view: MessagesView;
  readonly filters: readonly string[];
  readonly now: number;
  readonly hasActions: boolean;
}

/** Messages, the newest first, a page of them; with what to choose. */
export function listPart(shown: ListShown): Html {
  const { data, view } = shown;
  const isAll = Object.keys(view).length === 0;
  const none = isAll ? 'No message yet: no rule had anything to tell.' : 'No message is like that.';
  return html`<section aria-labelledby="list"><h2 id="list">Messages</h2>
    <div class="controls">${searchPart(shown)}</div>
    ${data.messages.length === 0 ? empty(none) : messageTable(shown)}
    ${movesPart(data, view)}</section>`;
}

function movesPart({ messages, hasMore }: MessagesData, view: MessagesView): Html | null {
  const last = messages.at(-1);
  const before = last === undefined ? undefined : { createdAt: last.createdAt, id: last.message.id };
  const newest = html`<li><a href="${messagesAddress(view, { before: undefined })}#list">newest</a></li>`;
  const older = html`<li><a rel="next" href="${messagesAddress(view, { before })}#list">older</a></li>`;
  if (view.before === undefined && !hasMore) return null;
  return html`<ul class="group" aria-label="Further messages">${view.before === undefined ? null : newest}
    ${hasMore ? older : null}</ul>`;
}

function messageTable(shown: ListShown): Html {
  return table({
    kind: 'messages',
    caption: unseenCaption('Messages, the newest first'),
    columns: [column('When'), column('Channel'), column('Message'), column('What became of it')],
    body: html`<tbody>${shown.data.messages.map((kept) => messageRow(kept, shown))}</tbody>`,
  });
}

function messageRow(kept: KeptMessage, { now, hasActions, view }: ListShown): Html {
  const { message, channel, createdAt, tries, error, nextAt, fate } = kept;
  const [health, words] = fateSaid(kept);
  const next =
    fate === 'pending' && nextAt > now && nextAt < Infinity
      ? html` <small>not before ${time(nextAt, now)}</small>`
      : null;
  const again = hasActions && ['refused', 'given up', 'uncertain'].includes(fate) && nextAt === Infinity;
  const act = html`<p class="act"><a href="${actAddress('send-again', { message: message.id })}">send again</a></p>`;
  return html`<tr data-message="${message.id}" id="m-${message.id}">
    <td class="when">${time(createdAt, now)}</td>
    <td data-label="channel"><a href="${messagesAddress(view, { channel, before: undefined })}">${channel}</a></td>
    <th scope="row"><bdi class="clamp">${headOf(message)}</bdi>${linesPart(kept)}${alertsPart(kept, now)}</th>
    <td class="fate">${tag(health, words)} <small>${triesSaid(tries)}</small>${next}
    ${error === null ? null : html`<p class="errors"><bdi>${error}</bdi></p>`}${again ? act : null}</td></tr>`;
}

/** What is said beside the alerts; the head says the first line of a message without. */
function linesPart({ message: { lines, alerts } }: KeptMessage): readonly Html[] {
  return (alerts.length === 0 ? lines.slice(1) : lines).map((line) => html`<p class="line"><bdi>${line}</bdi></p>`);
}

function alertsPart({ message: { id, alerts } }: KeptMessage, now: number): Html | null {
  if (alerts.length === 0) return null;
  const rest = alerts.slice(SHOWN.first, SHOWN.first + SHOWN.more);
  const left = alerts.length - SHOWN.first - rest.length;
  const list = (some: readonly Alert[]): Html =>
    html`<ul class="plain">${some.map((alert) => html`<li>${alertPart(alert, now)}</li>`)}</ul>`;
  const beyond = left > 0 ? html`<p class="none">and ${plural(left, 'other')}</p>` : null;
  const more = html`<details id="more-${id}"><summary>${plural(alerts.length - SHOWN.first, 'more alert')}</summary>
    ${list(rest)}${beyond}</details>`;
  return html`<div class="told-alerts">${list(alerts.slice(0, SHOWN.first))}${rest.length === 0 ? null : more}</div>`;
}

function alertPart(alert: Alert, now: number): Html {
  const { severity, state, filter, rule, since, why, late, subject } = alert;
  const about = subjectText(alert);
  const what = about === '' ? null : html` ${link(subject.url, html`<bdi class="what">${about}</bdi>`)},`;
  return html`${tag(severityHealth(severity), severity)} ${state}${late ? ', late' : ''}:${what}
    <a href="${alertAddress(alert)}">${filter}</a>, <code><bdi>${rule}</bdi></code>, since
    ${time(Date.parse(since), now)}: <bdi>${why}</bdi>`;
}
