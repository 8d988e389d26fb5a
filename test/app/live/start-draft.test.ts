import assert from 'node:assert/strict';
import { assemble, givenBy } from '../../../src/app/assemble.ts';
import { draftForStart } from '../../../src/app/live/start-draft.ts';
import { draftParts } from '../../../src/app/make-parts.ts';
import { StartError } from '../../../src/app/start-error.ts';
import type { FileText } from '../../../src/core/ports/alerting/file-texts.ts';
import { sqlFileTexts } from '../../../src/storage/ledger/alerts/file-texts.ts';
import { sqliteBox } from '../../support/ledger/ledgers.ts';
import { worldOf } from '../fake-world.ts';

const PATH = 'config/filters.yaml';
const GOOD = [
  'channels:',
  "  ops: { webhook: 'https://hooks.example.com/', key: OPS_KEY }",
  'filters:',
  '  - { name: crm, projects: [web], alerts: [new], tell: ops }',
].join('\n');
const KEY = { OPS_KEY: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=' };
const FAULTY = GOOD.replace('[web]', '[]');
const KEPT: FileText = { path: PATH, text: GOOD, since: Date.UTC(2026, 10, 20, 9) };

describe('a start at which a filters file has a fault', () => {
  it('makes channels and filters of its last good text, and says what is wrong with the newest', () => {
    const { world } = worldOf({ ...KEY, ADMIN_CHANNEL: 'ops' }, { [PATH]: FAULTY });
    const given = givenBy(world);
    const program = assemble(world, given, undefined, draftParts(world, given, undefined, [KEPT]));
    const { filters, faults, rejected, loadedAt, isWhole, stale } = program.live.now();
    assert.deepEqual(
      [filters.map(({ name }) => name), rejected, loadedAt, isWhole, [...stale]],
      [['crm'], 1, KEPT.since, true, [[PATH, KEPT.since]]],
    );
    assert.deepEqual(
      faults.map(({ where, since }) => [where, since]),
      [[`${PATH}:4`, KEPT.since]],
    );
  });

  it('ends it all the same where no fault may be', () => {
    const { world } = worldOf({ ...KEY, STRICT_FILTERS: 'true' }, { [PATH]: FAULTY });
    const given = givenBy(world);
    const draft = draftParts(world, given, undefined, [KEPT]);
    assert.throws(
      () => assemble(world, given, undefined, draft),
      (error) => error instanceof StartError && error.faults.length === 1 && error.faults[0]!.startsWith(`${PATH}:4: `),
    );
  });

  it('asks the ledger for it, and no ledger where nothing is wrong', async () => {
    const box = await sqliteBox();
    await sqlFileTexts(box.database).keep([KEPT]);
    const draftOf = (text: string, env: Readonly<Record<string, string>>) => {
      const { world } = worldOf({ ...KEY, ...env }, { [PATH]: text });
      return draftForStart(world, givenBy(world), undefined);
    };
    const named = async (text: string, url = box.url) =>
      (await draftOf(text, { LEDGER_URL: url })).filters.filters.map(({ name }) => name);
    try {
      assert.deepEqual(await named(FAULTY), ['crm']);
      assert.deepEqual(await named(GOOD.replace('crm', 'web'), 'sqlite:/no/such/folder/x.db'), ['web']);
      assert.deepEqual(await named(FAULTY, 'sqlite:/no/such/folder/x.db'), []);
    } finally {
      await box.close();
    }
  });
});
