import { decideWindows } from '../../../../src/core/alerts/decide/decide-windows.ts';
import { ruleKey } from '../../../../src/core/alerts/outbox/forming/around.ts';
import { createRelay } from '../../../../src/core/alerts/outbox/relay.ts';
import { createSureTime } from '../../../../src/core/alerts/outbox/sending/sure-time.ts';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import type { Filter } from '../../../../src/core/model/filter.ts';
import type { KeptMessage, KeptTelling } from '../../../../src/core/ports/alerting/outbox.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { filterOf } from '../../build/reports.ts';
import { scopeOf } from '../../build/scope.ts';
import { fakeChannel, LEASES } from '../relay.ts';
import { type AlertStage, reportIn } from '../stage.ts';
import { DAY, HOUR, MINUTE, TEN } from '../tellings.ts';
import type { WholeHistory } from './history.ts';

/** Where a history is played. */
export interface Place extends Pick<AlertStage, 'alerts' | 'outbox' | 'keep'> {
  /** Its clock is at that instant from now on, epoch ms. */
  moveTo(at: number): void;
}

/** One process's memory that forgets nothing. */
export function inMemory(): Place {
  let now = TEN;
  const memory = memoryAlerts(() => now, { windowsMs: 30 * DAY, daysMs: 90 * DAY, messagesMs: Infinity });
  return { ...memory, keep: async () => undefined, moveTo: (at) => void (now = at) };
}

/** What people got: the post was taken, whatever the sender heard of it. */
export interface Heard {
  readonly channel: string;
  readonly at: number;
  readonly message: Message;
}

export interface Played {
  readonly heard: readonly Heard[];
  readonly filters: readonly Filter[];
  readonly tellings: readonly KeptTelling[];
  readonly messages: readonly KeptMessage[];
  /** What is open when all is over, at all channels. */
  readonly open: number;
}

/** Passes go on for so long after the last window, and everything works then. */
const QUIET_MS = 26 * HOUR;

export interface PlayMore {
  /** Is called after each pass with windows. */
  after?(facts: readonly WindowFacts[], filters: readonly Filter[]): Promise<void>;
  /** Servers of one name take turns: by how much their clocks are wrong, ms; absent: one, and its clock is right. */
  readonly skews?: readonly number[];
}

export async function play(
  history: WholeHistory,
  place: Place,
  { after = async () => undefined, skews = [0] }: PlayMore = {},
): Promise<Played> {
  const { alerts, outbox } = place;
  const filters = ['mail', 'shop'].map((name) =>
    filterOf({ name, alerts: history.rules.filter(({ filter }) => filter === name) }),
  );
  const heard: Heard[] = [];
  let [now, ids] = [TEN, 0];
  let answers: string[] = [];
  const channels = history.policies.map((policy) => {
    const isSafe = policy.name === 'crm';
    const channel = fakeChannel({ name: policy.name, repeatSafe: isSafe });
    channel.send = async ({ body }) => {
      const { message } = body as never as { message: Message };
      const answer = isSafe ? 'accepted' : (answers.shift() ?? 'accepted');
      if (answer === 'accepted' || answer === 'uncertain') heard.push({ channel: policy.name, at: now, message });
      return answer === 'accepted' ? { status: answer } : { status: answer as 'retry', why: `${policy.name}: busy` };
    };
    return [policy.name, { channel, policy }] as const;
  });
  const relays = skews.map((skew) =>
    createRelay({
      ...LEASES,
      outbox,
      channels: () => new Map(channels),
      rules: () => new Map(history.rules.map((rule) => [ruleKey({ filter: rule.filter, rule: rule.name }), rule])),
      mutes: async () => history.mutes,
      now: () => now + skew,
      uuid: () => `m${++ids}`,
      owner: 'host-1 service',
      server: 'host-1',
      isGone: () => false,
      sure: createSureTime(),
    }),
  );
  let passes = 0;
  const pass = async (at: number, facts: readonly WindowFacts[]): Promise<void> => {
    now = at;
    place.moveTo(at);
    await place.keep(facts.map(reportFor));
    const windows = facts.map((it) => ({ filter: filters.find(({ name }) => name === it.filter)!, facts: it }));
    const ruled = windows.filter(({ filter }) => filter.alerts!.length > 0);
    await decideWindows(ruled, { alerts, now, loadedAt: 1, pageOf: () => null });
    const turn = passes++ % skews.length;
    await relays[turn]!.work(scopeOf({ deadline: now + skews[turn]! + HOUR }));
    if (ruled.length > 0) await after(facts, filters);
  };
  for (const [index, facts] of history.passes.entries()) {
    answers = [...(history.answers[index] ?? [])];
    await pass(TEN + (7 + index * 5) * MINUTE, facts);
  }
  answers = [];
  const end = now + QUIET_MS;
  for (let at = now + 5 * MINUTE; at < end; at += 55 * MINUTE) await pass(at, []);
  const all = { from: 0, to: end + HOUR };
  const opens = await Promise.all(channels.map(([name]) => outbox.open(name)));
  let open = 0;
  for (const it of opens) open += it.tellings.length + it.messages.length;
  return { heard, filters, open, tellings: await outbox.tellings(all), messages: await outbox.messages(all) };
}

/** Messages without their ids: channels are worked off side by side. */
export function heardBy(name: string, { heard }: Played): unknown {
  const own = heard.filter(({ channel }) => channel === name).map(({ at, message }) => ({ at, ...message, id: '' }));
  return JSON.parse(JSON.stringify(own));
}

/** The report that says so. */
export function reportFor({ filter, window, revision, events, users, lacks, complete }: WindowFacts) {
  const gaps = lacks.map((part) => ({ part, reason: 'not_answered' }) as const);
  const totals = [{ project: 'crm-web', projectId: '11', events, users, issues: null }];
  return reportIn(filter, window.start, { revision, totals, gaps, complete });
}
