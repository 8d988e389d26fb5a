import type { IncomingMessage } from 'node:http';

/** Requests without a valid token that get a 401 in a minute; the others of that minute get a 429. */
export const MAX_FAILURES = 30;

const MINUTE_MS = 60_000;
const MAX_ADDRESSES = 5;

interface Minute {
  readonly since: number;
  missing: number;
  wrong: number;
  /** The first few. */
  readonly addresses: Set<string>;
}

/**
 * Requests without a valid token. Two lines a minute tell the log, however many there are: the first one, and how many
 * it came to. One count for all clients: behind a proxy all have one address, and a stranger may have millions. A
 * request with a valid token never comes here.
 */
export interface AuthLimit {
  /**
   * Counts one. Whole seconds until such requests get a 401 again; null while they do. `why`: what its body lacks, for
   * the log.
   */
  note(request: IncomingMessage, why?: string): number | null;
  /** Tells of a minute that is over. Call it at every request: nothing here waits for time to pass. */
  settle(): void;
  /** Tells of the present minute. */
  end(): void;
}

/** One for each way in, whichever is used: what is over is told for all of them. */
export interface AuthLimits extends Pick<AuthLimit, 'settle' | 'end'> {
  /** Another one; `path`: told with it, where there are several of a name. */
  of(what: string, path?: string): AuthLimit;
}

export function createAuthLimits(now: () => number, log: { warn(fields: object, text: string): void }): AuthLimits {
  const all: AuthLimit[] = [];
  return {
    of(what, path) {
      const limit = createAuthLimit(now, log, what, path);
      all.push(limit);
      return limit;
    },
    settle: () => all.forEach((it) => it.settle()),
    end: () => all.forEach((it) => it.end()),
  };
}

/** `what`: its name in the log. */
export function createAuthLimit(
  now: () => number,
  log: { warn(fields: object, text: string): void },
  what = 'post',
  path?: string,
): AuthLimit {
  const where = path === undefined ? {} : { path };
  let minute: Minute | null = null;
  const end = (): void => {
    if (minute !== null && minute.missing + minute.wrong > 1)
      log.warn(
        { ...where, missing: minute.missing, wrong: minute.wrong, addresses: [...minute.addresses] },
        `${what}s without a valid token within a minute`,
      );
    minute = null;
  };
  const settle = (): void => {
    if (minute !== null && !isWithin(minute, now())) end();
  };
  return {
    end,
    settle,
    note: ({ headers, socket: { remoteAddress: address = 'unknown' } }, why) => {
      settle();
      const token = headers.authorization === undefined ? 'missing' : 'wrong';
      const browser = headers.origin === undefined ? {} : { browser: true };
      const about = { ...where, token, address, ...browser, ...(why === undefined ? {} : { why }) };
      if (minute === null) log.warn(about, `${what} without a valid token`);
      minute ??= { since: now(), missing: 0, wrong: 0, addresses: new Set() };
      minute[token]++;
      if (minute.addresses.size < MAX_ADDRESSES) minute.addresses.add(address);
      return minute.missing + minute.wrong <= MAX_FAILURES
        ? null
        : Math.ceil((minute.since + MINUTE_MS - now()) / 1000);
    },
  };
}

/** A clock that was set back begins another minute. */
function isWithin({ since }: Minute, now: number): boolean {
  return now >= since && now < since + MINUTE_MS;
}
