import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from '../support/ledger-faults/measure.ts';
import { ledgerTable } from '../support/ledger-faults/table.ts';
import { ROWS } from '../support/ledger-faults/rows.ts';
import { TROUBLES } from '../support/ledger-faults/troubles.ts';
import { endProcesses } from '../support/process/processes.ts';

describe('the fault table of the ledger', () => {
  afterEach(() => endProcesses());

  it('has a row for each trouble that can be made', () =>
    assert.deepEqual(ROWS.map(({ id }) => id).toSorted(), Object.keys(TROUBLES).toSorted()));

  it('is the chapter of docs/faults.md', () => {
    const doc = readFileSync(join(import.meta.dirname, '../../docs/faults.md'), 'utf8');
    assert.ok(
      doc.includes(`\n\n${ledgerTable()}\n\n## `),
      'write docs/faults.md anew: node test/support/faults/doc.ts',
    );
  });

  for (const { id, engine, trouble, row } of ROWS) {
    it(`${engine}, ${trouble}`, async function () {
      const ledger = await TROUBLES[id]!();
      if (ledger === undefined) {
        this.test!.title = `NOT RUN: ${this.test!.title} (a disk of its own cannot be made here)`;
        return;
      }
      try {
        assert.deepEqual(await measure(ledger), row);
      } finally {
        await endProcesses();
        await ledger.close();
      }
    });
  }
});
