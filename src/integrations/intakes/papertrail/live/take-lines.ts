import { createHash } from 'node:crypto';
import { createLogReading, type LogReading, type LogState } from '../../../../core/logs/read-log.ts';
import { partOf } from '../../../../core/logs/readers/papertrail.ts';
import { createTextBasket, type TextBasket } from '../../../vendors/logs/text-basket.ts';
import type { TextReading } from '../../../vendors/logs/read-text.ts';
import { joined } from '../coverage/coverage.ts';
import type { LivePosition } from '../coverage/position.ts';
import { shortened } from '../reading/states.ts';
import type { Slice } from './read-slice.ts';
import { byId } from './search.ts';

/** What is open for so long, and nothing came to it, is told as it is, ms. */
const QUIET_MS = 60_000;
/** Spans that were read are known for so long, ms. */
const KNOWN_MS = 15 * 86_400_000;

/**
 * Stores what lines bring that follow what was read. NOTE: spans touch in whole seconds, so that a line may come twice:
 * what was read is known by its id.
 */
export async function takeLines(
  { lines, span, isWhole }: Slice,
  { after, state, spans }: LivePosition,
  reading: TextReading,
): Promise<LivePosition> {
  const basket = createTextBasket(reading, { name: 'live search', prefix: '', at: reading.at });
  const log = readingOf(reading, state);
  for (const line of lines) {
    if (after !== null && byId(line.id, after) <= 0) continue;
    log.part(partOf(line));
    basket.add(log.take());
    if (basket.isFull()) await basket.flush();
  }
  const isLong = span.end - span.start >= QUIET_MS;
  const left = isLong ? tellQuiet(state, log.state(), reading, basket) : log.state();
  await basket.flush();
  const newest =
    [lines.at(-1)?.id, after]
      .filter((it) => it != null)
      .toSorted(byId)
      .at(-1) ?? null;
  const known = isWhole ? joined([...spans, span]) : spans;
  return {
    ...{ until: span.end, after: newest, state: shortened(left) },
    spans: known.filter(({ end }) => end > span.end - KNOWN_MS),
  };
}

/** Tells what was open before, and to which nothing came. It may go on later, by the same id. */
function tellQuiet(before: LogState | null, state: LogState, reading: TextReading, basket: TextBasket): LogState {
  const open = new Map(before?.streams.map((it) => [it.name, it.open]));
  const quiet = state.streams.filter(({ name, open: now, toldAs }) => {
    const then = open.get(name) ?? null;
    return (
      toldAs === null && now !== null && then !== null && now.firstId === then.firstId && now.lastId === then.lastId
    );
  });
  if (quiet.length === 0) return state;
  const log = readingOf(reading, { ...state, streams: quiet });
  log.tellOpen('done');
  basket.add(log.take());
  const told = new Map(log.state().streams.map((stream) => [stream.name, stream]));
  return { ...state, streams: state.streams.map((stream) => told.get(stream.name) ?? stream) };
}

function readingOf({ plan, at }: TextReading, state: LogState | null): LogReading {
  return createLogReading(plan, { hash: sha256, at, prefix: '' }, state ?? undefined);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
