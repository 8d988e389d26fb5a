import { mergeTimings } from '../../../core/logs/timings/merge.ts';
import type { Timing } from '../../../core/model/events/timing.ts';
import type { Window } from '../../../core/model/window.ts';
import { count, decimal, plural, span as spanText } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { PageEvents } from '../issues/read.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';

/** How long things took in a span, by name. */
export interface TimingsSeen {
  readonly span: Window;
  readonly timings: readonly Timing[];
}

/** Rows shown, those that were seen most. */
const MOST = 50;

/** Null: none of its logs tells of it. Durations are merged over all windows of the span, exactly. */
export async function readTimings(
  projects: readonly string[],
  span: Window,
  events: PageEvents | undefined,
): Promise<TimingsSeen | null> {
  const timed = projects.filter((project) => events?.timed?.has(project) === true);
  if (timed.length === 0) return null;
  const parts = await events!.store.timings(timed, span);
  return { span, timings: mergeTimings(parts.map((part) => ({ ...part, window: span.start }))) };
}

export function timingsPart(seen: TimingsSeen | null, now: number): Html | null {
  if (seen === null) return null;
  const { span, timings } = seen;
  const rows = table({
    kind: 'projects',
    caption: unseenCaption('How long things took, by name'),
    columns: [
      column('Name'),
      numbers('Times'),
      numbers('Median', 'ms'),
      numbers('95 %', 'ms'),
      numbers('Longest', 'ms'),
    ],
    body: html`<tbody>${timings.slice(0, MOST).map(timingRow)}</tbody>`,
  });
  const left = timings.length - MOST;
  const more = left > 0 ? html`<p class="more">${plural(left, 'more name', 'more names')}, seen less often.</p>` : null;
  const when = html`<small>as logs tell, ${spanText(span, now)} UTC
    </small>`;
  return html`<section aria-labelledby="timings"><h2 id="timings">Durations ${when}</h2>${
    timings.length === 0 ? html`<p class="empty">No line told how long something took.</p>` : rows
  }
    ${more}</section>`;
}

function timingRow({ project, name, count: times, p50, p95, max }: Timing): Html {
  const ms = (label: string, value: number): Html =>
    html`<td class="n" data-label="${label}">${value < 10 ? decimal(value) : count(Math.round(value))}</td>`;
  return html`<tr><th scope="row"><bdi>${name}</bdi> <small><bdi>${project}</bdi></small></th>
    <td class="n" data-label="times">${count(times)}</td>
    ${[ms('median', p50), ms('95 %', p95), ms('longest', max)]}</tr>`;
}
