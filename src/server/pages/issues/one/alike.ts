import { tag } from '../../components/tag.ts';
import { twoLines } from '../../components/text.ts';
import { time } from '../../format.ts';
import { html, type Html, link } from '../../html.ts';
import { column, table, unseenCaption } from '../../parts/table.ts';
import { issueAddress, keptOf } from '../../view/address.ts';
import type { View } from '../../view/view.ts';
import type { AlikeIssue } from '../../../../core/ports/events/event-store.ts';
import { titleOf } from '../title.ts';
import type { IssueSeen } from './read.ts';

/** Issues that say the same in other places; nothing where there are none. */
export function alikePart({ stored }: IssueSeen, view: View, now: number): Html | null {
  const { issues, isMore } = stored?.alike ?? { issues: [], isMore: false };
  if (issues.length === 0) return null;
  const head = html`Similar issues <small>by their words, newest first</small>`;
  return html`<section aria-labelledby="alike"><h2 id="alike">${head}</h2>
    ${table({
      kind: 'alike',
      caption: unseenCaption('Issues with the same words'),
      columns: [column('Issue'), column('Words'), column('Newest event')],
      body: html`<tbody>${issues.map((issue) => alikeRow(issue, view, now))}</tbody>`,
    })}
    ${isMore ? html`<p class="more">There are older ones, which are not shown here.</p>` : null}</section>`;
}

function alikeRow({ project, issueId, likeness, title, newest }: AlikeIssue, view: View, now: number): Html {
  const address = issueAddress(issueId, { ...keptOf(view), project });
  const { context = [], link: line } = newest.sample ?? {};
  const before = html`<details><summary>Lines before</summary><pre class="wide-text" tabindex="0" role="group"
    aria-label="Lines before">${context.map((text) => html`${text}\n`)}</pre></details>`;
  return html`<tr data-issue="${issueId}"><th scope="row"><a href="${address}">${twoLines(titleOf(title, issueId))}</a>
    <small><bdi>${project}</bdi></small>${context.length === 0 ? null : before}</th>
    <td data-label="words">${likeness === 'exact' ? tag('trend', 'the same') : tag('idle', 'but for the last')}</td>
    <td class="when" data-label="newest event">${time(newest.at, now)} UTC${
      line === undefined ? null : html` ${link(line, 'log line')}`
    }</td></tr>`;
}
