import type { Recounting } from '../../../src/core/model/aftermath.ts';
import type { Ask, Total } from '../../../src/core/model/reading.ts';
import type { Report } from '../../../src/core/model/report.ts';
import type { Window } from '../../../src/core/model/window.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import type { WindowCount } from '../../../src/core/ports/read-model.ts';
import { WINDOW } from '../../support/build/reports.ts';
import { type LedgerBox } from '../../support/ledger/ledgers.ts';
import { type Server, type ServerOptions } from '../../support/ledger/servers.ts';
import { stageOf } from './shared-servers.ts';

export const FIVE = 300_000;
export function later(windows: number): Window {
  return { start: WINDOW.start + windows * FIVE, end: WINDOW.end + windows * FIVE };
}

export function totals(events: number): readonly Total[] {
  return [{ project: 'crm-web', projectId: '11', events, users: 1 }];
}

/** What a sink is told of a correction: the difference, by project. */
const encodeCorrection = (before: Pick<Report, 'totals'>, { id, revision, totals: now }: Report) =>
  now.flatMap(({ project, events }, index) => {
    const was = before.totals[index]?.events ?? 0;
    return was === events ? [] : [{ key: `${id}/${revision}/${project}`, body: { late: events - was } }];
  });
export const ENV = { RECOUNT: '10m,20m,1h', RECOUNT_SINKS: 'one,two', CATCH_UP_HOURS: '0' };

export interface RecountStage {
  readonly box: LedgerBox;
  /** Events of a window, by its number and how often it was counted. Window 0 grows, unless a test says else. */
  counts(window: number, asked: number): number;
  /** How often each window was counted. */
  readonly asked: Map<number, number>;
  /** What a source answers by `counts`. */
  found(ask: Ask): { readonly totals: readonly Total[] };
  serve(options?: ServerOptions): Server;
  /** The test closes this one itself. */
  release(server: Server): void;
}

/** Servers that count windows again, for the tests of the `describe` that calls this. */
export function recountStageOf(open: () => Promise<LedgerBox>): RecountStage {
  const servers = stageOf(open);
  const stage: RecountStage = {
    get box() {
      return servers.box;
    },
    counts: () => 1,
    asked: new Map(),
    found: ({ window }) => {
      const number = (window.start - WINDOW.start) / FIVE;
      const asked = (stage.asked.get(number) ?? 0) + 1;
      stage.asked.set(number, asked);
      return { totals: totals(stage.counts(number, asked)) };
    },
    release: servers.release,
    serve: ({ sinks = [{}], ...options } = {}) =>
      servers.serve({
        found: stage.found,
        env: ENV,
        ...options,
        sinks: sinks.map((sink) => ({ encodeCorrection, ...sink })),
      }),
  };
  beforeEach(() => {
    stage.asked.clear();
    stage.counts = (window, times) => (window === 0 ? 10 + times : 1);
  });
  return stage;
}

/** Each correction of a run, and what became of it at the sinks. */
export function corrected({ after }: RunResult): unknown {
  return (after!.recount as Recounting).corrections.map(({ revision, from, to, sinks }) => [
    revision,
    from,
    to,
    Object.fromEntries(Object.entries(sinks).map(([name, { status }]) => [name, status])),
  ]);
}

/** Keys of what a sink got of the filter `a`. */
export function told(server: Server, sink = 0): readonly string[] {
  return server.sinks[sink]!.requests.flat().filter((key) => key.startsWith('a@'));
}

/** Window 0 of the filter `a`, as people see it; all its projects together. */
export async function countsOf({ ledger }: Server): Promise<readonly WindowCount[]> {
  return (await ledger.readModel!.counts(['a'], WINDOW.start, WINDOW.end)).counts.get('a') ?? [];
}
