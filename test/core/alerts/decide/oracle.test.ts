import { raisesWhatIsMeant } from '../../../support/alerting/oracle/compare.ts';
import { runs } from '../../../support/build/runs.ts';

describe('alerts that are raised', () => {
  it('are those that plain loops say, for any windows and rules', () => raisesWhatIsMeant(runs(400)));
});
