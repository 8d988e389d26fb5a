import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillLarge, LARGE } from '../../support/digests/large.ts';
import type { Measured } from '../../support/digests/measured.ts';
import { KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { ROOT, runNode } from '../../support/process/processes.ts';

/** How the service is started, as far as it is its memory. */
const FLAGS = readFileSync(join(ROOT, 'Procfile'), 'utf8').match(
  /--max-semi-space-size=\S+|--heap-growing-percent=\S+/g,
)!;

for (const { kind, open } of KINDS)
  describe(`a digest of ${LARGE.filters} filters over 24 hours with its chart, in ${kind}`, () => {
    let box: LedgerBox;
    before(async function () {
      this.timeout(900_000);
      box = await open();
      await box.database.ready();
      await fillLarge(box.database);
    });
    after(() => box.close());

    it('takes less than 2 s and 60 MB more memory', async function () {
      this.timeout(600_000);
      const program = join(ROOT, 'test/support/digests/measured.ts');
      const { code, stdout, stderr } = await runNode([...FLAGS, program, box.url]);
      assert.deepEqual([code, stderr], [0, '']);
      const { filters, inChart, ...taken } = JSON.parse(stdout) as Measured;
      process.stdout.write(`      ${JSON.stringify(taken)}\n`);
      const events = 288 * LARGE.events;
      assert.deepEqual(
        filters,
        Array.from({ length: LARGE.filters }, () => [events, LARGE.issuesOfDay, events]),
      );
      assert.equal(inChart, LARGE.filters * events);
      assert.ok(taken.pngBytes > 10_000);
      assert.ok(taken.cpuSeconds < 2, `${taken.cpuSeconds} s`);
      assert.ok(taken.megabytes < 60, `${taken.megabytes} MB`);
    });
  });
