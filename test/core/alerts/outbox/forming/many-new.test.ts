import assert from 'node:assert/strict';
import { fakeChannel, relayBench } from '../../../../support/alerting/relay.ts';
import { factsIn, issueIn } from '../../../../support/alerting/stage.ts';
import { at, startEngine } from '../../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../../support/alerting/engine/rules.ts';

const RULES = [ruleOf('new')];
const FILTERS = ['crm', 'mail', 'shop'] as const;

/** The window of a filter with issues that are new in it, by number. */
function withNew(filter: string, window: number, from: number, to: number) {
  const issues = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) =>
    issueIn(String(from + index), 1, { isNew: true, firstSeen: at(window) }),
  );
  return factsIn(filter, at(window), { issues });
}

describe('many new issues in one window', () => {
  it('are a message for each filter that names all of it once; a later one is one more, in no thread', async () => {
    const engine = startEngine();
    const channel = fakeChannel({ name: 'ops' });
    const refs = ['ts-1', 'ts-2', 'ts-3', 'ts-4'];
    channel.answers.push(...refs.map((ref) => ({ status: 'accepted', ref }) as const));
    const relay = relayBench([channel], { ...engine, set: () => undefined });
    const heard = async () => {
      await relay.pass();
      return channel.got
        .splice(0)
        .map(({ body }) => ({
          thread: body.thread,
          named: body.alerts.map(({ filter, subject }) => `${filter} ${subject.id}`).toSorted(),
        }));
    };

    // A first window, so that what comes is not what rules find at first.
    await engine.decide(
      FILTERS.map((filter) => withNew(filter, 1, 1, 0)),
      RULES,
    );
    assert.deepEqual(await heard(), []);

    await engine.decide(
      [withNew('crm', 2, 101, 120), withNew('mail', 2, 201, 212), withNew('shop', 2, 301, 308)],
      RULES,
    );
    relay.now = at(3) + 120_000;
    const forty = await heard();
    assert.equal(forty.length, 3);
    assert.deepEqual(
      forty.map(({ named }) => named.length).toSorted((a, b) => b - a),
      [20, 12, 8],
    );
    const all = [
      ...'101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116 117 118 119 120'.split(' '),
      ...'201 202 203 204 205 206 207 208 209 210 211 212'.split(' '),
      ...'301 302 303 304 305 306 307 308'.split(' '),
    ];
    assert.deepEqual(forty.flatMap(({ named }) => named.map((it) => it.split(' ')[1])).toSorted(), all);
    for (const { named } of forty) assert.equal(new Set(named.map((it) => it.split(' ')[0])).size, 1);

    await engine.decide([withNew('crm', 3, 121, 121), withNew('mail', 3, 1, 0), withNew('shop', 3, 1, 0)], RULES);
    relay.now = at(4) + 120_000;
    assert.deepEqual(await heard(), [{ thread: null, named: ['crm 121'] }]);
    relay.now += 300_000;
    assert.deepEqual(await heard(), []);
  });
});
