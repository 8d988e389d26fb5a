import type { Intake, IntakeOrder, IntakeStore, Taken } from '../../../core/ports/events/intake.ts';
import type { ClaimedObject } from '../../../core/ports/events/object-book.ts';
import type { LogPlan, LogState } from '../../../core/logs/read-log.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Deps } from '../../plugin.ts';
import type { LogSettings } from '../../vendors/logs/keys.ts';
import { planOf } from '../../vendors/logs/plan.ts';
import { once } from '../../../platform/late.ts';
import { endpointOf, openQueue, type Queue } from '../../vendors/aws/queue/queue.ts';
import { troubleOf } from '../../vendors/aws/queue/trouble.ts';
import { takeQueued } from './asking/queued.ts';
import { isEnvelope } from '../../vendors/aws/sns/envelope.ts';
import { createReceiver } from '../../vendors/aws/sns/receive.ts';
import { type Asked, askedFor } from './asking/asked.ts';
import { keysOfDays } from './asking/days.ts';
import { askSigned } from './asking/signed.ts';
import { createCounting } from '../../vendors/logs/counting.ts';
import { hoursOf } from './key-hours.ts';
import { openArchives } from './reading/archives.ts';
import { readArchive } from './reading/read-archive.ts';
import { tellState, type TextReading } from '../../vendors/logs/read-text.ts';
import { readLocal } from '../../vendors/logs/read-local.ts';
import { isOfStore, wordsOf } from './trouble.ts';

export interface Settings extends LogSettings {
  readonly place: { readonly bucket: string; readonly prefix: string };
  /** Address of a queue whose messages name archives; undefined: there is none. */
  readonly queue: string | undefined;
  /** ARN of the topic of SNS whose envelopes are taken; undefined: none is. */
  readonly topic: string | undefined;
  /** Of a line: an address with `{id}` in it. */
  readonly page: string;
}

/** So often an archive is begun until it is given up, and so long nobody else reads it, ms. */
const MOST_TRIES = 3;
const LEASE_MS = 600_000;
const AGAIN_MS = 30_000;
/** An archive that follows is there by then, or none does, ms. */
const LATEST_MS = 3 * HOUR_MS;
/** Of the scope's time so much is kept, ms. */
const KEPT_MS = 5_000;

/** Events out of archives of logs. Each is read by one server at a time, in the order of their names. */
export function createPapertrail(settings: Settings, deps: Deps, name: string): Required<Pick<Intake, 'take' | 'ask'>> {
  const plan = planOf('papertrail', settings, { page: settings.page });
  const archives = openArchives({ hasPaths: true });
  const queue = settings.queue === undefined ? null : queueAt(settings.queue);
  const receiver = settings.topic === undefined ? null : createReceiver(settings.topic, deps);
  const work = { settings, deps, name, plan, archives, queue };
  return {
    async ask({ body, isTrusted }, store, scope): Promise<Asked> {
      if (isEnvelope(body))
        return receiver === null
          ? { refused: 'an envelope of SNS is taken where topic: has its ARN; write it into the intake' }
          : askSigned(body, { receiver, place: settings.place, name, store, scope });
      if (!isTrusted) return { unsigned: 'no token, and no envelope of SNS' };
      const asked = askedFor(body, settings.place);
      if ('keys' in asked) await store.objects.want(name, asked.keys);
      return asked;
    },
    async take(store, order, scope): Promise<Taken> {
      const counting = createCounting();
      const reading = { plan, store, project: name, counting, at: deps.now() };
      if (order.file !== undefined) {
        await readLocal(order.file, '', deps.files, reading);
        return counting.taken(true);
      }
      if (order.days !== undefined)
        await store.objects.want(name, await keysOfDays(order.days, settings.place, archives, scope.signal));
      const queued = await askQueue({ ...work, store, scope, reading });
      const { isDrained, troubles } = await readWanted({ ...work, store, order, scope, reading }, queued);
      await moveOn({ ...work, store, reading }, isDrained);
      const taken = counting.taken(isDrained);
      return troubles.length === 0 ? taken : { ...taken, trouble: troubles.join('; ') };
    },
  };
}

interface Work {
  readonly settings: Settings;
  readonly deps: Deps;
  readonly name: string;
  readonly plan: LogPlan;
  readonly archives: ReturnType<typeof openArchives>;
  readonly queue: (() => Promise<Queue>) | null;
  readonly store: IntakeStore;
  readonly reading: TextReading;
}

/** A queue, opened by the first look. */
function queueAt(url: string): () => Promise<Queue> {
  return once(() => openQueue({ url, endpoint: endpointOf(url) }));
}

