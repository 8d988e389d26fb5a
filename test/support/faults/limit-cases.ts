import { ALL, type FaultCase } from './types.ts';

const after =
  (seconds: number) =>
  (at: number): number =>
    at + seconds * 1000;
/** Sentry's reset is a whole second of its clock. */
const resetIn =
  (seconds: number) =>
  (at: number): number =>
    (Math.floor(at / 1000) + seconds) * 1000;

/** Answers that ask for patience. */
export const LIMITS: readonly FaultCase[] = [
  {
    id: '429',
    label: '429 that names no time',
    of: ALL,
    says: ['answered 429'],
    fault: { kind: 'status', status: 429 },
  },
  {
    id: '429 after 7',
    label: '429, Retry-After 7 s',
    of: ALL,
    asks: after(7),
    says: ['answered 429'],
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
  },
  {
    id: 'rate 7',
    label: '429 by rate, reset in 7 s',
    of: ['sentry'],
    asks: resetIn(7),
    says: ['answered 429: You are attempting to use this endpoint too frequently'],
    fault: { kind: '429-rate', seconds: 7 },
  },
  {
    id: 'rate 600',
    label: '429 by rate, reset in 600 s',
    of: ['sentry'],
    says: [
      "the next try was due in 601 s, after the run's deadline",
      "not asked, its turn would come after the run's deadline",
    ],
    fault: { kind: '429-rate', seconds: 600 },
  },
  {
    id: 'concurrency',
    label: '429 by concurrency',
    of: ['sentry'],
    asks: after(1),
    says: ['answered 429: You are attempting to go above the allowed concurrency'],
    fault: { kind: '429-concurrency' },
  },
  {
    id: 'rate',
    label: '429 by rate (names no time)',
    of: ['nr-events'],
    says: ['answered 429: rate limited'],
    fault: { kind: '429-rate' },
  },
  {
    id: 'rate 7',
    label: '429 by rate, Retry-After 7 s',
    of: ['nr-metrics'],
    asks: after(7),
    says: ['answered 429: rate quota exceeded'],
    fault: { kind: '429-rate', seconds: 7 },
  },
  {
    id: 'rate 600',
    label: '429 by rate, Retry-After 600 s',
    of: ['nr-metrics'],
    says: ["the next try was due in 600 s, after the run's deadline"],
    fault: { kind: '429-rate', seconds: 600 },
  },
  {
    id: 'concurrency',
    label: '429 by concurrency',
    of: ['nr-events', 'nr-metrics'],
    says: ['answered 429: rate limited'],
    fault: { kind: '429-concurrency' },
  },
  {
    id: 'rate',
    label: '200 with error 2003 for all (metrics per second)',
    of: ['anodot'],
    says: ['anodot: 2003'],
    fault: { kind: '429-rate' },
  },
  {
    id: 'rate 429',
    label: '429 with error 2003',
    of: ['anodot'],
    says: ['answered 429'],
    fault: { kind: '429-rate', status: 429 },
  },
  {
    id: 'concurrency',
    label: '200 with error 2002 for all (concurrent requests)',
    of: ['anodot'],
    says: ['anodot: 2002'],
    fault: { kind: '429-concurrency' },
  },
  {
    id: '503 after 7',
    label: '503, Retry-After 7 s',
    of: ALL,
    asks: after(7),
    says: ['answered 503'],
    fault: { kind: 'status', status: 503, headers: { 'retry-after': '7' } },
  },
];
