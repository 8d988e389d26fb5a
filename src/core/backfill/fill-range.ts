import { forceResend } from '../delivery/force-resend.ts';
import type { Filled, Missing, Rest, Route, TooOld } from '../model/aftermath.ts';
import type { Filter } from '../model/filter.ts';
import type { Verdict } from '../model/verdict.ts';
import { PERIOD_MS, type Window } from '../model/window.ts';
import type { BacklogGate } from '../run/backlog-gate.ts';
import { sendMessages } from '../run/messages/send-messages.ts';
import type { Ports } from '../run/ports.ts';
import { openReadDeadline } from '../run/read-deadline.ts';
import { openScope, type OpenScope, type ScopeDeps } from '../run/scope.ts';
import { fillWindows } from './fill-windows.ts';
import { NO_TROUBLE } from './watch-trouble.ts';
import { missingWindowsOf, reportsIn, routesOf, sortOut } from './missing-windows.ts';
import { judgeRange } from './range-verdict.ts';

/** What a person wants done: the windows of a span. */
export interface RangeOrder {
  readonly filters: readonly Filter[];
  /** Names; undefined: each filter's own. */
  readonly sinks?: readonly string[] | undefined;
  readonly span: Window;
  /** Also what was delivered before is sent, as it is read now. */
  readonly force?: boolean | undefined;
  /** What to do of the span; undefined: what the ledger lacks, and all where there is none. */
  readonly missing?: readonly Missing[] | undefined;
  onWindow?(filled: Filled): void;
}

export interface RangeResult {
  readonly runId: string;
  readonly span: Window;
  /** The oldest first; what was delivered before is not in it. */
  readonly windows: readonly Filled[];
  /** What was not tried. */
  readonly rest: Rest;
  /** In another server's hands. */
  readonly held: readonly Missing[];
  readonly tooOld: readonly TooOld[];
  /** Windows times filters that still are missing, but for those that are too old; null: nobody knows. */
  readonly behind: number | null;
  readonly verdict: Verdict;
  readonly sourceRequests: number;
  readonly clockSkewMs: number | null;
  readonly durationMs: number;
}

export interface Ranges {
  /** Null: the ledger cannot be reached, so nobody knows what is missing. */
  run(order: RangeOrder, runId: string): Promise<RangeResult | null>;
  /** What is to be done for an order, the oldest first. */
  list(order: RangeOrder): Promise<readonly Missing[] | null>;
}

export interface RangeDeps extends ScopeDeps {
  readonly gate: BacklogGate;
}

/** Works off spans of windows, each as a run over it would; the current windows of this process go first. */
export function createRanges(ports: Ports, deps: RangeDeps): Ranges {
  const { backlog } = ports.ledger;
  const list = async ({ filters, sinks, span, force }: RangeOrder): Promise<readonly Missing[] | null> => {
    const routes = routesOf(filters, ports.sinks, sinks);
    return backlog === undefined || force === true
      ? everything(routes, span)
      : backlog.missing(routes, span.start, span.end, 'all');
  };
  return {
    list,
    async run(order, runId) {
      const began = deps.now();
      const scope = openScope(runId, deps);
      const free = await deps.gate.wait(scope.signal);
      try {
        const missing = order.missing ?? (await list(order));
        if (missing === null) return null;
        const used = order.force === true ? { ...ports, ledger: forceResend(ports.ledger) } : ports;
        const result = await fill({ order, missing, scope, began, ports: used }, deps);
        await sendMessages({ ...ports, scope }, deps);
        return result;
      } finally {
        free?.();
        scope.close();
      }
    },
  };
}

function everything(routes: readonly Route[], { start, end }: Window): readonly Missing[] {
  const starts = Array.from({ length: (end - start) / PERIOD_MS }, (_, index) => start + index * PERIOD_MS);
  return starts.flatMap((at) => routes.map((route) => ({ ...route, start: at, held: false, kept: false })));
}

/** An order under way. */
interface RangeRun {
  readonly order: RangeOrder;
  readonly missing: readonly Missing[];
  readonly scope: OpenScope;
  /** Epoch ms. */
  readonly began: number;
  readonly ports: Ports;
}

async function fill(run: RangeRun, deps: RangeDeps): Promise<RangeResult> {
  const { missing, scope, began, ports } = run;
  const { filters, span, onWindow } = run.order;
  const { runId } = scope;
  const { history } = ports.ledger;
  const { due, tooOld } = sortOut(missing, ports.sinks, deps.now(), span.start);
  const free = due.filter(({ held }) => !held);
  const reading = openReadDeadline(scope, deps);
  const windows: Filled[] = [];
  const note = (filled: Filled): void => {
    windows.push(filled);
    onWindow?.(filled);
  };
  try {
    const begun = history.began({ runId, window: span, reports: filters.length });
    const work = { ...ports, scope, reading, filters };
    const filling = fillWindows(missingWindowsOf(free), work, { ...deps, ...NO_TROUBLE, expectMs: 0, onWindow: note });
    const [rest] = await Promise.all([filling, begun]);
    const held = due.filter((it) => it.held);
    const verdict = judgeRange({ windows, rest, held, tooOld });
    const { sinkRequests, ...seen } = scope.meter.read();
    const behind = await behindOf(run, deps);
    await history.ended({ runId, outcome: verdict.outcome, sinkRequests, ...seen });
    return {
      runId,
      span,
      windows: windows.toSorted((a, b) => a.window.start - b.window.start),
      rest,
      held,
      tooOld,
      behind,
      verdict,
      ...seen,
      durationMs: deps.now() - began,
    };
  } finally {
    reading.close();
  }
}

/** How much of the order is missing still; null: nobody knows. */
async function behindOf({ order, ports }: RangeRun, { now }: RangeDeps): Promise<number | null> {
  const { filters, sinks, span } = order;
  const routes = routesOf(filters, ports.sinks, sinks);
  const still = await ports.ledger.backlog?.missing(routes, span.start, span.end, 'all');
  return still == null ? null : reportsIn(sortOut(still, ports.sinks, now(), span.start).due);
}
