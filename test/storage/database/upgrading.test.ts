import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS } from '../../../src/storage/database/migrations/index.ts';
import { ROOT } from '../../support/process/processes.ts';

describe('docs/upgrading.md', () => {
  it('tells of each version of the tables whether older programs go on', () => {
    const rows = [
      ...readFileSync(join(ROOT, 'docs/upgrading.md'), 'utf8').matchAll(
        /^\| (\d+) \| (.+) \| (go on as before|cannot use it) \|$/gm,
      ),
    ].map(([, version, name, older]) => [Number(version), name, older]);
    assert.deepEqual(
      rows,
      MIGRATIONS.map(({ name, breaking }, index) => [index + 1, name, breaking ? 'cannot use it' : 'go on as before']),
    );
  });
});
