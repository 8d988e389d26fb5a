import assert from 'node:assert/strict';
import { runNode } from './support/process/processes.ts';

describe('all tests', () => {
  it('have titles of their own', async () => {
    const { stdout, code } = await runNode([
      'node_modules/mocha/bin/mocha.js',
      '--dry-run',
      '--reporter=json',
      'test/**/*.test.ts',
    ]);
    const { tests } = JSON.parse(stdout) as { tests: readonly { readonly fullTitle: string }[] };
    const seen = Map.groupBy(tests, ({ fullTitle }) => fullTitle);
    assert.deepEqual([code, tests.length > 1000], [0, true]);
    assert.deepEqual(
      [...seen].filter(([, same]) => same.length > 1).map(([title]) => title),
      [],
    );
  });
});
