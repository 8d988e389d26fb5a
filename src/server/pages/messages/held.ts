import type { KeptTelling } from '../../../core/ports/alerting/outbox.ts';
import { alertAddress, FATES_SAID, subjectText } from '../alerts/words.ts';
import { tag } from '../components/tag.ts';
import { plural, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import type { HeldGroup, MessagesData } from './read.ts';
import { messagesAddress } from './view.ts';

/** Shown of what waits for one reason. */
const SHOWN = 5;

/** What is held back now, channel by channel, each with until when; nothing where nothing is. */
export function heldPart({ held, heldTotal }: Pick<MessagesData, 'held' | 'heldTotal'>, now: number): Html | null {
  if (held.length === 0) return null;
  const read = held.reduce((sum, { tellings }) => sum + tellings.length, 0);
  const left = heldTotal - read;
  return html`<section aria-labelledby="held"><h2 id="held">Held back
    <small>${plural(heldTotal, 'piece')} of news in no message yet</small></h2>
    ${table({
      kind: 'held',
      caption: unseenCaption('What is held back, and until when'),
      columns: [column('Channel'), column('Why, and until when'), column('What')],
      body: html`<tbody>${held.map((group) => groupRow(group, now))}</tbody>`,
    })}
    ${left > 0 ? html`<p class="more">${plural(left, 'older one', 'older ones')} not shown.</p>` : null}</section>`;
}

function groupRow({ channel, fate, reason, tellings }: HeldGroup, now: number): Html {
  const [health, words] = FATES_SAID[fate];
  const left = tellings.length - SHOWN;
  const items = tellings.slice(0, SHOWN).map((telling) => html`<li>${newsPart(telling, now)}</li>`);
  const more = left > 0 ? html`<li class="none">and ${plural(left, 'other')}</li>` : null;
  return html`<tr data-held="${channel} ${fate}"><th scope="row">
    <a href="${messagesAddress({ channel })}">${channel}</a></th>
    <td>${tag(health, words)} <bdi>${reason ?? 'with the next run'}</bdi></td>
    <td class="said"><ul class="plain">${items}${more}</ul></td></tr>`;
}

/** One piece of news: of what, how it stands, since when, and why. */
function newsPart({ alert, news, window }: KeptTelling, now: number): Html {
  const subject = subjectText(alert);
  const what = subject === '' ? null : html`, <bdi class="what">${subject}</bdi>`;
  return html`<a href="${alertAddress(alert)}">${alert.filter}</a>:
    ${news}, <code><bdi>${alert.rule}</bdi></code>${what}, ${time(window, now)}: <bdi>${alert.why}</bdi>`;
}
