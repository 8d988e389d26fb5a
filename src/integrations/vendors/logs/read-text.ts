import { createHash } from 'node:crypto';
import { type Line, textOf } from '../../../core/logs/lines/line.ts';
import { createLineSplitter } from '../../../core/logs/lines/split-lines.ts';
import { createLogReading, type LogReading, type LogState } from '../../../core/logs/read-log.ts';
import { lostTimings } from './remarks.ts';
import { createTextBasket, type TextBasket, type TextReading } from './text-basket.ts';

export type { TextReading } from './text-basket.ts';

/** How the text ends: `over`: nothing follows; `goes on`: another archive may, in which a record may go on. */
export type TextEnd = 'over' | 'goes on';

export interface TextPlace {
  /** What was open at the end of the text before it; null: nothing. */
  readonly before: LogState | null;
  readonly end: TextEnd;
  /** Of names that are made of a place. */
  readonly prefix?: string;
}

/** Stores what the text of an archive holds, by and by. Gives back what is open at its end; null: nothing. */
export async function readText(
  text: AsyncIterable<Uint8Array>,
  name: string,
  { before, end, prefix = '' }: TextPlace,
  reading: TextReading,
): Promise<LogState | null> {
  const { plan, at } = reading;
  const log = createLogReading(plan, { hash: sha256, at, prefix }, before ?? undefined);
  const basket = createTextBasket(reading, { name, prefix, at });
  const splitter = createLineSplitter();
  let first: string | undefined;
  const take = (line: Line): void => {
    first ??= textOf(line);
    log.line(line);
  };
  for await (const piece of text) {
    splitter.push(piece, take);
    basket.add(log.take());
    if (basket.isFull()) await basket.flush();
  }
  splitter.end(take);
  if (end === 'over') log.end();
  else log.tellOpen('done');
  basket.add(log.take());
  await flushWithTimings(log, basket, first ?? '');
  return end === 'over' ? null : log.state();
}

/** NOTE: durations are known by the text's first line: read again, or under another name, it is the same text. */
async function flushWithTimings(log: LogReading, basket: TextBasket, first: string): Promise<void> {
  const { timings, left } = log.takeTimings();
  if (left > 0) basket.add({ events: [], rejects: [], notes: [lostTimings(left)] });
  await basket.flush(timings.length === 0 ? undefined : { part: `text ${sha256(first)}`, timings });
}

/** Tells what is open since an archive that nothing followed. */
export async function tellState(state: LogState, reading: TextReading): Promise<void> {
  const log = createLogReading(reading.plan, { hash: sha256, at: reading.at, prefix: '' }, state);
  log.end();
  const basket = createTextBasket(reading, { name: '', prefix: '', at: reading.at });
  basket.add({ events: log.take().events, rejects: [], notes: [] });
  await basket.flush();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
