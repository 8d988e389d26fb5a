import { BadCall } from '../command.ts';
import { ASSUMED, type Assumptions } from './estimate/types.ts';

/** Options of the command that assume something else. */
export const ASSUMPTION_OPTIONS = {
  issues: { type: 'string' },
  combinations: { type: 'string' },
  events: { type: 'string' },
  title: { type: 'string' },
  renewed: { type: 'string' },
  regressed: { type: 'string' },
  latency: { type: 'string' },
  'per-second': { type: 'string' },
  'at-once': { type: 'string' },
} as const;

type Values = Readonly<Partial<Record<keyof typeof ASSUMPTION_OPTIONS, string | undefined>>>;

export function assumptionsOf(values: Values): Assumptions {
  const number = (option: keyof Values, otherwise: number, least = 0): number => {
    const text = values[option];
    return text === undefined ? otherwise : wholeFrom(text, option, least);
  };
  return {
    issues: number('issues', ASSUMED.issues),
    combinations: number('combinations', ASSUMED.combinations, 1),
    events: number('events', ASSUMED.events),
    title: number('title', ASSUMED.title),
    renewed: number('renewed', ASSUMED.renewed),
    regressed: number('regressed', ASSUMED.regressed),
    latencies: values.latency?.split(',').map((text) => wholeFrom(text, 'latency', 1)) ?? ASSUMED.latencies,
    perSecond: number('per-second', ASSUMED.perSecond),
    atOnce: number('at-once', ASSUMED.atOnce, 1),
  };
}

function wholeFrom(text: string, option: string, least: number): number {
  if (/^\d{1,9}$/.test(text.trim()) && Number(text) >= least) return Number(text);
  throw new BadCall(`--${option}: ${JSON.stringify(text)} is not a whole number of at least ${least}`);
}
