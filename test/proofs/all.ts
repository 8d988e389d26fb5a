import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The longer proofs, one after the other; the exit code is the worst of theirs. Mocha runs those that are tests. */
const PROOFS: readonly (readonly string[])[] = [
  ['node_modules/mocha/bin/mocha.js', 'test/**/*.proof.test.ts'],
  ['test/faults/plant.ts'],
  ['test/bench/bench.ts'],
  ['test/bench/page.ts'],
  ['test/bench/ledger.ts'],
  ['test/proofs/ledger.ts'],
  ['test/proofs/catch-up.ts'],
  ['test/proofs/recount.ts'],
  ['test/proofs/week.ts'],
  ['test/proofs/alerts.ts'],
  ['test/proofs/events.ts'],
  ['test/proofs/queue.ts'],
  ['test/proofs/tail.ts'],
];

let worst = 0;
for (const proof of PROOFS) {
  process.stdout.write(`\n== ${proof.join(' ')}\n`);
  const [code] = (await once(spawn(process.execPath, proof, { stdio: 'inherit' }), 'exit')) as [number | null];
  worst = Math.max(worst, code ?? 1);
}
process.exitCode = worst;
