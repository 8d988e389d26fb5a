import assert from 'node:assert/strict';
import { probe } from '../../../src/storage/database/probe.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { freshDatabase, type TestDatabase } from '../../support/ledger/postgres.ts';
import { until } from '../../support/time/until.ts';

describe('a PostgreSQL', () => {
  let database: TestDatabase;
  beforeEach(async () => void (database = await freshDatabase()));
  afterEach(() => database.drop());

  const open = (): number => process.getActiveResourcesInfo().filter((it) => it === 'TCPSocketWrap').length;

  it('whose address has no password leaves no connection behind, which would keep the process for a minute', async () => {
    const url = new URL(database.url);
    url.password = '';
    const before = open();
    await assert.rejects(
      probe(url.href, { now: Date.now, leaseMs: 30_000, log: createLogBook() }, async () => undefined),
    );
    await until('its connection is closed', () => open() <= before, 30_000);
  });
});
