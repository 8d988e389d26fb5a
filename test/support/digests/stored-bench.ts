import type { Digest } from '../../../src/core/model/alerting/digest.ts';
import type { DigestPlan } from '../../../src/core/model/alerting/digest-plan.ts';
import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import type { Filter } from '../../../src/core/model/filter.ts';
import type { WorkDone } from '../../../src/core/ports/alerting/due.ts';
import type { KeptMessage } from '../../../src/core/ports/alerting/outbox.ts';
import type { EventStore } from '../../../src/core/ports/events/event-store.ts';
import { workDigests } from '../../../src/core/digests/work.ts';
import { everyRun } from '../../../src/core/schedules/runs.ts';
import { sqlDigests } from '../../../src/storage/ledger/digests/index.ts';
import { sqlEvents } from '../../../src/storage/ledger/events/index.ts';
import { sqlOutbox } from '../../../src/storage/ledger/outbox/index.ts';
import { filterOf } from '../build/reports.ts';
import { scopeOf } from '../build/scope.ts';
import type { LedgerBox } from '../ledger/ledgers.ts';

const QUARTER = 900_000;

/** A digest every quarter of an hour of what was stored of the intake `shop`, in a real ledger. */
export function storedBench(box: LedgerBox, given: Partial<DigestPlan> = {}, filter: Partial<Filter> = {}) {
  const plan: DigestPlan = {
    ...{ name: 'news', at: { kind: 'every', everyMs: QUARTER }, filters: ['shop'], tell: ['ops'], idle: [] },
    ...{ chart: '12h', skipEmpty: true, since: 'delivered', where: 'filters.yaml:3' },
    ...given,
  };
  const events = sqlEvents(box.database) as EventStore;
  const outbox = sqlOutbox(box.database, { uuid: () => 'ours' });
  const absent: string[] = [];
  let files = [plan];
  const server = (database = box.database) => ({
    store: sqlDigests(database),
    outbox: sqlOutbox(database, { uuid: () => 'ours' }),
    events: sqlEvents(database) as EventStore,
  });
  const work = (now: number, parts = server()): Promise<readonly WorkDone[]> =>
    workDigests(
      {
        ...parts,
        files: () => ({ digests: files, isWhole: true }),
        shared: async () => ({ now, loadedAt: 0 }),
        now: () => 0,
        nextRun: () => everyRun(QUARTER),
        channels: () => new Map(),
        mutes: async () => [],
        filterOf: (name) => filterOf({ name, projects: ['shop'], ...filter }),
        pageOf: () => null,
        issuePage: (id) => `https://monitor.example.com/issues/${id}`,
        ...{ reachMs: 0, memoryMs: 30 * 24 * 3_600_000, leaseMs: 30_000, server: 'a', uuid: () => 'key' },
        absent: async (_, channel, line) => void absent.push(`${channel}: ${line}`),
      },
      scopeOf(),
    );
  const listed = async (): Promise<readonly KeptMessage[]> =>
    (await outbox.listed({ channel: 'ops', limit: 99 })).toReversed();
  return {
    events,
    outbox,
    absent,
    server,
    work,
    listed,
    /** From then on the files say this. */
    change: (more: Partial<DigestPlan>): void => void (files = [{ ...plan, ...more }]),
    /** Stores events, and says that all up to that instant was read. */
    store: (readTo: number, ...some: readonly ErrorEvent[]) =>
      events.add({ project: 'shop', events: some, cursor: { name: '', position: null, watermark: readTo } }),
    /** What became of the newest message. */
    async became(change: Partial<KeptMessage>): Promise<void> {
      const last = (await listed()).at(-1)!;
      const token = (await outbox.lease('ops', 30_000))!;
      await outbox.note('ops', token, { ...last, tries: 1, ...change });
      await outbox.release('ops', token);
    },
    /** `40: 25 8 4 3`: events, and those of each issue, of messages that are not taken back. */
    async told(): Promise<readonly string[]> {
      return (await listed())
        .filter(({ fate }) => fate !== 'grouped')
        .map(({ message }) => digestText(message.digest!));
    },
  };
}

export function digestText({ filters }: Digest): string {
  return filters
    .map(({ events, biggest }) => `${events}: ${biggest.map((issue) => issue.events).join(' ')}`)
    .join(', ');
}
