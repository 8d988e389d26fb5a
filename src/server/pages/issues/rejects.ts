import type { EventStore, KeptRejects } from '../../../core/ports/events/event-store.ts';
import { count, plural, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { cut } from '../words.ts';

/** What of an intake could not be read, or only with a remark. */
export interface Rejected extends KeptRejects {
  readonly project: string;
}

/** Of each intake shown. */
const NEWEST = 10;
/** Of what stood there, characters. */
const TEXT = 300;

/** Intakes of which everything was read are left out. */
export async function readRejects(
  projects: readonly string[],
  store: Pick<EventStore, 'rejects'>,
): Promise<readonly Rejected[]> {
  const all: Rejected[] = [];
  for (const project of projects) all.push({ project, ...(await store.rejects(project, NEWEST)) });
  return all.filter(({ total, notes }) => total + notes > 0);
}

/** Nothing where everything was read. */
export function rejectsPart(all: readonly Rejected[], now: number): Html | null {
  if (all.length === 0) return null;
  return html`<section aria-labelledby="rejects"><h2 id="rejects">Not read, or with a remark <small>in what is
    kept</small></h2>${all.map((it) => intakePart(it, now))}</section>`;
}

function intakePart({ project, total, notes, newest }: Rejected, now: number): Html {
  const said = [
    ...(total > 0 ? [plural(total, 'record was not read', 'records were not read')] : []),
    ...(notes > 0 ? [plural(notes, 'remark', 'remarks')] : []),
  ];
  const rest = total + notes - newest.length;
  const more = html`<p class="more">${count(rest)} more: <code>sentry-monitor intake ${project} --rejects</code></p>`;
  return html`<details><summary><bdi>${project}</bdi>: ${said.join(', ')}</summary>
    <ul class="rejects">${newest.map(
      ({
        at,
        reason,
        place,
        text,
        isNote,
      }) => html`<li>${time(at, now)} UTC: ${isNote ? 'read, but ' : null}<bdi>${reason}</bdi>
      <small><bdi>${place}</bdi></small>${text === '' ? null : html` <code><bdi>${cut(text, TEXT)}</bdi></code>`}</li>`,
    )}</ul>${rest > 0 ? more : null}</details>`;
}
