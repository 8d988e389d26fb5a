import { clocksDoNotMatter } from '../../support/alerting/whole/skewed.ts';
import { inMemory } from '../../support/alerting/whole/play.ts';
import { runs } from '../../support/build/runs.ts';

describe('servers whose clocks differ', () => {
  it('tell together what one tells, for any history', () => clocksDoNotMatter(runs(200), inMemory));
});
