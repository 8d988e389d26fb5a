import { type Answer, bare, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';

/** 10^6 bytes. The documentation leaves open whether before or after compression; here both count. */
export const BODY_LIMIT = 1_000_000;

export function keyIsGood(state: State, request: VendorRequest): boolean {
  const inHeader = request.headers['api-key'];
  const inQuery = request.query.get('Api-Key');
  if (inHeader !== undefined && inQuery !== null && inHeader !== inQuery) return false;
  return (inHeader ?? inQuery) === state.keys.newRelicKey;
}

/** The bodies of New Relic's errors are not documented: plain text, to be treated as opaque. */
export function plain(status: number, text: string): Answer {
  return bare(status, text, { 'content-type': 'text/plain' });
}

/** Epoch milliseconds of a whole number of seconds or milliseconds. */
export function secondsOrMillis(value: number): number {
  return Math.abs(value) < 100_000_000_000 ? value * 1000 : value;
}

/** As `secondsOrMillis`, and micro- and nanoseconds. */
export function anyUnit(value: number): number {
  const size = Math.abs(value);
  if (size < 100_000_000_000_000) return secondsOrMillis(value);
  return size < 100_000_000_000_000_000 ? value / 1000 : value / 1_000_000;
}

export const NAME_CHARACTERS = /^[a-zA-Z0-9:._]+$/;
