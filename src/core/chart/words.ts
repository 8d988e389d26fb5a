import type { DigestChart } from '../model/alerting/digest.ts';
import { HOUR_MS } from '../model/window.ts';
import { type Block, blocksOf, toldBlocks } from './blocks.ts';
import { count } from './count.ts';
import type { ChartSaid } from './said.ts';
import { momentIn, zoneTime } from './zone-time.ts';

/** `Thu 19 Nov 09:00 to Fri 20 Nov 09:00, Europe/Berlin` */
export function spanSaid({ chart: { start, end }, zone }: ChartSaid): string {
  return `${momentIn(Date.parse(start), zone)} to ${momentIn(Date.parse(end), zone)}, ${zone}`;
}

/** What a chart shows, with its numbers, for who does not see it. `most`: UTF-16 units. */
export function chartInWords(said: ChartSaid, most: number): string {
  const whole = `${summaryOf(said)}. ${blocksSaid(said)}`;
  return whole.length <= most ? whole : `${summaryOf(said)}.`.slice(0, most);
}

/** In one sentence: from when to when, how many, when most, and what is not known. */
export function summaryOf(said: ChartSaid): string {
  const { chart, name, zone } = said;
  const blocks = blocksOf(chart, 1);
  const known = blocks.filter(({ events }) => events !== null);
  const all = known.reduce((sum, { events }) => sum + events!, 0);
  const peak = known.reduce<Block | null>((most, it) => (it.events! > (most?.events ?? 0) ? it : most), null);
  const isWhole = blocks.every(({ complete }) => complete);
  const facts = [
    known.length === 0 ? 'nothing was counted' : `${isWhole ? '' : 'at least '}${events(all)}`,
    ...(peak === null ? [] : [`most at ${momentIn(peak.start, zone)}: ${count(peak.events!)} in ${lengthOf(chart)}`]),
    ...unknown(blocks, chart),
  ];
  return `${name}, ${spanSaid(said)}: ${facts.join('; ')}`;
}

function events(value: number): string {
  return `${count(value)} ${value === 1 ? 'event' : 'events'}`;
}

function lengthOf({ barMs }: DigestChart): string {
  return barMs < HOUR_MS ? `${barMs / 60_000} minutes` : `${barMs / HOUR_MS} h`;
}

function unknown(blocks: readonly Block[], chart: DigestChart): readonly string[] {
  const none = blocks.filter((it) => it.events === null).length;
  const some = blocks.filter((it) => it.events !== null && !it.complete).length;
  const bars = `of ${count(blocks.length)} bars of ${lengthOf(chart)}`;
  return [
    ...(some === 0 ? [] : [`${count(some)} ${bars} incomplete`]),
    ...(none === 0 ? [] : [`${count(none)} ${bars} not counted`]),
  ];
}

/** `By hour from Thu 19 Nov 09:00: 12, 0, at least 3, not counted` */
function blocksSaid(said: ChartSaid): string {
  const blocks = toldBlocks(said.chart);
  const values = blocks.map((it) => {
    if (it.events === null) return 'not counted';
    return `${it.complete ? '' : 'at least '}${count(it.events)}`;
  });
  const size = said.chart.span === '7d' ? 'By six hours' : 'By hour';
  return `${size} from ${momentIn(blocks[0]!.start, said.zone)}: ${values.join(', ')}`;
}

const HEIGHTS = '▁▂▃▄▅▆▇█';

/** A chart made of letters of one width: bars, and below them what is not sure. */
export function textBars({ chart, zone }: ChartSaid): readonly string[] {
  const blocks = toldBlocks(chart);
  const top = Math.max(1, ...blocks.map((it) => it.events ?? 0));
  const bars = blocks.map((it) => barSign(it, top)).join('');
  const unsure = blocks.map((it) => (it.events !== null && !it.complete ? '?' : ' ')).join('');
  const from = zoneTime(blocks[0]!.start, zone).clock;
  const indent = ' '.repeat(from.length + 1);
  const to = zoneTime(Date.parse(chart.end), zone).clock;
  const size = chart.span === '7d' ? '6 hours' : '1 hour';
  return [
    `${from} ${bars} ${to}`,
    ...(unsure.trim() === '' ? [] : [`${indent}${unsure.trimEnd()}`]),
    `a sign is ${size}, █ is ${count(top)} events${signsSaid(blocks)}`,
  ];
}

function barSign({ events: value }: Block, top: number): string {
  if (value === null) return '×';
  if (value === 0) return '·';
  return HEIGHTS[Math.min(HEIGHTS.length - 1, Math.floor((value / top) * HEIGHTS.length))]!;
}

function signsSaid(blocks: readonly Block[]): string {
  const has = (test: (block: Block) => boolean, text: string): string => (blocks.some(test) ? `, ${text}` : '');
  const zero = has((it) => it.events === 0, '· none');
  const unsure = has((it) => it.events !== null && !it.complete, '? at least so many');
  return `${zero}${unsure}${has((it) => it.events === null, '× not counted')}`;
}
