import type { Intake, IntakeOrder, IntakeStore, Taken } from '../../../core/ports/events/intake.ts';
import type { LogPlan } from '../../../core/logs/read-log.ts';
import { UpstreamError } from '../../../core/model/errors.ts';
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
import { moveOn } from './coverage/move-on.ts';
import { followLive } from './live/follow.ts';
import { createSearch, type Search } from './live/search.ts';
import { openArchives } from './reading/archives.ts';
import { readWanted } from './reading/read-wanted.ts';
import { tellNewest } from './reading/states.ts';
import type { TextReading } from '../../vendors/logs/read-text.ts';
import { readLocal } from '../../vendors/logs/read-local.ts';
import { isOfStore, wordsOf } from './trouble.ts';

export interface Settings extends LogSettings {
  readonly place: { readonly bucket: string; readonly prefix: string };
  /** Address of a queue whose messages name archives; undefined: there is none. */
  readonly queue: string | undefined;
  /** ARN of the topic of SNS whose envelopes are taken; undefined: none is. */
  readonly topic: string | undefined;
  /** Of Papertrail's live search; undefined: it is not used. */
  readonly token: string | undefined;
  /** Of a line: an address with `{id}` in it. */
  readonly page: string;
}

/** Events out of archives of logs. Each is read by one server at a time, in the order of their names. */
export function createPapertrail(settings: Settings, deps: Deps, name: string): Required<Pick<Intake, 'take' | 'ask'>> {
  const plan = planOf('papertrail', settings, { page: settings.page });
  const archives = openArchives({ hasPaths: true });
  const queue = settings.queue === undefined ? null : queueAt(settings.queue);
  const search = settings.token === undefined ? null : createSearch(settings.token, deps);
  const receiver = settings.topic === undefined ? null : createReceiver(settings.topic, deps);
  const work = { settings, deps, name, plan, archives, queue, search };
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
      const all = { ...work, store, scope, reading, bucket: settings.place.bucket, now: deps.now };
      if (order.days !== undefined) await wantDays(order.days, all);
      const ofQueue = await askQueue(all);
      const live = await askLive(all);
      const wanted = await readWanted(all);
      await tellNewest(all, deps.now());
      await moveOn(all);
      const left = order.days === undefined || wanted.troubles.length > 0 ? [] : await leftBy(all);
      const troubles = [...ofQueue, ...live.troubles, ...wanted.troubles, ...left];
      const taken = counting.taken(wanted.isDrained && live.isDrained);
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
  readonly search: Search | null;
  readonly store: IntakeStore;
  readonly reading: TextReading;
}

async function wantDays(days: NonNullable<IntakeOrder['days']>, work: Work & { readonly scope: Scope }): Promise<void> {
  const { settings, archives, deps, name, store, scope } = work;
  const { place } = settings;
  const keys = await keysOfDays(days, place, archives, scope.signal).catch((error: unknown) => {
    const text = `s3://${place.bucket} cannot be listed: ${wordsOf(error, deps.redact)}`;
    throw new UpstreamError(text, { service: name, retryable: false });
  });
  await store.objects.want(name, keys);
}

/** Who asks by hand hears of what is not read yet. */
async function leftBy({ settings, name, store }: Work): Promise<readonly string[]> {
  const { waiting } = await store.objects.reach(name);
  if (waiting === null) return [];
  const place = `s3://${settings.place.bucket}/${waiting}`;
  return [
    `${place} is not read yet: another server is at it, or it could not be read and is tried again after half a minute`,
  ];
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

/** Why the live search could not be read to its end; archives are read all the same. */
async function askLive(work: Work & { readonly scope: Scope }): Promise<Live> {
  const { search, deps, name, store, scope, reading } = work;
  if (search === null) return { isDrained: true, troubles: [] };
  try {
    return { isDrained: await followLive({ search, name, store, scope, reading, now: deps.now }), troubles: [] };
  } catch (error) {
    if (isOfStore(error)) throw error;
    // Who waits for more to be allowed is woken when the run ends.
    if (scope.signal.aborted) return { isDrained: false, troubles: [] };
    if (!(error instanceof UpstreamError)) throw error;
    return { isDrained: false, troubles: [error.message] };
  }
}

interface Live {
  readonly isDrained: boolean;
  readonly troubles: readonly string[];
}
