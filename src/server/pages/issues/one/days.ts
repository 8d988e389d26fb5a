import { DAY_MS } from '../../../../core/model/window.ts';
import { chartFigure } from '../../chart/figure.ts';
import { html, type Html } from '../../html.ts';
import { nameOf } from '../title.ts';
import type { IssueSeen } from './read.ts';

/** Events by UTC day, as bars; nothing where only windows know of it. */
export function daysPart(data: IssueSeen, now: number): Html | null {
  if (data.stored === null) return null;
  const { span, slots } = data.stored.days;
  const drawn = { name: nameOf(data).slice(0, 80), windows: slots, before: [], searchUrl: () => null };
  return html`<section aria-labelledby="events"><h2 id="events">Events <small>of ${slots.length} days, each bar a day,
    UTC; the last is not over</small></h2>
    ${chartFigure(drawn, { span, step: DAY_MS, marks: [], now })}</section>`;
}
