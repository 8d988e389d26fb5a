import type { Fitted, Message } from '../../../src/core/model/alerting/message.ts';
import type { Mute } from '../../../src/core/model/alerting/rule.ts';
import type { RuleAtSending } from '../../../src/core/alerts/outbox/forming/around.ts';
import { createRelay, type ChannelWork, type RelayParts } from '../../../src/core/alerts/outbox/relay.ts';
import type { KeptAlert } from '../../../src/core/ports/alerting/alert-store.ts';
import type { Channel, ChannelPolicy, SendOutcome } from '../../../src/core/ports/alerting/channel.ts';
import type { KeptMessage, KeptTelling, Outbox } from '../../../src/core/ports/alerting/outbox.ts';
import { type MemoryAlerts, memoryAlerts } from '../../../src/storage/memory/alerts/index.ts';
import { scopeOf } from '../build/scope.ts';
import { DAY, HOUR, MINUTE, TEN } from './tellings.ts';

/** A channel that takes everything, unless it is told what to answer. */
export interface FakeChannel extends Channel {
  /** What it got, accepted or not, in order. */
  readonly got: { readonly message: Pick<Message, 'id' | 'thread'>; readonly body: Message; readonly form: string }[];
  /** Answers of the next posts; what is not here is accepted. */
  readonly answers: (SendOutcome | ((scope: unknown) => Promise<SendOutcome>))[];
}

export function fakeChannel(over: Partial<Channel> = {}): FakeChannel {
  const got: FakeChannel['got'] = [];
  const answers: FakeChannel['answers'] = [];
  return {
    name: 'crm',
    repeatSafe: true,
    isPerSubject: false,
    got,
    answers,
    fit: (message, form): Fitted => ({ body: { message: message as never, form }, leftOut: 0 }),
    async send({ body }, message, scope) {
      const { message: whole, form } = body as never as { message: Message; form: string };
      got.push({ message, body: whole, form });
      const answer = answers.shift() ?? { status: 'accepted' };
      return typeof answer === 'function' ? answer(scope) : answer;
    },
    ...over,
  };
}

export function policyOf(over: Partial<ChannelPolicy> = {}): ChannelPolicy {
  return { name: 'crm', budget: null, quiet: null, severity: 'info', ...over };
}

export interface RelayBench {
  readonly outbox: Outbox;
  /** Epoch ms; tests move it. */
  now: number;
  mutes: readonly Mute[];
  readonly rules: Map<string, RuleAtSending>;
  /** What was decided; known ones change nothing. */
  add(...tellings: readonly KeptTelling[]): Promise<void>;
  /** All that there ever were, in the order in which they were decided. */
  tellings(): Promise<readonly KeptTelling[]>;
  messages(): Promise<readonly KeptMessage[]>;
  /** One pass by that server. */
  pass(over?: Partial<RelayParts> & { readonly ms?: number }): Promise<readonly ChannelWork[]>;
}

/** Where it is kept in place of memory, and how that learns the time. */
export interface Memory extends Pick<MemoryAlerts, 'alerts' | 'outbox'> {
  set(now: number): void;
}

/** Of a minute and a half; no test is so slow that they are renewed. */
export const LEASES = { leaseMs: 90_000, sleep: () => new Promise<void>(() => undefined) } as const;

function keptOf({ alert, rule, window }: KeptTelling): KeptAlert {
  return { alert, rule, since: Date.parse(alert.since), until: alert.state === 'firing' ? null : window };
}

/** A relay over an outbox in memory, at 10:07 UTC; ids of messages count. */
export function relayBench(
  channels: readonly (FakeChannel | readonly [FakeChannel, ChannelPolicy])[],
  memory?: Memory,
): RelayBench {
  let ids = 0;
  const inUse = channels.map((it) => {
    const [channel, policy] = 'name' in it ? [it, policyOf({ name: it.name })] : it;
    return [channel.name, { channel, policy }] as const;
  });
  let now = TEN + 7 * MINUTE;
  memory?.set(now);
  const inMemory = () => memoryAlerts(() => now, { windowsMs: DAY, daysMs: 0, messagesMs: Infinity });
  const { alerts, outbox } = memory ?? inMemory();
  const ALL = { from: 0, to: TEN + 1000 * DAY };
  const bench: RelayBench = {
    outbox,
    add: (...tellings) =>
      alerts.transaction((trx) =>
        trx.write({ heads: [], states: [], alerts: tellings.map(keptOf), tellings, told: [] }),
      ),
    tellings: () => outbox.tellings(ALL),
    messages: () => outbox.messages(ALL),
    get now() {
      return now;
    },
    set now(at) {
      now = at;
      memory?.set(at);
    },
    mutes: [],
    rules: new Map(),
    pass: ({ ms = HOUR, ...over } = {}) =>
      createRelay({
        ...LEASES,
        outbox,
        channels: () => new Map(inUse),
        rules: () => bench.rules,
        mutes: async () => bench.mutes,
        now: () => now,
        uuid: () => `m${++ids}`,
        owner: 'host-1',
        server: 'host-1',
        isGone: () => false,
        sure: ({ own }) => own,
        ...over,
      }).work(scopeOf({ deadline: now + ms })),
  };
  return bench;
}
