import assert from 'node:assert/strict';
import type { Message } from '../../../src/core/model/alerting/message.ts';
import type { KeptTelling, Outbox } from '../../../src/core/ports/alerting/outbox.ts';
import { ruleKey } from '../../../src/core/alerts/outbox/forming/around.ts';
import { ASKED_MS, type ChannelHistory, isIn } from './histories.ts';
import { fakeChannel, type Memory, relayBench } from './relay.ts';
import { HOUR, MINUTE, TEN } from './tellings.ts';

/** What people saw of a message, and when. */
interface Seen {
  readonly at: number;
  readonly message: Message;
}

export interface Played {
  readonly seen: readonly Seen[];
  /** Posts that came when the vendor wanted none. */
  readonly unwanted: number;
  readonly tellings: readonly KeptTelling[];
  readonly open: number;
}

/** Plays it, and then two quiet days in which everything works. `isSafe`: the vendor knows repeats. */
export async function play(
  { passes, mutes, policy, ruleQuiet }: ChannelHistory,
  isSafe: boolean,
  memory?: Memory,
): Promise<Played> {
  const seen: Seen[] = [];
  const got = new Set<string>();
  const channel = fakeChannel({ repeatSafe: isSafe });
  const bench = relayBench([[channel, policy]], memory);
  bench.mutes = mutes;
  for (const filter of 'abcde')
    for (const rule of ['any', 'trending']) bench.rules.set(ruleKey({ filter, rule }), { quiet: ruleQuiet, where: '' });
  let answers: ChannelHistory['passes'][number]['answers'] = [];
  let [posts, unwanted, askedUntil] = [0, 0, 0];
  let isDead = false;
  channel.send = async ({ body }) => {
    const { message } = body as never as { message: Message };
    const answer = answers[posts++] ?? 'accepted';
    if (bench.now < askedUntil) unwanted++;
    if (answer === 'retry') return { status: 'retry', why: 'crm: answered 503' };
    if (answer === 'asks') {
      askedUntil = bench.now + ASKED_MS;
      return { status: 'retry', why: 'crm: answered 429', afterMs: ASKED_MS };
    }
    if (answer !== 'lost') {
      // A vendor that knows repeats shows one of them.
      if (!(isSafe && got.has(message.id))) seen.push({ at: bench.now, message });
      got.add(message.id);
    }
    isDead = answer === 'lost' || answer === 'dies';
    return answer === 'accepted' ? { status: 'accepted' } : { status: 'uncertain', why: 'crm: the connection broke' };
  };
  const alive = async (): Promise<void> => {
    if (isDead) throw new Error('the server is dead');
  };
  const outbox: Outbox = {
    ...bench.outbox,
    note: (...given) => alive().then(() => bench.outbox.note(...given)),
    release: (...given) => alive().then(() => bench.outbox.release(...given)),
  };
  const pass = async (): Promise<void> => {
    posts = 0;
    isDead = false;
    await bench.pass({ outbox });
  };
  for (const [index, { tellings, answers: some }] of passes.entries()) {
    bench.now = TEN + (7 + index * 5) * MINUTE;
    await bench.add(...tellings);
    answers = some;
    await pass();
  }
  answers = [];
  for (let minutes = 75; minutes < 48 * 60; minutes += 25) {
    bench.now = TEN + minutes * MINUTE;
    await pass();
  }
  const open = await bench.outbox.open('crm');
  return { seen, unwanted, tellings: await bench.tellings(), open: open.tellings.length + open.messages.length };
}

/** What holds of any history. */
export function holds(history: ChannelHistory, { seen, unwanted, tellings, open }: Played, isSafe: boolean): void {
  assert.equal(open, 0, 'all is over after two days');
  assert.equal(unwanted, 0, 'nothing is posted when the vendor wants nothing');
  if (isSafe) assert.ok(tellings.every(({ fate }) => fate !== 'uncertain'));
  for (const telling of tellings) isToldOrDropped(telling, history, seen);
  noneTwice(seen);
  endsAfterBegins(seen, new Set(tellings.filter((it) => it.fate === 'uncertain').map(({ alert }) => alert.id)));
  keepsBudget(seen, history);
  keepsQuiet(seen, history);
}

/** Named in a message that people saw, unless the channel wants nothing of its kind, or two posts were lost. */
function isToldOrDropped({ alert, fate }: KeptTelling, { policy }: ChannelHistory, seen: readonly Seen[]): void {
  if (policy.severity === 'warning' && alert.severity === 'info') return assert.equal(fate, 'dropped');
  let named = 0;
  for (const { message } of seen) for (const { id } of message.alerts) if (id === alert.id) named++;
  assert.ok(named > 0 || fate === 'uncertain', `${alert.id} is ${fate} and nobody saw it`);
  assert.ok(fate === 'sent' || fate === 'uncertain', fate);
}

/** What is not marked as a repeat names each alert at most once in each of its states and windows. */
function noneTwice(seen: readonly Seen[]): void {
  const known = new Set<string>();
  for (const { message } of seen) {
    if (message.mayRepeat) continue;
    for (const { id, state, window } of message.alerts) {
      const said = `${id} ${state} ${window.start}`;
      assert.ok(!known.has(said), `${said} twice`);
      known.add(said);
    }
  }
}

/** An end is told to who heard of the begin, or may have, else as late with both; and after it there is no begin. */
function endsAfterBegins(seen: readonly Seen[], maybe: ReadonlySet<string>): void {
  const firing = new Set<string>();
  const over = new Set<string>();
  for (const { message } of seen) {
    for (const { id, state, late } of message.alerts) {
      if (state === 'firing') {
        firing.add(id);
        assert.ok(!over.has(id) || message.mayRepeat, `${id} fires after its end`);
      }
      if (state === 'resolved') {
        assert.ok(late || firing.has(id) || maybe.has(id), `${id} ends for who never heard of it`);
        over.add(id);
      }
    }
  }
}

/** In no stretch of the budget's length were more messages made; repeats of one are one. */
function keepsBudget(seen: readonly Seen[], { policy: { budget } }: ChannelHistory): void {
  if (budget === null) return;
  const made = new Map<string, number>();
  for (const { message, at } of seen) if (!made.has(message.id)) made.set(message.id, at);
  const times = [...made.values()];
  for (const end of times) {
    let count = 0;
    for (const at of times) if (at <= end && at > end - budget.perMs) count++;
    assert.ok(count <= budget.count, `${count} messages within ${budget.perMs / MINUTE} minutes`);
  }
}

/** Nothing but what is critical is made in hours of quiet, and nothing that is muted. */
function keepsQuiet(seen: readonly Seen[], { policy, ruleQuiet, mutes }: ChannelHistory): void {
  for (const { message } of seen) {
    const at = Date.parse(message.sentAt);
    for (const { severity, filter, rule, subject } of message.alerts) {
      for (const quiet of [policy.quiet, ruleQuiet]) {
        if (quiet === null || severity === 'critical') continue;
        const isQuiet = isIn(quiet, Math.floor((at % (24 * HOUR)) / MINUTE));
        assert.ok(!isQuiet, `told at ${message.sentAt}`);
      }
      for (const { what, since, until } of mutes) {
        if (what.kind === 'all' || what.kind === 'page' || until.kind !== 'instant' || at < since || at >= until.at)
          continue;
        const names = { filter: [filter], issue: [subject.id], rule: [rule, `${filter}/${rule}`], channel: ['crm'] };
        assert.ok(!names[what.kind].includes(what.name), `${what.kind} ${what.name} is muted`);
      }
    }
  }
}
