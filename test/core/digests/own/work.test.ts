import assert from 'node:assert/strict';
import { type WorkDeps, workDigests } from '../../../../src/core/digests/work.ts';
import type { DigestPlan } from '../../../../src/core/model/alerting/digest-plan.ts';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import type { DigestStore, KnownDigest } from '../../../../src/core/ports/alerting/digest-store.ts';
import type { KeptMessage } from '../../../../src/core/ports/alerting/outbox.ts';
import { everyRun } from '../../../../src/core/schedules/runs.ts';
import { newMessage } from '../../../../src/storage/alerts/new-message.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const HOUR = 3_600_000;
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;
const PLAN: DigestPlan = {
  ...{ name: 'hourly', at: { kind: 'every', everyMs: HOUR }, filters: [], tell: ['boss'], idle: [], chart: null },
  ...{ report: true, skipEmpty: false, where: 'crm.yaml:3' },
};

function bench(own: 'own' | 'nothing' = 'own') {
  const rows = new Map<string, KnownDigest>();
  const posted: KeptMessage[] = [];
  const said: string[] = [];
  const spans: string[] = [];
  const never = async (): Promise<never> => Promise.reject(new Error('no window is asked for'));
  const store: DigestStore = {
    look: async () => [...rows.values()],
    put: async (all) => all.forEach((row) => rows.set(row.channel, row)),
    forget: async () => undefined,
    claim: async () => true,
    told: async ({ channel }, end, message: Message | null, now) => {
      rows.set(channel, { ...rows.get(channel)!, toldTo: end });
      posted.push({ ...newMessage(channel, message!, now), fate: 'refused', error: 'no such chat' });
      return true;
    },
    begin: async () => false,
    moved: async () => false,
    ...{
      windows: never,
      sums: never,
      isUndecided: never,
      bars: never,
      issues: never,
      issueCounts: never,
      tellings: never,
    },
  };
  const times = { reachMs: 0, memoryMs: 30 * 24 * HOUR, leaseMs: 30_000 };
  const books = {
    jobs: { all: async () => [] },
    accounts: async ({ start, end }: { readonly start: number; readonly end: number }) => {
      spans.push(`${new Date(start).toISOString().slice(11, 16)}-${new Date(end).toISOString().slice(11, 16)}`);
      return { runs: [], messages: [], held: [], rejects: [] };
    },
    size: async () => ({ kind: 'SQLite', bytes: 0, free: 0, schema: 1, newest: 1, folder: null }) as const,
  };
  const deps = (now: number): WorkDeps => ({
    ...{ store, ...times, server: 'host-1', uuid: () => 'key', now: () => 0 },
    outbox: { listed: async () => posted.toReversed(), lease: async () => null, release: async () => undefined },
    files: () => ({ digests: [PLAN], isWhole: true }),
    shared: async () => ({ now, loadedAt: AT }),
    nextRun: () => everyRun(HOUR),
    channels: () => new Map(),
    mutes: async () => [],
    ...{ issuePage: () => null, filterOf: () => undefined, pageOf: () => null },
    absent: async (_, channel, line) => void said.push(`${channel}: ${line}`),
    ...(own === 'nothing'
      ? {}
      : {
          own: {
            ...{
              books,
              isWanted: () => true,
              hasBackup: () => false,
              watches: () => undefined,
              disk: () => null,
              version: '1',
              node: '24',
            },
          },
        }),
  });
  return { posted, said, spans, pass: (now: number) => workDigests(deps(now), scopeOf()) };
}

describe('the report of the service, when it is due', () => {
  it('waits for no window, and of times that were missed there is one, which is late', async () => {
    const { pass, posted, spans } = bench();
    await pass(AT + 1);
    await pass(AT + HOUR);
    assert.deepEqual(spans, ['10:00-11:00']);
    await pass(AT + 5 * HOUR + 1);
    await pass(AT + 5 * HOUR + 2);
    assert.deepEqual(spans, ['10:00-11:00', '11:00-15:00']);
    assert.deepEqual(
      posted.map(({ message: { report } }) => report!.late),
      [false, true],
    );
  });

  it('says that the last two did not arrive, without the one that was just made', async () => {
    const { pass, said } = bench();
    await pass(AT + 1);
    await pass(AT + HOUR);
    await pass(AT + 2 * HOUR);
    assert.deepEqual(said, []);
    await pass(AT + 3 * HOUR);
    assert.deepEqual(said, ['boss: The digest hourly did not reach boss at its last two times: no such chat']);
  });

  it('is not made where nothing is kept of the service', async () => {
    const { pass } = bench('nothing');
    await pass(AT + 1);
    const [done] = await pass(AT + HOUR);
    assert.match(`${done!.status} ${done!.detail}`, /^failed .*the ledger keeps nothing of the service itself/);
  });
});
