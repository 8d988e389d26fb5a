import assert from 'node:assert/strict';
import { type WorkDeps, workDigests } from '../../../src/core/digests/work.ts';
import type { DigestPlan } from '../../../src/core/model/alerting/digest-plan.ts';
import type { Message } from '../../../src/core/model/alerting/message.ts';
import type { Mute } from '../../../src/core/model/alerting/rule.ts';
import type { DigestStore, KnownDigest } from '../../../src/core/ports/alerting/digest-store.ts';
import { everyRun } from '../../../src/core/schedules/runs.ts';
import { scopeOf } from '../../support/build/scope.ts';

const [FIVE, HOUR] = [300_000, 3_600_000];
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;
const PLAN: DigestPlan = {
  name: 'hourly',
  at: { kind: 'every', everyMs: HOUR },
  filters: ['crm'],
  tell: ['boss'],
  idle: [],
  chart: null,
  skipEmpty: false,
  where: 'crm.yaml:3',
};

/** Digests of one filter, of which windows are counted up to `counted`, but for those in `missing`. */
function bench(plan: DigestPlan = PLAN) {
  const rows = new Map<string, KnownDigest>();
  const posted: Message[] = [];
  const said: string[] = [];
  const state = {
    now: AT + 60_000,
    counted: AT,
    missing: new Set<number>(),
    undecided: new Set<number>(),
    isBroken: false,
    mutes: [] as Mute[],
  };
  const inSpan = (start: number, end: number): readonly number[] =>
    Array.from({ length: (end - start) / FIVE }, (_, n) => start + n * FIVE).filter(
      (at) => at < state.counted && !state.missing.has(at),
    );
  const sumOf = (start: number, end: number) => {
    const windows = inSpan(start, end).length;
    return new Map(windows === 0 ? [] : [['crm', { windows, complete: windows, events: windows }]]);
  };
  const store: DigestStore = {
    look: async () => [...rows.values()],
    put: async (all) => all.forEach((row) => rows.set(row.channel, row)),
    forget: async (all) => all.forEach(({ channel }) => rows.delete(channel)),
    claim: async () => true,
    told: async ({ channel }, end, message) => {
      rows.set(channel, { ...rows.get(channel)!, toldTo: end });
      if (message !== null) posted.push(message);
      return true;
    },
    begin: async () => false,
    moved: async () => false,
    windows: async (_, { start, end }) => {
      if (state.isBroken) throw new Error('disk full');
      return new Map([
        ['crm', inSpan(start, end).map((at) => ({ start: at, events: 1, complete: true, silent: false }))],
      ]);
    },
    sums: async (_, { start, end }) => sumOf(start, end),
    isUndecided: async (_, { start, end }) => [...state.undecided].some((at) => at >= start && at < end),
    bars: async () => new Map(),
    issues: async () => new Map(),
    issueCounts: async () => new Map(),
    tellings: async () => [],
  };
  const deps: WorkDeps = {
    store,
    outbox: { listed: async () => [], lease: async () => null, release: async () => undefined },
    issuePage: () => null,
    files: () => ({ digests: [plan], isWhole: true }),
    shared: async () => ({ now: state.now, loadedAt: AT }),
    now: () => 0,
    nextRun: () => everyRun(HOUR),
    channels: () => new Map(),
    mutes: async () => state.mutes,
    filterOf: () => undefined,
    pageOf: () => null,
    reachMs: 23 * HOUR,
    memoryMs: 30 * 24 * HOUR,
    leaseMs: 30_000,
    server: 'host-1',
    uuid: () => 'key',
    absent: async (_, channel, line) => void said.push(`${channel}: ${line}`),
  };
  const pass = async (now: number, counted = now - FIVE) => {
    Object.assign(state, { now, counted });
    return workDigests(deps, scopeOf());
  };
  const slots = () =>
    posted.map(({ digest }) => [digest!.slot.start.slice(11, 16), digest!.slot.end.slice(11, 16), digest!.late]);
  return { rows, posted, said, state, pass, slots };
}

