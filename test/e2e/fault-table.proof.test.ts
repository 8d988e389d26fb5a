import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_KINDS } from '../../sandbox/index.ts';
import { FAULTS } from '../support/faults/fault-cases.ts';
import { renderTable } from '../support/faults/doc-table.ts';
import { CHAPTERS } from '../support/faults/chapters.ts';
import { oddCells } from '../support/faults/odd-cells.ts';
import { TIMES } from '../support/faults/types.ts';

describe('the fault table', () => {
  it('has each kind of fault of the sandbox', () => {
    assert.deepEqual([...new Set(FAULTS.map(({ fault }) => fault.kind))].toSorted(), FAULT_KINDS.toSorted());
  });

  for (const chapter of CHAPTERS) {
    for (const expectation of chapter.targets) {
      const { target } = expectation;
      for (const times of TIMES) {
        it(`${chapter.vendor}, ${target.title}: each fault, ${times}`, async () => {
          assert.equal(await oddCells(chapter, expectation, times), '');
        });
      }
    }
  }

  it('is docs/faults.md, as it was measured', async () => {
    const measured = (await renderTable()).split('\n');
    const committed = readFileSync(join(import.meta.dirname, '../../docs/faults.md'), 'utf8').split('\n');
    const line = measured.findIndex((text, index) => text !== committed[index]);
    assert.ok(
      line === -1 && committed.length === measured.length,
      `docs/faults.md is not what was measured: run "node test/support/faults/doc.ts" and look at what changed. Line ${line + 1}:\n  ${committed[line]}\nmeasured:\n  ${measured[line]}`,
    );
  });
});
