import { OLD_INTERVALS, type WatchPlan } from '../../../core/model/watches/watch-plan.ts';
import type { KeptWatch } from '../../../core/ports/watches/watch-store.ts';
import { actAddress } from '../alerts/actions.ts';
import { sign } from '../components/sign.ts';
import { tag } from '../components/tag.ts';
import type { Health } from '../findings/health.ts';
import { count, lasting, moment, plural, time, timeAgo } from '../format.ts';
import { html, Html } from '../html.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';
import type { MakeBlock, Shown } from './block.ts';

/** Each watch: its value, how old it is, its past, and what its last look came to. */
export const watchesBlock: MakeBlock = async ({ watches }, shown) => {
  const known = new Map((await watches!.all()).map((kept) => [kept.name, kept]));
  const rows = watches!.plans().map((plan) => row(plan, known.get(plan.name), shown));
  return html`<section aria-labelledby="watches"><h2 id="watches">Watches</h2>${table({
    kind: 'watches',
    caption: unseenCaption('Watches: their values, how old these are, and their past'),
    columns: [column('Watch'), numbers('Value'), column('Age'), column('Past'), column('Last look')],
    body: html`<tbody>${rows}</tbody>`,
  })}</section>`;
};

/** Fresh, or too old to be believed. */
export function watchHealth({ everyMs }: WatchPlan, kept: KeptWatch | undefined, now: number): Health {
  if (kept === undefined) return 'idle';
  const age = now - (kept.good?.at ?? kept.since);
  if (age > everyMs * OLD_INTERVALS) return 'bad';
  if (kept.last !== null && kept.last.fault !== null) return 'warn';
  return kept.good === null ? 'idle' : 'good';
}

function row(plan: WatchPlan, kept: KeptWatch | undefined, { now, hasActions }: Shown): Html {
  const { name, everyMs, where } = plan;
  const isBad = kept?.last?.fault != null;
  const look = html`<p class="act"><a href="${actAddress('look', { watch: name })}">look now</a></p>`;
  return html`<tr data-watch="${name}"><th scope="row">${sign(watchHealth(plan, kept, now))} ${name}
    <small>every ${lasting(everyMs)}, <bdi>${where}</bdi></small></th>
    <td class="n" data-label="value"><bdi>${kept?.good == null ? '–' : valueText(kept.good.value)}</bdi></td>
    <td data-label="age">${agePart(kept, now)}${watchHealth(plan, kept, now) === 'bad' ? OLD : null}</td>
    <td data-label="past">${kept === undefined ? null : pastPart(kept, now)}</td>
    <td class="${isBad ? 'errors' : 'result'}">${lastPart(kept, now)}${hasActions ? look : null}</td></tr>`;
}

/** Nobody should believe it any more. */
const OLD = html` ${tag('bad', 'old')}`;

function valueText(value: number | string | boolean): string {
  return typeof value === 'number' && Number.isInteger(value) ? count(value) : String(value);
}

function agePart(kept: KeptWatch | undefined, now: number): Html {
  return kept?.good == null ? html`<span class="none">no answer yet</span>` : timeAgo(kept.good.at, now);
}

function lastPart(kept: KeptWatch | undefined, now: number): Html {
  if (kept?.last == null) return html`<span class="none">not yet</span>`;
  const { at, fault, failures } = kept.last;
  if (fault === null) return html`in order, ${time(at, now)}`;
  return html`<bdi>${fault}</bdi> <small>${time(at, now)}, ${plural(failures, 'time')} in a row</small>`;
}

const WIDTH = 160;
const HEIGHT = 24;

/** Numbers as a line, the newest at its right; of texts the last change. */
function pastPart({ past }: KeptWatch, now: number): Html | null {
  const numbers = past.flatMap(([at, value]) => (typeof value === 'number' ? [[at, value] as const] : []));
  if (numbers.length < 2 || numbers.length < past.length) return changePart(past, now);
  const values = numbers.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const from = numbers[0]![0];
  const span = Math.max(1, numbers.at(-1)![0] - from);
  const x = (at: number): string => (((at - from) / span) * WIDTH).toFixed(1);
  const y = (value: number): string =>
    (high === low ? HEIGHT / 2 : HEIGHT - 1 - ((value - low) / (high - low)) * (HEIGHT - 2)).toFixed(1);
  const line = numbers.map(([at, value], index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
  const words = `from ${low} to ${high} since ${moment(from, now)}`;
  return html`<svg class="trace" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
    aria-label="${words}">${new Html(`<path d="${line}"/>`)}</svg> <small>${words}</small>`;
}

function changePart(past: KeptWatch['past'], now: number): Html | null {
  const last = past.at(-1);
  if (last === undefined) return null;
  const since = past[past.findLastIndex(([, value]) => value !== last[1]) + 1]!;
  return html`<small>so since ${time(since[0], now)} at least</small>`;
}
