import type { RunSummary } from '../../../../src/core/model/results.ts';
import type { RunOutcome } from '../../../../src/core/model/verdict.ts';
import { deadMansSwitch } from '../../../../src/integrations/observers/dead-mans-switch/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { end, PLAIN, summaryOf } from '../../../support/build/listeners.ts';
import { scopeOf, type TestScope } from '../../../support/build/scope.ts';
import { createClock, NOW } from '../../../support/time/clock.ts';

export const CHECK = 'https://hc.example.com/5ab0d0c4-1111-4222-8333-444455556666';
export const CRON = 'https://o1.ingest.example.com/api/42/cron/sentry-monitor/c0ffee00c0ffee00c0ffee00c0ffee00/';
export const ID = '00000000-0000-4000-8000-000000000007';

export function setUp(
  address: string,
  clock = createClock(),
): {
  began(id?: string): Promise<void>;
  ended(outcome: RunOutcome, id?: string, known?: Partial<RunSummary>): Promise<void>;
  scope: TestScope;
  slept: readonly number[];
} {
  const scope = scopeOf({ deadline: NOW + 30_000 });
  const listener = deadMansSwitch(address, depsOf(clock, [address]));
  return {
    began: (id = ID) => listener.begun!(PLAIN, { ...scope, runId: id }),
    ended: (outcome, id = ID, known = {}) =>
      end(listener, summaryOf({ outcome, runId: id, ...known }), { ...scope, runId: id }),
    scope,
    slept: clock.slept,
  };
}
