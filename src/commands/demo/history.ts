import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World as Books } from '../../../sandbox/index.ts';
import { PERIOD_MS } from '../../core/model/window.ts';

/** Half a day: what the page shows. */
const WINDOWS = 144;
/** Posts at a time. */
const AT_A_TIME = 8;
/** Left out, so that the page shows how a window that nobody counted looks: windows before the last one. */
const MISSED = [40, 41];
/** Read while Sentry refused the rows of issues: incomplete. */
const CUT = 75;

export interface TemporaryLedger {
  /** Where it lies, and what else is gone after the demo. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** A ledger that is gone after the demo; what was left out on purpose stays left out. */
export function temporaryLedger(): TemporaryLedger {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-demo-'));
  return {
    folder,
    env: { LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`, CATCH_UP_HOURS: '0' },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Posts the windows before the one that ends at `lastEnd` (epoch ms), the oldest first. `post` takes an end, ISO. */
export async function fillHalfADay(
  lastEnd: number,
  books: Books,
  shutdown: AbortSignal,
  post: (end: string) => Promise<unknown>,
): Promise<number> {
  const before = Array.from({ length: WINDOWS - 1 }, (_, index) => WINDOWS - 1 - index);
  const ends = before.filter((n) => n !== CUT && !MISSED.includes(n));
  const end = (n: number): string => new Date(lastEnd - n * PERIOD_MS).toISOString();
  books.faults.add({
    vendor: 'sentry',
    endpoint: 'events-table',
    kind: 'status',
    status: 400,
    body: '{"detail":"no issues just now"}',
    match: 'field=issue.id&field=project.id&field=count()',
    times: 0,
  });
  await post(end(CUT));
  books.faults.clear();
  for (let at = 0; at < ends.length && !shutdown.aborted; at += AT_A_TIME)
    await Promise.all(ends.slice(at, at + AT_A_TIME).map((n) => post(end(n))));
  return ends.length + 1;
}
