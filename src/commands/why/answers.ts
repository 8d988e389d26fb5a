import type { WithLedger } from '../../app/by-hand/with-ledger.ts';
import type { Explained } from '../../core/alerts/explain/answer.ts';
import { explainTold } from '../../core/alerts/explain/explain-told.ts';
import type { Filter } from '../../core/model/filter.ts';
import { HOUR_MS, isoOf } from '../../core/model/window.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import type { ChannelSeen } from '../../core/ports/alerting/outbox.ts';
import { BadCall } from '../command.ts';

/** What is asked. `start`: of the window, epoch ms; null: the newest one of each filter that was decided. */
export interface Asked {
  readonly subject: string;
  readonly start: number | null;
  /** Of the newest settled window. */
  readonly newest: number;
}

/** A line of the answer; its JSON is a contract but for `titled`. */
export interface Line extends Omit<Explained, 'window' | 'name' | 'keys'> {
  /** ISO. */
  readonly window: { readonly start: string; readonly end: string };
  /** The issue by its title, where it is known; of a filter null. */
  readonly titled: string | null;
}

export interface Answers {
  readonly lines: readonly Line[];
  /** Of the channels that the lines name. */
  readonly channels: readonly ChannelSeen[];
  /** Filters of which no window was decided. */
  readonly undecided: readonly string[];
}

/** So long windows are kept with their issues. */
const KEPT_MS = 48 * HOUR_MS;

/** Throws a BadCall for a name that nothing has, and for a window of which nothing is kept any more. */
export async function answersFor(asked: Asked, opened: WithLedger): Promise<Answers> {
  const { subject, start, newest } = asked;
  if (start !== null && start < newest - KEPT_MS)
    throw new BadCall(`--at: windows are known for 48 hours, from ${isoOf(newest - KEPT_MS)} on`);
  const all = opened.program.live.now().filters.filter(hasRules);
  const named = opened.program.live.now().filters.find(({ name }) => name === subject);
  if (named !== undefined && !hasRules(named))
    throw new BadCall(`${subject} has no alerts that tell somebody; write some under alerts:, with tell:`);
  const isWatch = opened.program.live.now().watches.some(({ name }) => name === subject);
  if (isWatch) throw new BadCall(ofWatch(subject));
  const filters = named === undefined ? await knowing(subject, all, opened) : [named];
  if (filters.length === 0) throw new BadCall(nobody(subject, all));
  const lines: Line[] = [];
  const undecided: string[] = [];
  for (const filter of filters) {
    const at = start ?? (await newestOf(filter, opened));
    if (at === null) undecided.push(filter.name);
    else lines.push(...(await linesOf({ filter, at, subjects: named === undefined ? [subject] : undefined }, opened)));
  }
  const recipients = new Set(lines.map(({ recipient }) => recipient));
  const channels = (await opened.outbox.channels()).filter(({ channel }) => recipients.has(channel));
  return { lines, channels, undecided };
}

function ofWatch(name: string): string {
  return `${name} is a watch: the page /status has its value, and /messages who was told of it and why`;
}

function nobody(subject: string, filters: readonly Filter[]): string {
  const names = filters.map(({ name }) => name).join(', ');
  const asked = JSON.stringify(subject);
  return (
    `${asked} is no filter with alerts (there are ${names}), and none of them has counted an issue with that id, ` +
    'the number at the end of its address in Sentry'
  );
}

/** Filters that have counted the issue. */
async function knowing(id: string, filters: readonly Filter[], { alerts }: WithLedger): Promise<readonly Filter[]> {
  return alerts.look(async (trx) => {
    const found: Filter[] = [];
    for (const filter of filters) if ((await trx.issues(filter.name, [id])).size > 0) found.push(filter);
    return found;
  });
}

async function newestOf({ name }: Filter, { alerts }: WithLedger): Promise<number | null> {
  return alerts.look(async (trx) => {
    const states = await trx.statesBefore([{ filter: name, at: Number.MAX_SAFE_INTEGER }]);
    return states.get(name)?.window ?? null;
  });
}

async function linesOf(
  question: Parameters<typeof explainTold>[0],
  { alerts, outbox }: WithLedger,
): Promise<readonly Line[]> {
  const { filter } = question;
  const told = await explainTold(question, { alerts, outbox });
  const ids = [...new Set(told.map(({ subject }) => subject))].filter((id) => id !== filter.name);
  const known = await alerts.look((trx) => trx.issues(filter.name, ids));
  return told.map(({ window, name: _name, keys: _keys, ...line }) => ({
    ...line,
    window: { start: isoOf(window.start), end: isoOf(window.end) },
    titled: known.get(line.subject)?.title ?? null,
  }));
}
