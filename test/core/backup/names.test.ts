import assert from 'node:assert/strict';
import { nameOf, readName } from '../../../src/core/backup/names.ts';

const AT = Date.parse('2026-11-28T15:00:07.900Z');
const OF = { at: AT, item: 'ledger', ending: 'sqlite.gz' };

describe('the name of a copy', () => {
  const names: readonly (readonly [string, string])[] = [
    ['mon-1', 'mon-1_2026-11-28T15-00-07Z_ledger.sqlite.gz'],
    ['a_b.example.com', 'a%5Fb.example.com_2026-11-28T15-00-07Z_ledger.sqlite.gz'],
    ['../etc/x', '%2E.%2Fetc%2Fx_2026-11-28T15-00-07Z_ledger.sqlite.gz'],
    ["it's (*)", 'it%27s%20%28%2A%29_2026-11-28T15-00-07Z_ledger.sqlite.gz'],
    ['ü', '%C3%BC_2026-11-28T15-00-07Z_ledger.sqlite.gz'],
  ];
  for (const [server, name] of names)
    it(`says the server, the second and the item, of ${server}; and is read back`, () => {
      assert.equal(nameOf({ server, ...OF }), name);
      const at = Date.parse('2026-11-28T15:00:07Z');
      assert.deepEqual(readName(name), { server, at, item: 'ledger', ending: 'sqlite.gz' });
    });

  for (const other of [
    'mon-1_2026-11-28T15-00-07Z_ledger.sqlite.gz.proof.json',
    'mon-1_2026-11-28T15-00-07Z_ledger',
    'mon-1_2026-13-28T15-00-07Z_ledger.sqlite.gz',
    'mon-1_2026-02-30T15-00-07Z_ledger.sqlite.gz',
    'mon%5f1_2026-11-28T15-00-07Z_ledger.sqlite.gz',
    'mon%zz_2026-11-28T15-00-07Z_ledger.sqlite.gz',
    'notes.txt',
    '.sentry-monitor-work-1',
  ])
    it(`is not ${other}`, () => assert.equal(readName(other), null));
});