/** Why the queue could not be read; what is noted is read all the same. */
async function askQueue(work: Work & { readonly scope: Scope }): Promise<readonly string[]> {
  const { queue, settings, deps, name, store, scope, reading } = work;
  if (queue === null) return [];
  try {
    const { counting } = reading;
    await takeQueued(await queue(), { place: settings.place, name, store, scope, counting, deps });
    return [];
  } catch (error) {
    if (isOfStore(error)) throw error;
    return [troubleOf(error, 'queue', deps.redact, false).message];
  }
}

/** Archives that are to be read, the oldest first, until there is none. `before`: troubles so far. */
async function readWanted(
  work: Work & { readonly order: IntakeOrder; readonly scope: Scope },
  before: readonly string[],
): Promise<{ readonly isDrained: boolean; readonly troubles: readonly string[] }> {
  const { deps, name, store, scope } = work;
  const troubles = [...before];
  for (;;) {
    if (scope.signal.aborted || deps.now() > scope.deadline - KEPT_MS) return { isDrained: false, troubles };
    const claimed = await store.objects.claim(name, LEASE_MS);
    if (claimed === null) return { isDrained: true, troubles };
    const trouble = await readOne(claimed, work);
    if (trouble !== null) troubles.push(trouble);
  }
}

/** Why it was not read; null: it was. */
async function readOne(claimed: ClaimedObject, work: Work & { readonly scope: Scope }): Promise<string | null> {
  const { settings, deps, name, store, archives, scope, reading } = work;
  const { bucket } = settings.place;
  try {
    const before = await stateBefore(claimed, work);
    const around = { archives, signal: scope.signal };
    const state = await readArchive({ bucket, key: claimed.name }, before, around, reading);
    await store.objects.settle(name, claimed, { status: 'read', state: textOf(state) });
    return null;
  } catch (error) {
    if (isOfStore(error)) throw error;
    const why = wordsOf(error, deps.redact);
    // Its time was over: that is no fault of the archive.
    const isLast = claimed.tries >= MOST_TRIES && !scope.signal.aborted;
    const place = `s3://${bucket}/${claimed.name}`;
    if (isLast) {
      const reject = { id: `${place}:broken`, at: deps.now(), reason: `archive not read: ${why}`, place, text: '' };
      reading.counting.add([], await store.add({ project: name, events: [], rejects: [reject] }), 1);
    }
    const end = isLast
      ? ({ status: 'given up', why } as const)
      : ({ status: 'wanted', againMs: AGAIN_MS, why } as const);
    await store.objects.settle(name, claimed, end);
    return `${place}: ${why}${isLast ? `; tried ${MOST_TRIES} times, it is left out until it is posted again` : ''}`;
  }
}

/** What is open at the end of the archive right before; what was left open longer ago is told. */
async function stateBefore(
  { name, before }: ClaimedObject,
  { reading, store, name: project }: Work,
): Promise<LogState | null> {
  const state = stateIn(before?.state ?? null);
  if (before === null || state === null) return null;
  const [one, other] = [hoursOf(before.name), hoursOf(name)];
  if (one !== null && other !== null && one.end === other.start) return state;
  await tellState(state, reading);
  await store.objects.told(project, before, null);
  return null;
}

/** How far all was read; and what is open at the end of the newest, when nothing follows it. */
async function moveOn({ store, deps, name, reading }: Work, isDrained: boolean): Promise<void> {
  const { newest, waiting } = await store.objects.reach(name);
  const state = stateIn(newest?.state ?? null);
  if (newest !== null && state !== null && deps.now() - newest.movedAt > LATEST_MS) {
    await tellState(state, reading);
    await store.objects.told(name, newest, null);
  }
  const read = newest === null ? null : hoursOf(newest.name);
  const left = waiting === null ? null : hoursOf(waiting);
  const until = Math.min(read?.end ?? -Infinity, left?.start ?? Infinity);
  const watermark = isDrained && Number.isFinite(until) && read !== null ? until : null;
  await store.add({ project: name, events: [], cursor: { name: '', position: null, watermark } });
}

/** Of what is kept between two archives at most, UTF-16 units: else only what is open goes on. */
const MOST_STATE = 1_048_576;

function textOf(state: LogState | null): string | null {
  if (state === null) return null;
  const whole = JSON.stringify(state);
  if (whole.length <= MOST_STATE) return whole;
  const open = JSON.stringify({ ...state, streams: state.streams.filter((it) => it.open !== null) });
  return open.length <= MOST_STATE ? open : null;
}

function stateIn(text: string | null): LogState | null {
  return text === null ? null : (JSON.parse(text) as LogState);
}
