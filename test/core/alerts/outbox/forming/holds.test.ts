import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import { isQuiet } from '../../../../../src/core/alerts/outbox/forming/quiet.ts';
import type { Mute } from '../../../../../src/core/model/alerting/rule.ts';
import { fakeChannel, policyOf, relayBench } from '../../../../support/alerting/relay.ts';
import { alertOf, DAY, HOUR, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

const BERLIN = { from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' };

function mute(over: Partial<Mute> = {}): Mute {
  return {
    id: 'config/filters.yaml:3',
    what: { kind: 'filter', name: 'crm-checkout' },
    until: { kind: 'instant', at: TEN + HOUR },
    why: 'we deploy',
    since: TEN - HOUR,
    ...over,
  };
}

describe('quiet hours', () => {
  for (const [iso, expected] of [
    ['2026-11-20T20:59:59Z', false],
    ['2026-11-20T21:00:00Z', true],
    ['2026-11-21T00:00:00Z', true],
    ['2026-11-21T05:59:59Z', true],
    ['2026-11-21T06:00:00Z', false],
    // In summer an hour earlier.
    ['2026-07-20T20:00:00Z', true],
    ['2026-07-20T05:00:00Z', false],
    // The night in which clocks go back has an hour more.
    ['2026-10-25T05:30:00Z', true],
    ['2026-10-25T06:00:00Z', false],
  ] as const) {
    it(`22-07 Europe/Berlin: ${iso} is ${expected ? '' : 'not '}within`, () =>
      assert.equal(isQuiet(BERLIN, Date.parse(iso)), expected));
  }

  it('go by minutes, in zones that are off by half an hour', () => {
    const lunch = { from: 12 * 60 + 15, to: 13 * 60, zone: 'Asia/Kolkata' };
    const within = ['06:44:59', '06:45:00', '07:29:59', '07:30:00'].map((time) =>
      isQuiet(lunch, Date.parse(`2026-11-20T${time}Z`)),
    );
    assert.deepEqual(within, [false, true, true, false]);
  });

  it('hold what is not critical, and tell it as one summary when they end', async () => {
    const channel = fakeChannel();
    const bench = relayBench([[channel, policyOf({ quiet: BERLIN })]]);
    const night = Date.parse('2026-11-20T21:00:00Z');
    for (let window = 0; window < 9 * 12; window++) {
      const at = night + window * 5 * MINUTE;
      bench.now = at + 7 * MINUTE;
      if (window % 20 === 0)
        await bench.add(tellingOf(alertOf({ at, filter: `f${window % 3}`, subject: { id: String(window) } })));
      if (window === 30) await bench.add(tellingOf(alertOf({ at, severity: 'critical', rule: 'events > 100' })));
      await bench.pass();
      if (window === 50)
        assert.deepEqual(
          [...new Set((await bench.tellings()).map(({ fate, reason }) => `${fate} ${reason}`))],
          ['quiet quiet until 07:00 Europe/Berlin', 'sent null'],
        );
    }
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => [body.sentAt, body.collects, body.alerts.map(({ subject }) => subject.id)]),
      [
        ['2026-11-20T23:37:00.000Z', null, ['6507376925']],
        ['2026-11-21T06:02:00.000Z', 'quiet', ['0', '20', '40', '60', '80', '100']],
      ],
    );
    assert.deepEqual(channel.got[1]!.body.lines, ['held back: quiet until 07:00 Europe/Berlin']);
  });

  it('of a rule are its own', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    const quiet = { from: 10 * 60, to: 11 * 60, zone: 'UTC' };
    bench.rules.set(ruleKey({ filter: 'crm-checkout', rule: 'trending' }), { quiet, where: '' });
    await bench.add(tellingOf(alertOf()), tellingOf(alertOf({ rule: 'new', state: 'told' })));
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => body.alerts.map(({ rule }) => rule)),
      [['new']],
    );
  });

  it('a summary that nobody took stays one, with what came since', async () => {
    const channel = fakeChannel();
    const quiet = { from: 9 * 60, to: 10 * 60 + 30, zone: 'UTC' };
    const bench = relayBench([[channel, policyOf({ quiet })]]);
    for (const id of ['1', '2', '3']) await bench.add(tellingOf(alertOf({ subject: { id }, filter: `f${id}` })));
    await bench.pass();
    channel.answers.push({ status: 'retry', why: 'crm: answered 503' });
    bench.now = TEN + 32 * MINUTE;
    await bench.pass();
    bench.now = TEN + 37 * MINUTE;
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => [body.id, body.collects, body.alerts.length]),
      [
        ['m1', 'quiet', 3],
        ['m1', 'quiet', 3],
      ],
    );
  });

  it('a summary for which no time was left stays one', async () => {
    const channel = fakeChannel();
    const quiet = { from: 9 * 60, to: 10 * 60 + 30, zone: 'UTC' };
    const bench = relayBench([[channel, policyOf({ quiet })]]);
    for (const id of ['1', '2', '3']) await bench.add(tellingOf(alertOf({ subject: { id }, filter: `f${id}` })));
    await bench.pass();
    bench.now = TEN + 32 * MINUTE;
    assert.deepEqual(
      (await bench.pass({ ms: 0 })).map(({ left }) => left),
      [1],
    );
    bench.now = TEN + 37 * MINUTE;
    await bench.add(tellingOf(alertOf({ at: TEN + 30 * MINUTE })));
    await bench.pass();
    assert.deepEqual(
      channel.got.map(({ body }) => [body.collects, body.alerts.length]),
      [
        ['quiet', 3],
        [null, 1],
      ],
    );
  });
});

