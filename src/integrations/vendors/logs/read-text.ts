import { createHash } from 'node:crypto';
import { chunks } from '../../../core/model/chunks.ts';
import type { ErrorEvent, Reject } from '../../../core/model/events/event.ts';
import { createLineSplitter, type Line } from '../../../core/logs/lines/split-lines.ts';
import { createLogReading, type LogPlan, type LogState } from '../../../core/logs/read-log.ts';
import { MOST_EVENTS } from '../../../core/ports/events/event-store.ts';
import type { IntakeStore } from '../../../core/ports/events/intake.ts';
import type { Counting } from './counting.ts';

export interface TextReading {
  readonly plan: LogPlan;
  readonly store: Pick<IntakeStore, 'add'>;
  readonly project: string;
  readonly counting: Counting;
  /** Epoch ms. */
  readonly at: number;
}

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
  const log = createLogReading(reading.plan, { hash: sha256, at: reading.at, prefix }, before ?? undefined);
  const splitter = createLineSplitter();
  const take = ({ text: line, offset, left }: Line): void => log.line(line, offset, left);
  let [events, rejects]: [ErrorEvent[], Reject[]] = [[], []];
  const gather = (): void => {
    const some = log.take();
    events.push(...some.events);
    rejects.push(
      ...some.rejects.map((it) => ({
        ...it,
        id: `${name}:${it.id}`,
        place: `${name}, byte ${it.place.slice(prefix.length)}`,
      })),
    );
  };
  const flush = async (): Promise<void> => {
    const all = [events, rejects] as const;
    [events, rejects] = [[], []];
    await storeAll(...all, reading);
  };
  for await (const piece of text) {
    splitter.push(piece, take);
    gather();
    if (events.length >= MOST_EVENTS || rejects.length >= MOST_EVENTS) await flush();
  }
  splitter.end(take);
  if (end === 'over') log.end();
  else log.tellOpen('done');
  gather();
  await flush();
  return end === 'over' ? null : log.state();
}

/** Tells what is open since an archive that nothing followed. */
export async function tellState(state: LogState, reading: TextReading): Promise<void> {
  const log = createLogReading(reading.plan, { hash: sha256, at: reading.at, prefix: '' }, state);
  log.end();
  await storeAll(log.take().events, [], reading);
}

async function storeAll(
  events: readonly ErrorEvent[],
  rejects: readonly Reject[],
  { store, project, counting, plan }: TextReading,
): Promise<void> {
  const { noise } = plan.rules;
  const [first = [], ...others] = chunks(events, MOST_EVENTS);
  for (const [n, some] of [first, ...others].entries()) {
    const refused = n === 0 ? rejects : [];
    if (some.length + refused.length === 0) continue;
    counting.add(some, await store.add({ project, events: some, rejects: refused, noise }), refused.length);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
