import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import type { News } from '../../../../../src/core/model/alerting/alert.ts';
import type { KeptTelling } from '../../../../../src/core/ports/alerting/outbox.ts';
import { fakeChannel, policyOf, relayBench } from '../../../../support/alerting/relay.ts';
import { type AlertInput, alertOf, HOUR, MINUTE, TEN, tellingOf } from '../../../../support/alerting/tellings.ts';

/** About an issue; `ep`: hour of the day at which its episode began. */
function news(what: News, id: string, over: AlertInput & { readonly ep?: number } = {}): KeptTelling {
  const { ep = 10, ...alert } = over;
  const since = `2026-11-20T${String(ep).padStart(2, '0')}:00:00.000Z`;
  const state = ({ resolved: 'resolved', told: 'told', unsteady: 'told', steady: 'told' } as const)[what as 'told'];
  const made = alertOf({ severity: 'critical', since, state: state ?? 'firing', subject: { id }, ...alert });
  const isOfItself = what === 'unsteady' || what === 'steady';
  return tellingOf(isOfItself ? { ...made, id: `${made.id}/${what}` } : made, { news: what });
}

function pagerBench(budget: { readonly count: number; readonly perMs: number } | null = null) {
  const channel = fakeChannel({ isPerSubject: true });
  const bench = relayBench([[channel, policyOf({ budget })]]);
  const rung = (): readonly string[] =>
    channel.got.splice(0).map(({ body: { alerts, collects } }) => {
      const said = alerts.map(({ subject, state }) => `${subject.id} ${state}`).join(', ');
      return `${collects === null ? '' : `${collects}: `}${said}`;
    });
  const reasons = async (): Promise<readonly string[]> =>
    (await bench.tellings()).filter(({ fate }) => fate === 'dropped').map(({ news: it, reason }) => `${it}: ${reason}`);
  return { bench, rung, reasons };
}

describe('what a pager is told', () => {
  it('is not that something lasts, unless the rule itself says repeat', async () => {
    const { bench, rung, reasons } = pagerBench();
    await bench.add(news('firing', '1'), news('firing', '2', { rule: 'events > 9' }));
    await bench.pass();
    assert.deepEqual(rung(), ['1 firing', '2 firing']);
    bench.rules.set(ruleKey({ filter: 'crm-checkout', rule: 'trending' }), { quiet: null, where: '' });
    const itsOwn = { quiet: null, where: '', isRepeatItsOwn: true } as const;
    bench.rules.set(ruleKey({ filter: 'crm-checkout', rule: 'events > 9' }), itsOwn);
    await bench.add(news('repeat', '1'), news('repeat', '2', { rule: 'events > 9' }));
    await bench.pass();
    assert.deepEqual(rung(), ['2 firing']);
    assert.deepEqual(await reasons(), [
      'repeat: a pager is not told again while it lasts, unless the rule itself says repeat',
    ]);
  });

  it('is of what comes late only what fires now, and the end of what it was told', async () => {
    const { bench, rung, reasons } = pagerBench();
    await bench.add(
      news('firing', 'lasts', { late: true }),
      news('firing', 'over', { late: true }),
      news('resolved', 'over', { late: true }),
      news('told', 'once', { late: true, rule: 'new' }),
      news('told', 'now', { rule: 'new' }),
    );
    await bench.pass();
    assert.deepEqual(rung(), ['lasts firing', 'now told']);
    assert.equal((await reasons()).length, 3);
    assert.ok((await reasons()).includes('told: it comes late, and a pager is told only of what fires now'));
    await bench.add(news('resolved', 'lasts', { late: true, at: TEN + HOUR }));
    await bench.pass();
    assert.deepEqual(rung(), ['lasts resolved']);
  });

  it('comes at any hour of the rule’s, and waits for the end of its own, where it is not critical', async () => {
    const night = { from: 9 * 60, to: 12 * 60, zone: 'UTC' };
    const channel = fakeChannel({ isPerSubject: true });
    const bench = relayBench([[channel, policyOf()]]);
    bench.rules.set(ruleKey({ filter: 'crm-checkout', rule: 'trending' }), { quiet: night, where: '' });
    await bench.add(news('firing', '1', { severity: 'warning' }));
    await bench.pass();
    assert.equal(channel.got.length, 1);
    const own = fakeChannel({ isPerSubject: true });
    const other = relayBench([[own, policyOf({ quiet: night })]]);
    await other.add(news('firing', '1', { severity: 'warning' }), news('firing', '2'));
    await other.pass();
    assert.deepEqual(
      own.got.map(({ body }) => body.alerts.map(({ subject }) => subject.id)),
      [['2']],
    );
  });

  it('is above its budget one message, and every end at once, which uses none of it', async () => {
    const { bench, rung } = pagerBench({ count: 3, perMs: HOUR });
    const ids = ['1', '2', '3', '4', '5'];
    await bench.add(...ids.map((id) => news('firing', id)));
    await bench.pass();
    assert.deepEqual(rung(), ['1 firing', '2 firing', 'budget: 3 firing, 4 firing, 5 firing']);
    bench.now += 20 * MINUTE;
    await bench.add(...ids.map((id) => news('resolved', id, { at: TEN + 20 * MINUTE })), news('firing', '6'));
    await bench.pass();
    assert.deepEqual(
      rung(),
      ids.map((id) => `${id} resolved`),
    );
    bench.now += 41 * MINUTE;
    await bench.add(news('firing', '7'), news('firing', '8'));
    await bench.pass();
    assert.deepEqual(rung(), ['6 firing', '7 firing', '8 firing']);
  });

  it('is each subject in a message of its own, also its unsteadiness', async () => {
    const { bench, rung } = pagerBench();
    await bench.add(news('firing', '1'));
    await bench.pass();
    rung();
    const at = TEN + HOUR;
    await bench.add(news('unsteady', '1', { at }));
    await bench.pass();
    assert.deepEqual(rung(), ['1 told']);
    await bench.add(news('steady', '1', { at: at + HOUR }), news('resolved', '1', { at: at + HOUR }));
    await bench.pass();
    assert.deepEqual(rung().toSorted(), ['1 resolved', '1 told']);
  });

  it('is not the end of an old episode while the same fires again, which would close the incident', async () => {
    const { bench, rung, reasons } = pagerBench();
    const old = news('firing', '1', { ep: 8 });
    await bench.add(old);
    await bench.pass();
    await bench.add(news('firing', '1', { ep: 10 }));
    await bench.pass();
    assert.deepEqual(rung(), ['1 firing', '1 firing']);
    await bench.add(news('resolved', '1', { ep: 8, at: TEN - HOUR, late: true }));
    await bench.pass();
    assert.deepEqual(rung(), []);
    assert.deepEqual(await reasons(), ['resolved: not resolved: it fires again since 2026-11-20 10:00 UTC']);
    await bench.add(news('resolved', '1', { ep: 10, at: TEN + HOUR }));
    await bench.pass();
    assert.deepEqual(rung(), ['1 resolved']);
  });

  it('is the end of an old episode when the later one is over as well', async () => {
    const { bench, rung } = pagerBench();
    await bench.add(news('firing', '1', { ep: 8 }), news('firing', '1', { ep: 10 }));
    await bench.pass();
    rung();
    await bench.add(news('resolved', '1', { ep: 10, at: TEN + HOUR }));
    await bench.add(news('resolved', '1', { ep: 8, at: TEN - HOUR, late: true }));
    await bench.pass();
    assert.deepEqual(rung(), ['1 resolved, 1 resolved']);
  });
});
