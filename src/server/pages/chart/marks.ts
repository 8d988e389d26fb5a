import { PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { Mark } from '../data/model.ts';
import { plural, time } from '../format.ts';
import { html, type Html } from '../html.ts';

/** A mark with the number that stands for it on a chart. */
export interface Numbered extends Mark {
  readonly number: number;
  /** Where it is drawn: cut where the span ends. */
  readonly place: Window;
}

/** Those of a span, in order. */
export function numbered(marks: readonly Mark[], span: Window): readonly Numbered[] {
  return marks
    .filter(({ start, end }) => start < span.end && (end > span.start || start >= span.start))
    .toSorted((a, b) => a.start - b.start)
    .map((mark, index) => ({
      ...mark,
      place: { start: Math.max(mark.start, span.start), end: Math.min(mark.end, span.end) },
      number: index + 1,
    }));
}

/** Those that touch a stretch; a mark without length lies in the stretch that it stands in. */
export function marksIn(marks: readonly Mark[], { start, end }: Window): readonly Mark[] {
  return marks.filter((mark) => mark.start < end && Math.max(mark.end, mark.start + 1) > start);
}

/** A number, or several that are too near each other: `3`, `3–5`. `at`: epoch ms. */
export interface Flag {
  readonly at: number;
  readonly text: string;
}

/** The numbers above a chart, none over another. `room`: what one takes, ms. */
export function flagsOf(marks: readonly Numbered[], room: number): readonly Flag[] {
  const groups: { at: number; first: number; last: number }[] = [];
  for (const {
    place: { start },
    number,
  } of marks) {
    const near = groups.at(-1);
    if (near !== undefined && start - near.at < room) near.last = number;
    else groups.push({ at: start, first: number, last: number });
  }
  return groups.map(({ at, first, last }) => ({ at, text: first === last ? `${first}` : `${first}–${last}` }));
}

/** Marks listed at once; the others unfold. */
const SHOWN = 6;

/** Below a chart: each number with its text. */
export function markList(marks: readonly Numbered[], now: number): Html | null {
  if (marks.length === 0) return null;
  const items = marks.map((mark) => markItem(mark, now));
  const more = items.slice(SHOWN);
  return html`<ol class="marked" aria-label="Marked on the chart">${items.slice(0, SHOWN)}</ol>
    ${
      more.length === 0
        ? null
        : html`<details id="more-marks"><summary>${plural(more.length, 'more mark')}</summary>
          <ol class="marked">${more}</ol></details>`
    }`;
}

function markItem({ number, kind, start, end, text }: Numbered, now: number): Html {
  const until = end - start < PERIOD_MS ? null : html`–${time(end, now)}`;
  return html`<li><b class="flag ${kind}">${number}</b> <span>${kind} ${time(start, now)}${until} UTC:
    <bdi>${text}</bdi></span></li>`;
}
