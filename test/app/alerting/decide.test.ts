import assert from 'node:assert/strict';
import { deciderOf } from '../../../src/app/alerting/decide.ts';
import { memoryAlerts } from '../../../src/storage/memory/alerts/index.ts';
import { ruleOf } from '../../support/alerting/engine/rules.ts';
import { factsIn } from '../../support/alerting/stage.ts';
import { DAY, MINUTE, TEN } from '../../support/alerting/tellings.ts';
import { filterOf } from '../../support/build/reports.ts';

const FACTS = factsIn('crm', TEN, { events: 101 });
/** By the clock that all servers share. */
const NOW = TEN + 7 * MINUTE;

/** Servers whose own clocks are wrong by so much, over one memory. `loaded`: minutes before `NOW`. */
function serversWith() {
  const { alerts, outbox } = memoryAlerts(() => NOW, { windowsMs: DAY, daysMs: 0, messagesMs: Infinity });
  return (skewMs: number, loaded: number, limit = 'events > 100') => {
    const own = NOW + skewMs;
    const inForce = () => ({ loadedAt: own - loaded * MINUTE });
    const decide = deciderOf({ now: () => own, inForce, outbox, publicUrl: undefined, hasPage: true }, alerts);
    return decide([{ filter: filterOf({ name: 'crm', alerts: [ruleOf(limit)] }), facts: FACTS }]);
  };
}

describe('deciding by servers whose clocks differ', () => {
  it('nothing is late by a server’s own clock', async () => {
    for (const skew of [-40, 0, 40]) {
      const [decision] = await serversWith()(skew * MINUTE, 60);
      const [telling] = decision!.tellings;
      assert.deepEqual([telling!.alert.late, telling!.decidedAt], [false, NOW]);
    }
  });

  it('whose files are newer does not hang on them either', async () => {
    const decide = serversWith();
    assert.equal((await decide(40 * MINUTE, 60))[0]!.isOutdated, false);
    assert.equal((await decide(-40 * MINUTE, 5, 'events > 20'))[0]!.isOutdated, false, 'read later, behind');
    assert.equal((await decide(40 * MINUTE, 60))[0]!.isOutdated, true, 'read earlier, ahead');
  });
});
