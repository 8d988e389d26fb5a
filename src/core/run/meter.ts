import type { Meter, Repeat } from '../ports/scope.ts';

export interface ReadableMeter extends Meter {
  read(): { readonly sourceRequests: number; readonly sinkRequests: number; readonly clockSkewMs: number | null };
  /** Whether the clocks certainly differ by more than `ms`, whatever the way to the source took. */
  isOff(ms: number): boolean;
  /** Of each service and status one. */
  repeats(): readonly Repeats[];
}

/** What was tried again for one reason. */
export interface Repeats {
  readonly service: string;
  readonly status: number | undefined;
  readonly times: number;
  readonly requests: number;
  readonly longestWaitMs: number;
  /** Of the first. */
  readonly why: string;
}

/** `Date` is cut to whole seconds, and taken for the middle of one, ms. */
const DATE_ERROR_MS = 500;

/** The clock reading with the shortest way to the source and back is the most exact one. */
export function createMeter(): ReadableMeter {
  let sourceRequests = 0;
  let sinkRequests = 0;
  let best: { skewMs: number; errorMs: number } | null = null;
  const repeats = new Map<string, Repeats>();
  return {
    requested: () => void sourceRequests++,
    sent: () => void sinkRequests++,
    sawClock: (skewMs, errorMs) => {
      if (best === null || errorMs < best.errorMs) best = { skewMs, errorMs };
    },
    repeated: (repeat) => {
      const key = `${repeat.service} ${repeat.status ?? ''}`;
      repeats.set(key, together(repeats.get(key), repeat));
    },
    isBefore: (at, now) => best !== null && now - best.skewMs + best.errorMs + DATE_ERROR_MS < at,
    isOff: (ms) => best !== null && Math.abs(best.skewMs) - best.errorMs > ms,
    read: () => ({ sourceRequests, sinkRequests, clockSkewMs: best === null ? null : Math.round(best.skewMs) }),
    repeats: () => [...repeats.values()],
  };
}

function together(known: Repeats | undefined, { service, status, why, waitMs, isFirst }: Repeat): Repeats {
  return {
    service,
    status,
    times: (known?.times ?? 0) + 1,
    requests: (known?.requests ?? 0) + (isFirst ? 1 : 0),
    longestWaitMs: Math.max(known?.longestWaitMs ?? 0, waitMs),
    why: known?.why ?? why,
  };
}
