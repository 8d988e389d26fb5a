import assert from 'node:assert/strict';
import { tellFileFaults } from '../../../../src/core/telling/upkeep/tell-file-faults.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { ruleWith } from '../../../support/build/users-rules.ts';

const filterIn = (file: string, tell: readonly string[]) =>
  filterOf({
    name: `of-${file}`,
    place: { file, line: 1, lines: {} },
    alerts: [{ ...ruleWith({ kind: 'new' }, 'issue'), tell }],
  });

describe('faults of filters files', () => {
  it('go to whom the alerts of their older text tell, one message a file; of others to the admin alone', async () => {
    const told: unknown[] = [];
    const { work } = tellFileFaults({
      inForce: () => ({
        filters: [filterIn('a.yaml', ['ops', 'boss']), filterIn('b.yaml', ['shop']), filterIn('a.yaml', ['ops'])],
        faults: [
          { where: 'a.yaml:3', text: 'projects: is empty; the text of 10:42 is in force', since: 7 },
          { where: 'a.yaml:9', text: 'name: is missing', since: 7 },
          { where: 'c.yaml', text: 'cannot be read' },
        ],
        stale: new Map([['a.yaml', 7]]),
      }),
      admin: { tellDaily: async (...all) => void told.push(all) },
    });
    await work(scopeOf());
    assert.deepEqual(told, [
      [
        'file/a.yaml/7',
        'The filters file a.yaml has a fault: a.yaml:3: projects: is empty; the text of 10:42 is in force (and 1 more)',
        ['boss', 'ops'],
      ],
      ['file/c.yaml/', 'The filters file c.yaml has a fault: c.yaml: cannot be read', []],
    ]);
  });
});
