import assert from 'node:assert/strict';
import { nextDue } from '../../../src/app/watches/status.ts';
import type { At, DigestPlan } from '../../../src/core/model/alerting/digest-plan.ts';
import { planOf } from '../../support/watches/plans.ts';

const MINUTE = 60_000;
const TEN = Date.UTC(2026, 10, 20, 10);

const digest = (name: string, at: At): DigestPlan => ({
  ...{ name, at, filters: ['a'], tell: [], idle: [], chart: null, skipEmpty: false, where: 'f.yaml:1' },
});

describe('what is due next', () => {
  it('is the next time of each digest and watch, the soonest first', async () => {
    const digests = [
      digest('hourly', { kind: 'every', everyMs: 60 * MINUTE }),
      digest('noon', { kind: 'cron', cron: '0 12 * * *', zone: 'Europe/Berlin' }),
      digest('never', { kind: 'cron', cron: '0 0 30 2 *', zone: 'UTC' }),
    ];
    assert.deepEqual(await nextDue({ digests, watches: [planOf()] }, TEN + MINUTE), [
      { kind: 'watch', name: 'github', at: TEN + 5 * MINUTE },
      { kind: 'digest', name: 'hourly', at: TEN + 60 * MINUTE },
      { kind: 'digest', name: 'noon', at: TEN + 60 * MINUTE },
    ]);
  });

  it('is nothing where there is nothing', async () =>
    assert.deepEqual(await nextDue({ digests: [], watches: [] }, TEN), []));
});
