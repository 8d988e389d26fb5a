import { isoOf } from '../../../core/model/window.ts';
import type { StoredEvent } from '../../../core/ports/events/event-store.ts';
import { actAddress } from '../alerts/actions.ts';
import { tagPairs } from '../components/facts.ts';
import { tag } from '../components/tag.ts';
import { twoLines, wideText } from '../components/text.ts';
import { dayOf } from '../format.ts';
import { html, type Html } from '../html.ts';
import { titleOf } from '../issues/title.ts';
import { column, table, unseenCaption } from '../parts/table.ts';
import { issueAddress, keptOf } from '../view/address.ts';
import type { View } from '../view/view.ts';
import type { EventList } from './read.ts';

export interface RowsShown {
  readonly data: EventList;
  readonly view: View;
  readonly now: number;
  readonly hasActions: boolean;
}

/** Events, one a row; what each says unfolds. */
export function eventRows(shown: RowsShown): Html {
  return table({
    kind: 'events',
    caption: unseenCaption('Events of intakes, the newest first'),
    columns: [column(html`Time <small>UTC</small>`), column('Level'), column('Project'), column('Event')],
    body: html`<tbody>${shown.data.events.map((event) => eventRow(event, shown))}</tbody>`,
  });
}

function eventRow(event: StoredEvent, shown: RowsShown): Html {
  const { id, at, level, project, issueId } = event;
  const title = titleOf(event.title, issueId);
  const address = issueAddress(issueId, { ...keptOf(shown.view), project });
  return html`<tr data-event="${id}"><td class="when">${second(at, shown.now)}</td>
    <td data-label="level"><bdi>${level}</bdi></td>
    <td class="where" data-label="project"><bdi>${project}</bdi></td>
    <th scope="row"><a href="${address}">${twoLines(title)}</a>
    ${shown.data.hidden.has(issueId) ? tag('idle', 'hidden') : null}
    ${restPart(event, shown)}</th></tr>`;
}

/** 09:45:03, or 19 Nov 09:45:03 of another day than today; UTC. */
function second(at: number, now: number): Html {
  const [day, today] = [isoOf(at), isoOf(now)].map((it) => it.slice(0, 10));
  return html`<time datetime="${isoOf(at)}">${day === today ? null : `${dayOf(at)} `}${isoOf(at).slice(11, 19)}</time>`;
}

/** What hides all that are like it, or shows them again. */
function hidePart({ issueId }: StoredEvent, { data, hasActions }: RowsShown): Html | null {
  if (!hasActions) return null;
  const hidden = data.hidden.get(issueId);
  const act = hidden === undefined ? actAddress('hide', { issue: issueId }) : actAddress('unmute', { mute: hidden.id });
  return html`<p class="act"><a href="${act}">${hidden === undefined ? 'hide all like this' : 'restore'}</a></p>`;
}

/** NOTE: by its name it stays unfolded when the page is looked at again. */
function restPart(event: StoredEvent, shown: RowsShown): Html {
  const { project, id, title, culprit, text, environment, release, user, tags } = event;
  const pairs = tagPairs([
    ['culprit', culprit],
    ['environment', environment],
    ['release', release],
    ['user', user],
    ...Object.entries(tags),
    ['id', id],
  ]);
  const name = `event-${encodeURIComponent(`${project} ${id}`)}`;
  return html`<details id="${name}"><summary>all of it</summary>
    ${pairs}
    ${wideText(text ?? title, { label: 'what it says' })}
    ${hidePart(event, shown)}</details>`;
}
