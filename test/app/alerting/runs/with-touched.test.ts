import assert from 'node:assert/strict';
import { withTouched } from '../../../../src/app/alerting/runs/with-touched.ts';
import type { Tickets } from '../../../../src/core/ports/tickets/tickets.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { filterOf } from '../../../support/build/reports.ts';

const RULE = ruleOf('unticketed for 14d', {
  condition: { kind: 'unticketed', spanMs: 14 * 86_400_000 },
  each: 'issue',
});

describe('when tickets of issues were touched, for rules that ask for it', () => {
  const facts = factsIn('crm', 0, { issues: [issueIn('7', 1), issueIn('8', 1)] });
  const of = async (
    touched: Awaited<ReturnType<Tickets['touched']>>,
    given: Partial<Parameters<typeof withTouched>[0][number]> = {},
  ) => {
    const one = { filter: filterOf({ name: 'crm', alerts: [RULE] }), facts, ...given };
    const [found] = await withTouched([one], { touched: async () => touched });
    return found!.facts.issues.map(({ ticket }) => ticket);
  };

  it('is known of each, also that there is none', async () => {
    const ticket = { key: 'CRM-1', touchedAt: 5 };
    assert.deepEqual(
      await of(
        new Map([
          ['crm-web/7', ticket],
          ['crm-web/8', null],
        ]),
      ),
      [ticket, null],
    );
  });

  it('is not known where the tracker was not read, and not asked for without need', async () => {
    assert.deepEqual(await of(null), [undefined, undefined]);
    const asked = { touched: async () => assert.fail('asked') };
    const plain = { filter: filterOf({ name: 'crm', alerts: [ruleOf('new')] }), facts };
    const empty = { filter: filterOf({ name: 'crm', alerts: [RULE] }), facts: factsIn('crm', 0) };
    assert.deepEqual(await withTouched([plain, empty], asked), [plain, empty]);
    assert.deepEqual(await withTouched([plain], undefined), [plain]);
  });
});
