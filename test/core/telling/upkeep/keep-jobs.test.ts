import assert from 'node:assert/strict';
import type { Job } from '../../../../src/core/ports/alerting/job-store.ts';
import { createJobBook } from '../../../../src/core/telling/own/job-book.ts';
import { keepJobs } from '../../../../src/core/telling/upkeep/keep-jobs.ts';
import { scopeOf } from '../../../support/build/scope.ts';

describe('what a server did', () => {
  it('is kept when it is news, and again where that failed', async () => {
    const noted: string[] = [];
    let isAway = true;
    const store = {
      note: async (server: string, jobs: readonly Job[]) => {
        if (isAway) throw new Error('away');
        noted.push(`${server}: ${jobs.map(({ name, good }) => `${name} ${good?.at}`).join(', ')}`);
      },
    };
    let now = 1;
    const jobs = createJobBook(() => now);
    const chore = keepJobs({ jobs, store, server: 'host-1' });
    const done = { kind: 'digest', status: 'done', detail: '' } as const;
    jobs.note([
      { ...done, name: 'a' },
      { ...done, name: 'b' },
    ]);
    await assert.rejects(async () => chore.work(scopeOf()), /away/);
    isAway = false;
    await chore.work(scopeOf());
    now = 2;
    jobs.note([{ ...done, name: 'b' }]);
    await chore.work(scopeOf());
    await chore.work(scopeOf());
    assert.deepEqual(noted, ['host-1: a 1, b 1', 'host-1: b 2', 'host-1: ']);
  });
});
