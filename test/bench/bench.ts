import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endProcesses } from '../support/process/processes.ts';
import { decideRows } from './decide.ts';
import { eventRows } from './events/index.ts';
import { logRows } from './logs.ts';
import { manyRows } from './many.ts';
import { say } from './measure.ts';
import { cpuRow, installRow, startRow } from './own.ts';
import { pagesRows } from './pages.ts';
import { quickRows } from './quick.ts';
import { heavy, markdown, type Plan, type Row } from './rows.ts';
import { rulesRows } from './rules.ts';
import { slowRows } from './slow.ts';
import { soakRow } from './soak.ts';
import { startRows } from './start.ts';
import { volumeRows } from './volume.ts';

/**
 * `npm run bench`: one Markdown table on stdout, and in `bench/results.md` with the machine.
 * `--quick`: the numbers and request counts only, nothing written.
 * `--only volume,many,slow,soak,pages,own,rules,decide,events,logs,start`: parts of it, nothing written.
 * `--reps N`: another number than 5.
 */
const ROOT = join(import.meta.dirname, '../..');
const PARTS: Readonly<Record<string, (plan: Plan) => Promise<readonly Row[]>>> = {
  volume: (plan) => volumeRows([100, 1_000, 10_000, 100_000, 1_000_000], plan),
  many: (plan) => manyRows([1, 10, 100, 1_000], plan),
  slow: slowRows,
  soak: async () => [await soakRow(1_000, 100)],
  pages: () => pagesRows(),
  own: async (plan) => [await startRow(plan), await cpuRow(plan), installRow()],
  rules: rulesRows,
  decide: decideRows,
  events: eventRows,
  logs: logRows,
  start: startRows,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    reps: { type: 'string', default: '5' },
  },
});
const HEAD = `# Benchmarks

Written by \`npm run bench\`. The service and the sandbox (Sentry, New Relic and Anodot in one) are processes of their own on one machine; each request to Sentry is answered after 150 ms unless said
otherwise. Each repetition is another window; what arrived at the sandbox's New Relic and Anodot is compared with what was put in, record by record in sums, and any difference ends the benchmark. Times
are medians of ${values.reps} repetitions (with 1,000 filters and with 100,000 issues of ${heavy({ reps: Number(values.reps), quick: false })}, of two the slower) with least and most; a ratio compares neighbours of one repetition. Cold: the first run of a new process, its look-ups at start among the requests (with many filters: among the time too); warm: the same hour, after an hour of runs
(with many filters: the second run). The windows are of the past, and what is known of their issues was read after they ended, so warm runs ask for no details; a run on time asks for ⌈issues/100⌉
requests more, and takes a round trip more (docs/cost.md). Sandbox CPU is what the judge itself took: it counts without holding the events.
`;

try {
  await main();
} finally {
  await endProcesses();
}

async function main(): Promise<void> {
  if (values.quick) {
    say(markdown(await quickRows()));
    return;
  }
  const rows: Row[] = [];
  for (const name of values.only?.split(',') ?? Object.keys(PARTS)) {
    process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${name}\n`);
    rows.push(...(await PARTS[name]!({ reps: Number(values.reps), quick: false })));
    if (values.only === undefined) write(rows);
  }
  say(markdown(rows));
}

/** After each part: what broke later does not lose it. */
function write(rows: readonly Row[]): void {
  mkdirSync(join(ROOT, 'bench'), { recursive: true });
  writeFileSync(join(ROOT, 'bench/results.md'), `${HEAD}\n${machine()}\n\n${markdown(rows)}\n`);
}

function machine(): string {
  const all = cpus();
  const load = Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
  return `Machine: ${all[0]?.model.trim() || 'unnamed CPU'}, ${all.length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}; load at the end ${load.toFixed(1)}; ${new Date().toISOString().slice(0, 10)}.`;
}
