export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Stands still at this instant. */
  set(instant: number): void;
  /** Runs on, this far from the real clock. */
  offset(milliseconds: number): void;
  /** Back to the clock that was handed in. */
  real(): void;
};

/** A clock over `source` that tests can stop and shift. */
export function createClock(source: () => number): Clock {
  let read = source;
  return {
    now: () => read(),
    set: (instant) => {
      read = () => instant;
    },
    offset: (milliseconds) => {
      read = () => source() + milliseconds;
    },
    real: () => {
      read = source;
    },
  };
}

/** Epoch milliseconds of a number (milliseconds) or an ISO instant; a date without a zone is UTC. */
export function instantOf(value: number | string): number {
  if (typeof value === 'number') return value;
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`;
  const parsed = /^\d+$/.test(value) ? Number(value) : Date.parse(zoned);
  if (Number.isNaN(parsed)) throw new Error(`not an instant: ${value}`);
  return parsed;
}
