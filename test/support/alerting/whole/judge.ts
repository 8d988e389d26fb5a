import assert from 'node:assert/strict';
import { explain } from '../../../../src/core/alerts/explain/explain.ts';
import { withFates } from '../../../../src/core/alerts/explain/with-fates.ts';
import type { Alert } from '../../../../src/core/model/alerting/alert.ts';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { Filter } from '../../../../src/core/model/filter.ts';
import type { Place, Played } from './play.ts';

/** Fates in which nothing more happens to a telling. */
const OVER = ['sent', 'uncertain', 'refused', 'given up', 'dropped'];

/** Every telling is in exactly one message that holds its alert, or in none for a reason; and nothing else is told. */
export function eachInOneMessage({ tellings, messages, open, heard }: Played): void {
  assert.equal(open, 0, 'all is over a day later');
  const byId = new Map(messages.map((kept) => [kept.message.id, kept]));
  const owed = new Set<string>();
  for (const { key, channel, fate, messageId, reason, alert } of tellings) {
    assert.ok(OVER.includes(fate), `${key} is ${fate}`);
    if (messageId === null) {
      assert.ok(
        fate === 'dropped' && reason !== null,
        `${key} is in no message: ${fate} ${reason ?? 'without a reason'}`,
      );
      continue;
    }
    const kept = byId.get(messageId);
    assert.equal(kept?.channel, channel);
    assert.equal(kept?.fate, fate, key);
    let named = 0;
    for (const it of kept.message.alerts) if (it.id === alert.id) named++;
    assert.ok(named > 0, `${key} is not named in its message`);
    if (fate === 'sent') owed.add(`${channel} ${alert.id}`);
  }
  const [got, raised] = [new Set<string>(), new Set(tellings.map(({ channel, alert }) => `${channel} ${alert.id}`))];
  for (const { channel, message } of heard) for (const { id } of message.alerts) got.add(`${channel} ${id}`);
  for (const one of owed) assert.ok(got.has(one), `${one} never came`);
  for (const one of got) assert.ok(raised.has(one), `${one} was never raised`);
}

/**
 * A message says an alert once, and no later message says the same again, unless it may be a repeat, or a recount
 * changed what was said of that window.
 */
export function nothingTwice({ heard, tellings }: Played): void {
  const left = new Map<string, number>();
  for (const { news, channel, alert } of tellings) {
    if (news !== 'changed') continue;
    const said = saidBy(channel, alert);
    left.set(said, (left.get(said) ?? 1) + 1);
  }
  for (const { channel, message } of heard) {
    if (message.mayRepeat) continue;
    for (const alert of message.alerts) {
      const said = saidBy(channel, alert);
      const more = left.get(said) ?? 1;
      assert.ok(more > 0, `${said} twice`);
      left.set(said, more - 1);
    }
  }
}

function saidBy(channel: string, { id, state, window }: Alert): string {
  return `${channel} ${state} ${id} by ${window.start}`;
}

/** An end comes after its begin, and to who heard of it, or says itself that it tells of both. */
export function endsAfterBegins({ heard, tellings }: Played): void {
  const [firing, over] = [new Set<string>(), new Set<string>()];
  const doubtful = new Set(
    tellings.filter(({ fate }) => fate === 'uncertain').map(({ channel, alert }) => `${channel} ${alert.id}`),
  );
  for (const { channel, message } of heard) {
    for (const { id, state, late } of message.alerts) {
      const name = `${channel} ${id}`;
      if (state === 'firing') {
        assert.ok(!over.has(name) || message.mayRepeat, `${name} fires after its end`);
        firing.add(name);
      }
      if (state !== 'resolved') continue;
      assert.ok(late || firing.has(name) || doubtful.has(name), `${name} ends for who never heard that it began`);
      over.add(name);
    }
  }
  const told = new Set(
    tellings.filter(({ news }) => news === 'firing').map(({ channel, alert }) => `${channel} ${alert.id}`),
  );
  for (const { news, channel, alert } of tellings)
    if (news === 'resolved')
      assert.ok(alert.late || told.has(`${channel} ${alert.id}`), `${alert.id} ends for ${channel} alone`);
}

/** Words that `why` may have for what the outbox says; of a telling that waits for its first try: told. */
const WORDS: Readonly<Record<string, string>> = {
  sent: 'told',
  pending: 'told',
  dropped: 'over',
  grouped: 'grouped',
  quiet: 'quiet',
  muted: 'muted',
  uncertain: 'failing',
  refused: 'failing',
  'given up': 'failing',
};

/** For every rule, subject and recipient of these windows: what is explained is what the outbox holds, and no more. */
export async function explainedAsHeld(
  facts: readonly WindowFacts[],
  filters: readonly Filter[],
  { alerts, outbox }: Pick<Place, 'alerts' | 'outbox'>,
): Promise<void> {
  for (const { filter: name, window } of facts) {
    const filter = filters.find((it) => it.name === name)!;
    const held = await outbox.tellings({ from: window.start, to: window.end, filter: name });
    const decided = await explain({ filter, at: window.start }, { alerts });
    assert.deepEqual(decided.flatMap(({ keys }) => keys).sort(), held.map(({ key }) => key).sort());
    const lines = withFates(decided, held, []);
    const [said, wanted]: [string[], string[]] = [[], []];
    for (const { rule, subject, recipient, decision, keys } of lines)
      for (const key of keys) said.push(`${key}: ${rule} ${subject} ${recipient} ${decision}`);
    for (const { key, alert, channel, fate, messageId, reason } of held) {
      const word = fate === 'pending' && messageId === null && reason !== null ? 'not yet' : WORDS[fate]!;
      const others = held.filter(
        (it) => it.channel === channel && it.rule === alert.rule && it.alert.subject.id === alert.subject.id,
      );
      // What is told twice by one window has one line.
      if (others.length > 1) said.splice(0, said.length, ...said.map((it) => (it.startsWith(`${key}: `) ? key : it)));
      wanted.push(others.length > 1 ? key : `${key}: ${alert.rule} ${alert.subject.id} ${channel} ${word}`);
    }
    assert.deepEqual(said.sort(), wanted.sort());
    for (const { decision, keys, why } of lines) {
      assert.ok(keys.length > 0 || !['told', 'muted', 'quiet', 'grouped', 'failing'].includes(decision), why);
    }
  }
}
