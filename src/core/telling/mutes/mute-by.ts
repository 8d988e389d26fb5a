import { muteText } from '../../alerts/outbox/forming/mutes.ts';
import type { Message } from '../../model/alerting/message.ts';
import type { Mute, MuteScope } from '../../model/alerting/rule.ts';
import { DAY_MS, isoOf } from '../../model/window.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import { keepDone } from '../acts/done.ts';
import { BadWords, bounded, type Words } from '../asked/words.ts';
import { issueId, type Known, lengthOf, readMute, readScope } from './read-mute.ts';

export interface MuteDeps {
  readonly outbox: Pick<Outbox, 'mute' | 'unmute' | 'mutes' | 'post' | 'keepAction'>;
  readonly known: Known;
  /** Names of channels that hear of it when everything is muted. */
  readonly told: readonly string[];
  /** Mutes of files: they are ended there. */
  readonly ofFiles: readonly Mute[];
  /** Who does it, for people: a user of the page, `cli`, `post`. */
  readonly by: string;
  readonly now: number;
  readonly server: string;
  uuid(): string;
}

/** So long a mute that is over is shown, ms. */
const KEPT_MS = 30 * DAY_MS;

/**
 * Mutes what the words say (see `readMute`), for all servers, and keeps who did it. Throws a BadWords; rejects when the
 * ledger is away.
 */
export async function muteBy(words: Words, deps: MuteDeps): Promise<Mute> {
  const { outbox, by, now } = deps;
  const mute: Mute = { ...readMute(words, deps.known, now), id: deps.uuid().slice(0, 13), by };
  await begin(mute, deps);
  if (mute.what.kind === 'all')
    for (const channel of deps.told) await outbox.post(channel, saying(mute, channel, deps), now);
  return mute;
}

/**
 * The same for a person who pressed something, by the press's own id: null, and nothing changes, where that is known.
 */
export async function muteOnce(words: Words, deps: MuteDeps, pressId: string): Promise<Mute | null> {
  const { outbox, by, now } = deps;
  const mute: Mute = { ...readMute(words, deps.known, now), id: deps.uuid().slice(0, 13), by };
  const action = { id: pressId, at: now, by, kind: 'mute', target: mute.id, text: saidOfMute(mute) } as const;
  if (!(await outbox.keepAction(action))) return null;
  await outbox.mute(mute);
  return mute;
}

/** Leaves an issue out of lists on pages for so long; who is told of it stays as it is. Throws a BadWords. */
export async function hideBy(
  { issue, length, why }: { readonly issue: string; readonly length: string; readonly why: string },
  deps: Omit<MuteDeps, 'known' | 'told' | 'ofFiles'>,
): Promise<Mute> {
  const { by, now } = deps;
  const until = { kind: 'instant', at: now + lengthOf(length) } as const;
  const what = { kind: 'page', name: issueId(issue) } as const;
  const mute: Mute = {
    what,
    until,
    why: why && bounded('why', why, 500),
    since: now,
    id: deps.uuid().slice(0, 13),
    by,
  };
  await begin(mute, deps);
  return mute;
}

type Keeping = Pick<MuteDeps, 'outbox' | 'by' | 'now' | 'uuid'>;

/** Also forgets those that are long over. */
async function begin(mute: Mute, deps: Keeping): Promise<void> {
  const { outbox, now } = deps;
  await outbox.mute(mute);
  await keep('mute', mute, deps);
  for (const { id, until } of await outbox.mutes())
    if (until.kind === 'instant' && until.at < now - KEPT_MS) await outbox.unmute(id);
}

/**
 * Ends a mute by its id, or all that mute what the words say, and keeps who did it; what they held back is told in the
 * next pass. Gives back those that ended. Throws a BadWords when there is none.
 */
export async function unmuteBy(words: Words, deps: MuteDeps): Promise<readonly Mute[]> {
  const { outbox, ofFiles } = deps;
  const isMeant = meant(words, deps.known);
  const ended = (await outbox.mutes()).filter(isMeant);
  for (const mute of ended) {
    await outbox.unmute(mute.id);
    await keep('unmute', mute, deps);
  }
  if (ended.length > 0) return ended;
  const [written] = ofFiles.filter(isMeant);
  throw new BadWords(
    written === undefined ? 'no such mute is in force' : `this mute stands in ${written.id}; remove it there`,
  );
}

/** What is muted, until when and why; one line for people. */
export function saidOfMute(mute: Mute): string {
  const { what } = mute;
  if (what.kind === 'all') return `everything ${muteText(mute)}`;
  return `${what.kind === 'page' ? 'issue' : what.kind} ${what.name} ${muteText(mute)}`;
}

async function keep(kind: 'mute' | 'unmute', mute: Mute, { by, now, outbox, uuid }: Keeping): Promise<void> {
  await keepDone({ kind, by, target: mute.id, text: saidOfMute(mute) }, { outbox, uuid, now: () => now });
}

function meant(words: Words, known: Known): (mute: Mute) => boolean {
  const { id, ...others } = words;
  if (typeof id === 'string' && Object.keys(others).length === 0) return (mute) => mute.id === id;
  if (id !== undefined) throw new BadWords('id stands alone: leave out what else is said, or write it instead');
  const what = readScope(others, known);
  return (mute) => isSame(mute.what, what);
}

function isSame(one: MuteScope, other: MuteScope): boolean {
  return one.kind === other.kind && (one.kind === 'all' || (other.kind !== 'all' && one.name === other.name));
}

/** NOTE: an id of its own for each channel, because a message goes to one. */
function saying(mute: Mute, channel: string, { by, now, server }: MuteDeps): Message {
  return {
    id: `own/mute/${mute.id}/${channel}`,
    type: 'message',
    sentAt: isoOf(now),
    alerts: [],
    lines: [`Everything is ${muteText(mute)} (by ${by}). sentry-monitor unmute ${mute.id} ends it.`],
    collects: null,
    mayRepeat: false,
    thread: null,
    server,
  };
}
