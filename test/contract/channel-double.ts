import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { MessengerName } from '../../sandbox/types.ts';
import type { Channel, SendOutcome } from '../../src/core/ports/alerting/channel.ts';
import type { Message } from '../../src/core/model/alerting/message.ts';
import { onOneLine } from '../support/alerting/looks.ts';
import { issueAlerts, messageOf, NASTY } from '../support/alerting/messages.ts';
import { digestMessage } from '../support/digests/digests.ts';
import { depsOf, type TestDeps } from '../support/build/deps.ts';
import { scopeOf } from '../support/build/scope.ts';
import { createClock } from '../support/time/clock.ts';

/** A channel and the strict vendor of the sandbox that it is to be tried at. */
export interface AtDouble {
  readonly vendor: MessengerName;
  create(sandbox: Sandbox, deps: TestDeps): Channel;
  /** How long it waits when it is told to wait 42 seconds; undefined: this vendor tells nothing of the kind. */
  readonly seconds: number | undefined;
  /** It says nothing when it takes a message, so nothing of that can be cut off. */
  readonly isSilent?: true;
}

/** What every channel must do at a strict double of its vendor. Gives back what its own tests work with. */
export function atItsDouble({ vendor, create, seconds, isSilent }: AtDouble) {
  let sandbox: Sandbox;
  let channel: Channel;
  const clock = createClock();
  const send = (message: Message, form: 'rich' | 'plain' = 'rich', to = channel): Promise<SendOutcome> =>
    to.send(to.fit(message, form), message, scopeOf());
  const inbox = () => sandbox.world.received[vendor];

  before(async () => {
    sandbox = await startSandbox({ now: () => clock.now() });
    channel = create(sandbox, depsOf(clock));
  });
  beforeEach(() => sandbox.world.forget());
  after(() => sandbox.close());

  for (const form of ['rich', 'plain'] as const) {
    it(`${form}: each of forty nasty titles is taken, and read as it is`, async () => {
      for (const [index, title] of NASTY.entries()) {
        const message = messageOf({ id: `t${index}` }, { subject: { id: `${index}`, title } });
        assert.equal((await send(message, form)).status, 'accepted', title);
        const { messages, refused } = inbox();
        assert.deepEqual(refused, []);
        assert.ok(messages.at(-1)!.text.includes(onOneLine(title)), `${title}: ${messages.at(-1)!.text}`);
      }
      assert.equal(inbox().messages.length, 40);
    });

    it(`${form}: 500 issues, a message without alerts, and one with many lines are taken`, async () => {
      const lines = Array.from({ length: 300 }, (_, index) => `line ${index}: ${'語'.repeat(900)}`);
      for (const message of [
        messageOf({ id: 'many', alerts: issueAlerts(500, '*'.repeat(300)) }),
        messageOf({ id: 'own', type: 'message', alerts: [], lines: ['watching again'] }),
        messageOf({ id: 'long', type: 'message', alerts: [], lines }),
      ])
        assert.equal((await send(message, form)).status, 'accepted', message.id);
      assert.deepEqual([inbox().messages.length, inbox().refused.length], [3, 0]);
      assert.ok(inbox().messages[1]!.text.includes('watching again'));
    });
  }

  for (const form of ['rich', 'plain'] as const)
    it(`${form}: a digest with a chart is taken, with a picture or with letters for its bars`, async () => {
      const pictured = depsOf(clock);
      const blind = { ...pictured, pictureUrl: () => null, pictures: { draw: () => Promise.reject(new Error('no')) } };
      for (const deps of [pictured, blind]) {
        const outcome = await send(digestMessage(), form, create(sandbox, deps));
        assert.equal(outcome.status, 'accepted', JSON.stringify(inbox().refused));
      }
      const [one, other] = inbox().messages;
      assert.ok(one!.subject.includes('1,234 events in 1 filter'));
      assert.equal(other?.picture, undefined);
    });

  it('knows what was taken from what may be: cut before, after, and while it answers', async () => {
    const outcomes: string[] = [];
    for (const kind of ['cut', 'stored-no-answer', 'cut-body'] as const) {
      sandbox.world.faults.add({ vendor, kind });
      outcomes.push((await send(messageOf({ id: kind }, { subject: { id: kind } }))).status);
    }
    assert.deepEqual(outcomes, ['uncertain', 'uncertain', isSilent === true ? 'accepted' : 'uncertain']);
  });

  it('waits as long as the vendor asks, and is taken then', async () => {
    sandbox.world.faults.add({ vendor, kind: '429-rate', seconds: 42 });
    const first = await send(messageOf());
    assert.ok(first.status === 'retry');
    assert.equal(first.afterMs, seconds === undefined ? undefined : seconds * 1000);
    assert.equal((await send(messageOf())).status, 'accepted');
    assert.equal(inbox().messages.length, 1);
  });

  it('is refused with a key that is not good any more, and shows neither', async () => {
    const keys = Object.entries(sandbox.keys);
    sandbox.world.changeKeys(Object.fromEntries(keys.map(([name, key]) => [name, [...key].toReversed().join('')])));
    const outcome = await send(messageOf());
    sandbox.world.changeKeys(sandbox.keys);
    assert.ok(outcome.status === 'refused');
    for (const [, key] of keys) assert.ok(key.length < 16 || !outcome.why.includes(key), outcome.why);
    assert.deepEqual(inbox().messages, []);
  });

  return { send, inbox, clock, sandbox: () => sandbox };
}
