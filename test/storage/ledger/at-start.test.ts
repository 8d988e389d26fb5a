import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { sql } from '../../../src/storage/ledger/index.ts';
import { depsOf } from '../../support/build/deps.ts';
import { holdLock } from '../../support/ledger/lock-holder.ts';
import { folder } from '../../support/process/temp-folder.ts';

describe('a ledger at the start', () => {
  let place: ReturnType<typeof folder>;
  beforeEach(() => (place = folder({})));
  afterEach(() => rmSync(place.path, { recursive: true, force: true }));

  const open = async (url: string): Promise<void> => {
    const { part } = sql.read({ LEDGER_URL: url }).create(depsOf(), 'ledger');
    try {
      await part.open();
    } finally {
      await part.close();
    }
  };

  it('whose folder is missing ends it, with the variable, the file, and what to do', async () => {
    await assert.rejects(open(`sqlite:${place.file('no/ledger.db')}`), {
      name: 'LedgerRefused',
      message: `LEDGER_URL: ${place.file('no/ledger.db')}: the ledger cannot be opened, check the folder and its rights: unable to open database file; make the folder, and let this user read and write in it`,
    });
  });

  it('that is no SQLite file ends it', async () => {
    writeFileSync(place.file('ledger.db'), 'not a database, but long enough to be read as the head of one'.repeat(4));
    await assert.rejects(
      open(`sqlite:${place.file('ledger.db')}`),
      /the ledger is no SQLite file: .*; name another file/,
    );
  });

  it('that is locked, or whose server is away, does not', async () => {
    await open(`sqlite:${place.file('ledger.db')}`);
    const holder = await holdLock(place.file('ledger.db'));
    await open(`sqlite:${place.file('ledger.db')}`);
    await holder.release();
    await open('postgres://u:hunter2hunter2@127.0.0.1:1/ledger');
  });
});