describe('mutes', () => {
  const cases: readonly (readonly [string, Mute['what'], boolean])[] = [
    ['all', { kind: 'all' }, true],
    ['the filter', { kind: 'filter', name: 'crm-checkout' }, true],
    ['another filter', { kind: 'filter', name: 'crm' }, false],
    ['the issue', { kind: 'issue', name: '6507376925' }, true],
    ['another issue', { kind: 'issue', name: '650737692' }, false],
    ['the rule', { kind: 'rule', name: 'trending' }, true],
    ['the rule of its filter', { kind: 'rule', name: 'crm-checkout/trending' }, true],
    ['the rule as it is written', { kind: 'rule', name: 'events > 5 in 1h', written: 'trending' }, true],
    ['the rule of another filter', { kind: 'rule', name: 'crm-api/trending' }, false],
    ['the channel', { kind: 'channel', name: 'crm' }, true],
    ['another channel', { kind: 'channel', name: 'boss' }, false],
  ];
  for (const [name, what, isHeld] of cases) {
    it(`of ${name} ${isHeld ? 'hold' : 'do not hold'} it back, though it is critical`, async () => {
      const channel = fakeChannel();
      const bench = relayBench([channel]);
      bench.mutes = [mute({ what })];
      await bench.add(tellingOf(alertOf({ severity: 'critical' })));
      await bench.pass();
      assert.equal(channel.got.length, isHeld ? 0 : 1);
      assert.equal((await bench.tellings())[0]!.fate, isHeld ? 'muted' : 'sent');
    });
  }

  it('say at their end what they held back, as it is then, once', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    bench.mutes = [mute()];
    const since = '2026-11-20T10:00:00.000Z';
    await bench.add(tellingOf(alertOf()), tellingOf(alertOf({ subject: { id: '2' } })));
    await bench.pass();
    assert.equal((await bench.tellings())[0]!.reason, 'muted until 2026-11-20 11:00 UTC: we deploy');
    await bench.add(tellingOf(alertOf({ state: 'resolved', since, at: TEN + 30 * MINUTE })));
    for (const minutes of [37, 57, 62, 67]) {
      bench.now = TEN + minutes * MINUTE;
      await bench.pass();
    }
    assert.deepEqual(
      channel.got.map(({ body }) => [body.sentAt, body.collects, body.lines]),
      [['2026-11-20T11:02:00.000Z', 'muted', ['held back: muted until 2026-11-20 11:00 UTC: we deploy']]],
    );
    assert.deepEqual(
      channel.got[0]!.body.alerts.map(({ subject, state, late }) => [subject.id, state, late]),
      [
        ['6507376925', 'resolved', true],
        ['2', 'firing', false],
      ],
    );
  });

  it('that end in quiet hours are told in the summary of the morning, once', async () => {
    const channel = fakeChannel();
    const bench = relayBench([[channel, policyOf({ quiet: { from: 22 * 60, to: 7 * 60, zone: 'UTC' } })]]);
    bench.mutes = [mute({ until: { kind: 'instant', at: Date.parse('2026-11-21T03:00:00Z') } })];
    await bench.add(tellingOf(alertOf()));
    for (let at = TEN + 7 * MINUTE; at < TEN + DAY; at += 5 * MINUTE) {
      bench.now = at;
      await bench.pass();
    }
    assert.deepEqual(
      channel.got.map(({ body }) => [body.sentAt, body.collects]),
      [['2026-11-21T07:02:00.000Z', 'quiet']],
    );
  });

  it('that begin later, or are over, hold nothing', async () => {
    const channel = fakeChannel();
    const bench = relayBench([channel]);
    bench.mutes = [mute({ since: TEN + 8 * MINUTE }), mute({ until: { kind: 'instant', at: TEN + 7 * MINUTE } })];
    await bench.add(tellingOf(alertOf()));
    await bench.pass();
    assert.equal(channel.got.length, 1);
  });
});
