import type { AlertStage } from '../../support/alerting/stage.ts';
import { decidingContract } from './deciding.ts';
import { endsContract } from './ends.ts';
import { factsContract } from './facts.ts';
import { leasesContract } from './leases.ts';
import { looksContract } from './looks.ts';
import { outboxContract } from './outbox.ts';
import { sumsContract } from './sums.ts';
import { tallyContract } from './tally.ts';

/** Every memory of alerts keeps this; `get` gives one that is empty at the begin of each test. */
export function alertsContract(get: () => AlertStage): void {
  factsContract(get);
  sumsContract(get);
  decidingContract(get);
  outboxContract(get);
  endsContract(get);
  leasesContract(get);
  tallyContract(get);
  looksContract(get);
}
