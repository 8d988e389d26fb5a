import assert from 'node:assert/strict';
import { mutesInForce } from '../../../../src/core/alerts/outbox/mutes-in-force.ts';
import type { Mute } from '../../../../src/core/model/alerting/rule.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { decide, factsIn, issueIn, keepFacts } from '../../../support/alerting/stage.ts';
import { alertOf, HOUR, MINUTE, TEN } from '../../../support/alerting/tellings.ts';

const NOW = TEN + 2 * HOUR;

function mute(until: Mute['until'], what: Mute['what'] = { kind: 'issue', name: '7' }, since = TEN): Mute {
  return { id: JSON.stringify([until, what, since]), what, until, why: '', since };
}

/** Windows with 10 events of issue 7 and 60 in all: at 9:55 before, then five from ten on, the third incomplete. */
async function held(mutes: readonly Mute[], resolvedAt?: number): Promise<readonly boolean[]> {
  const { alerts } = memoryAlerts(() => NOW);
  const facts = [-1, 0, 1, 2, 3, 4].map((window) =>
    factsIn('crm-checkout', TEN + window * 5 * MINUTE, { complete: window !== 2, issues: [issueIn('7', 10)] }),
  );
  await keepFacts(alerts, facts);
  if (resolvedAt !== undefined) {
    const subjects = [{ id: '7' }, { kind: 'filter', id: 'crm-checkout' }] as const;
    const over = subjects.map((subject) => {
      const alert = alertOf({ state: 'resolved', subject, at: resolvedAt });
      return { alert, rule: 'trending', since: TEN - HOUR, until: resolvedAt };
    });
    await decide(alerts, { alerts: over }, ['crm-checkout']);
  }
  const left = await mutesInForce(mutes, ['crm-checkout', 'crm-api'], alerts, NOW);
  return mutes.map((it) => left.includes(it));
}

describe('mutes that are in force', () => {
  it('end at their instant, and begin at theirs', async () => {
    const at = (ms: number) => ({ kind: 'instant', at: ms }) as const;
    assert.deepEqual(await held([mute(at(NOW)), mute(at(NOW + 1)), mute(at(NOW + HOUR), undefined, NOW + 1)]), [
      false,
      true,
      false,
    ]);
  });

  it('end after so many events of their subject, over complete windows since they began', async () => {
    const events = (count: number) => ({ kind: 'events', count }) as const;
    const filter = { kind: 'filter', name: 'crm-checkout' } as const;
    assert.deepEqual(
      await held([mute(events(40)), mute(events(41)), mute(events(240), filter), mute(events(241), filter)]),
      [false, true, false, true],
    );
    assert.deepEqual(
      await held([mute(events(10), undefined, TEN + 20 * MINUTE), mute(events(11), undefined, TEN + 20 * MINUTE)]),
      [false, true],
    );
  });

  it('end when what they fit is over', async () => {
    const resolved = { kind: 'resolved' } as const;
    const mutes = [
      mute(resolved),
      mute(resolved, { kind: 'issue', name: '8' }),
      mute(resolved, { kind: 'issue', name: 'crm-checkout' }),
      mute(resolved, { kind: 'rule', name: 'crm-checkout/trending' }),
      mute(resolved, { kind: 'filter', name: 'crm-checkout' }),
      mute(resolved, { kind: 'filter', name: 'crm-api' }),
    ];
    assert.deepEqual(await held(mutes, TEN + 5 * MINUTE), [false, true, true, false, false, true]);
    const all = mutes.map(() => true);
    assert.deepEqual(await held(mutes, TEN - 5 * MINUTE), all, 'it was over before');
    assert.deepEqual(await held(mutes), all);
  });

  it('end when the issue was resolved in its source, or came back, which it does after it was resolved', async () => {
    for (const [what, change, at, isHeld] of [
      ['as it was', { status: 'unresolved', isBack: false }, TEN, true],
      ['resolved', { status: 'resolved' }, TEN, false],
      ['archived', { status: 'archived' }, TEN, true],
      ['back since', { status: 'unresolved', isBack: true }, TEN, false],
      ['back before', { status: 'unresolved', isBack: true }, TEN - 10 * MINUTE, true],
    ] as const) {
      const { alerts } = memoryAlerts(() => NOW);
      await keepFacts(alerts, [factsIn('crm-checkout', at, { issues: [issueIn('7', 10, change)] })]);
      await keepFacts(alerts, [factsIn('crm-checkout', at + 30 * MINUTE, { issues: [issueIn('7', 1)] })]);
      const mutes = [mute({ kind: 'resolved' }), mute({ kind: 'resolved' }, { kind: 'issue', name: '8' })];
      const left = await mutesInForce(mutes, ['crm-api', 'crm-checkout'], alerts, NOW);
      assert.deepEqual(
        mutes.map((it) => left.includes(it)),
        [isHeld, true],
        what,
      );
    }
  });

  it('that wait for a release stay', async () =>
    assert.deepEqual(await held([mute({ kind: 'release', name: '1.4.0' })]), [true]));
});
