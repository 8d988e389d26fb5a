import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The longer proofs, one after the other; the exit code is the worst of theirs. */
const PROOFS = ['test/faults/plant.ts', 'test/bench/bench.ts', 'test/bench/pages.ts', 'test/bench/ledger.ts', 'test/proof-ledger.ts', 'test/proof-catchup.ts', 'test/proof-recount.ts', 'test/proof-week.ts'];

let worst = 0;
for (const proof of PROOFS) {
  process.stdout.write(`\n== ${proof}\n`);
  const [code] = (await once(spawn(process.execPath, [proof], { stdio: 'inherit' }), 'exit')) as [number | null];
  worst = Math.max(worst, code ?? 1);
}
process.exitCode = worst;