describe('the work on digests', () => {
  it('waits for the last window, and an hour at most, then names what was not counted', async () => {
    const { pass, slots, state, posted } = bench();
    await pass(AT + 60_000);
    state.missing.add(AT + HOUR - FIVE);
    await pass(AT + HOUR + 7 * 60_000);
    await pass(AT + 2 * HOUR - 1);
    assert.deepEqual(slots(), []);
    await pass(AT + 2 * HOUR);
    assert.deepEqual(slots(), [['10:00', '11:00', false]]);
    assert.deepEqual(posted[0]!.digest!.filters[0]!.windows.gaps, [
      { start: '2026-11-20T10:55:00.000Z', end: '2026-11-20T11:00:00.000Z', what: 'not counted' },
    ]);
  });

  it('waits for a window that is counted and not decided yet, an hour at most', async () => {
    const { pass, slots, state } = bench();
    await pass(AT + 60_000);
    state.undecided.add(AT + HOUR - FIVE);
    await pass(AT + HOUR + 7 * 60_000);
    assert.deepEqual(slots(), []);
    state.undecided.clear();
    await pass(AT + HOUR + 8 * 60_000);
    assert.deepEqual(slots(), [['10:00', '11:00', false]]);
    state.undecided.add(AT + 2 * HOUR - FIVE);
    await pass(AT + 3 * HOUR - 1);
    assert.equal(slots().length, 1);
    await pass(AT + 3 * HOUR);
    assert.equal(slots().length, 2);
  });

  it('waits after an outage for all that is made up for, an hour at most', async () => {
    const { pass, rows, slots, state } = bench();
    await pass(AT + 60_000);
    const back = AT + 5 * HOUR;
    rows.set('boss', { ...rows.get('boss')!, toldTo: AT + 3 * HOUR, upSince: back });
    state.missing.add(AT + 3.5 * HOUR);
    await pass(back, back);
    assert.deepEqual(slots(), [], 'what is whole waits for what was before it');
    await pass(back + HOUR, back + HOUR);
    assert.deepEqual(slots(), [
      ['13:00', '14:00', true],
      ['14:00', '15:00', false],
      ['15:00', '16:00', false],
    ]);
  });

  it('lets a muted channel alone, and tells it at the end what it missed', async () => {
    const { pass, slots, state } = bench();
    await pass(AT + 60_000);
    const mute = { id: 'm', what: { kind: 'channel', name: 'boss' }, why: '', since: 0 } as const;
    state.mutes = [{ ...mute, until: { kind: 'instant', at: AT + 9 * HOUR } }];
    for (let hour = 1; hour < 9; hour++) await pass(AT + hour * HOUR + 7 * 60_000);
    assert.deepEqual(slots(), []);
    await pass(AT + 9 * HOUR + 7 * 60_000);
    assert.deepEqual(slots(), [
      ['10:00', '17:00', true],
      ['17:00', '18:00', false],
      ['18:00', '19:00', false],
    ]);
  });

  it('tries again what failed, and tells the admin when two are missing', async () => {
    const { pass, slots, state, said } = bench();
    await pass(AT + 60_000);
    state.isBroken = true;
    const [failed] = await pass(AT + HOUR + 7 * 60_000);
    assert.deepEqual(
      [failed!.kind, failed!.status, failed!.detail],
      ['digest', 'failed', '2026-11-20T11:00:00.000Z: internal error: disk full'],
    );
    await pass(AT + 2 * HOUR + 7 * 60_000);
    assert.deepEqual(said, []);
    await pass(AT + 3 * HOUR + 12 * 60_000);
    assert.equal(said.length, 1);
    assert.match(
      said[0]!,
      /^boss: The digest hourly has not been made for boss since 2026-11-20T10:01:00.000Z: 2 are missing\. /,
    );
    state.isBroken = false;
    await pass(AT + 3 * HOUR + 17 * 60_000);
    assert.equal(slots().length, 3);
    assert.equal(said.length, 1);
  });
});
