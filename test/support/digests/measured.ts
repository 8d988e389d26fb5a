import { createDatabase } from '../../../src/storage/database/database.ts';
import { sqlDigests } from '../../../src/storage/ledger/digests/index.ts';
import { createLogBook } from '../build/scope.ts';
import { DIGEST_TIME, largeDigest } from './large.ts';

/**
 * Prints as JSON what a large digest with its chart takes: `node measured.ts <url of the ledger>`. In a process of its
 * own, because the highest memory is one of a whole process.
 */
export interface Measured {
  /** Of all threads: on a machine that others use as well, time on the wall says little. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** At most, beyond what the process had before with the ledger open, millions of bytes. */
  readonly megabytes: number;
  /** Of that what the chart took beyond the rest. */
  readonly chartMegabytes: number;
  readonly filters: readonly (readonly [events: number, issues: number | null, before: number | null])[];
  /** Sum of the chart's bars. */
  readonly inChart: number;
  readonly lines: number;
  readonly pngBytes: number;
}

const log = createLogBook();
const database = createDatabase(process.argv[2]!, { now: () => DIGEST_TIME, leaseMs: 30_000, log });
await database.ready();
const store = sqlDigests(database);
await store.look(DIGEST_TIME, 0);

const before = process.memoryUsage().rss;
const most = (): number => (process.resourceUsage().maxRSS * 1024 - before) / 1e6;
const [began, cpu] = [performance.now(), process.cpuUsage()];
const { digest, message } = await largeDigest(store);
const withoutChart = most();
const { createPictures } = await import('../../../src/platform/pictures/pictures.ts');
const { pictureOf } = await import('../../../src/core/chart/picture/picture.ts');
const { chartOf } = await import('../../../src/core/chart/said.ts');
const png = await createPictures().draw(pictureOf(chartOf(message)!));
const used = process.cpuUsage(cpu);
const measured: Measured = {
  cpuSeconds: (used.user + used.system) / 1e6,
  wallSeconds: (performance.now() - began) / 1000,
  megabytes: most(),
  chartMegabytes: most() - withoutChart,
  filters: digest.filters.map(({ events, issues, before: then }) => [events, issues, then.events]),
  inChart: digest.chart!.bars.reduce((sum, { events }) => sum + events!, 0),
  lines: message.lines.length,
  pngBytes: png.length,
};
await database.close();
process.stdout.write(JSON.stringify(measured));
