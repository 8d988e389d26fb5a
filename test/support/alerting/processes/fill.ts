/**
 * A process that fills windows of filters, in an order of its own: what it is given, as JSON, is a `FillJob`. Exit code
 * 1 and the trouble when anything of it surfaces.
 */
import { createDatabase } from '../../../../src/storage/database/database.ts';
import { createLogBook } from '../../build/scope.ts';
import { numbers } from '../whole/events-source.ts';
import { fillWindow } from '../whole/filling.ts';
import { placeIn } from '../whole/in-ledger.ts';
import { createClock } from '../../time/clock.ts';
import { type FillJob, windowsOf } from './job.ts';

const job = JSON.parse(process.argv[2]!) as FillJob;
const clock = createClock(() => true, Date.now());
const database = createDatabase(job.url, { now: Date.now, leaseMs: 30_000, log: createLogBook() });
const place = placeIn({ database, clock });
const next = numbers(job.order);
const left = [...windowsOf(job)];
try {
  while (left.length > 0) {
    const [facts] = left.splice(next(left.length), 1);
    await fillWindow(facts!, place);
  }
} catch (error) {
  process.stdout.write(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await database.close();
}
