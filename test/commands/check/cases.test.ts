import assert from 'node:assert/strict';
import { failedCases } from '../../../src/commands/check/cases.ts';
import { filterOf } from '../../support/build/reports.ts';
import { rulesOf } from '../../support/rules/rules.ts';

describe('worked cases of rules', () => {
  const good = { windows: [40, 101, 20, 20, 20], expect: ['fired@2', 'resolved@5'] };
  const quiet = { windows: [1, null], expect: [] };
  const [rule] = rulesOf([{ when: 'events > 100', name: 'many', cases: [good, quiet] }]);
  const [other] = rulesOf([{ when: 'new', cases: [good] }]);
  const filters = [
    filterOf({ alerts: [{ ...rule!, where: 'crm.yaml:7' }] }),
    filterOf({ untold: [{ ...other!, where: 'crm.yaml:9' }] }),
  ];

  it('fail with file and line, rule, case, what was expected and what came', () => {
    assert.deepEqual(
      failedCases(
        filters,
        ({ name }, { windows }) => [['fired@2'], ['told@1'], []][name === 'new' ? 2 : Number(windows.length !== 5)]!,
      ),
      [
        { where: 'crm.yaml:7', text: 'acme: many: case 1 expects fired@2, resolved@5, and what came is fired@2' },
        { where: 'crm.yaml:7', text: 'acme: many: case 2 expects nothing, and what came is told@1' },
        { where: 'crm.yaml:9', text: 'acme: new: its case expects fired@2, resolved@5, and what came is nothing' },
      ],
    );
  });

  it('are all right when everything comes in its order, and nothing else', () => {
    assert.deepEqual(
      failedCases(filters, (_, { windows }) => (windows.length === 5 ? ['fired@2', 'resolved@5'] : [])),
      [],
    );
    assert.equal(failedCases(filters, () => ['resolved@5', 'fired@2']).length, 3);
  });
});
