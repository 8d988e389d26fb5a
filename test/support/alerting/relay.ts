import type { Fitted, Message } from '../../../src/core/model/alerting/message.ts';
import type { Mute, Rule } from '../../../src/core/model/alerting/rule.ts';
import { createRelay, type ChannelWork, type RelayParts } from '../../../src/core/alerts/outbox/relay.ts';
import type { Channel, ChannelPolicy, SendOutcome } from '../../../src/core/ports/alerting/channel.ts';
import type { Outbox } from '../../../src/core/ports/alerting/outbox.ts';
import { scopeOf } from '../build/scope.ts';
import { createPlainOutbox, type PlainOutbox } from './plain-outbox.ts';
import { HOUR, MINUTE, TEN } from './tellings.ts';

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
  readonly outbox: PlainOutbox;
  /** Epoch ms; tests move it. */
  now: number;
  mutes: readonly Mute[];
  readonly rules: Map<string, Pick<Rule, 'quiet' | 'where'>>;
  /** One pass by that server. */
  pass(over?: Partial<RelayParts> & { readonly ms?: number }): Promise<readonly ChannelWork[]>;
}

/** A relay over a plain outbox, at 10:07 UTC; ids of messages count. */
export function relayBench(channels: readonly (FakeChannel | readonly [FakeChannel, ChannelPolicy])[]): RelayBench {
  let ids = 0;
  const inUse = channels.map((it) => {
    const [channel, policy] = 'name' in it ? [it, policyOf({ name: it.name })] : it;
    return [channel.name, { channel, policy }] as const;
  });
  const bench: RelayBench = {
    outbox: createPlainOutbox(() => bench.now),
    now: TEN + 7 * MINUTE,
    mutes: [],
    rules: new Map(),
    pass: ({ ms = HOUR, ...over } = {}) =>
      createRelay({
        outbox: bench.outbox as unknown as Outbox,
        channels: () => new Map(inUse),
        rules: () => bench.rules,
        mutes: async () => bench.mutes,
        now: () => bench.now,
        uuid: () => `m${++ids}`,
        owner: 'host-1',
        server: 'host-1',
        isGone: () => false,
        mayGiveUp: () => true,
        ...over,
      }).work(scopeOf({ deadline: bench.now + ms })),
  };
  return bench;
}
