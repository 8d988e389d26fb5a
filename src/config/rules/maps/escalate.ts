import * as z from 'zod/mini';
import type { Escalation } from '../../../core/model/alerting/rule.ts';
import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import { map, oneOrList, text } from '../../filters/kinds.ts';
import { atMost, notBlank, readBy } from '../../filters/texts.ts';
import { optional, shapeOf } from '../../filters/shape.ts';
import { words } from '../editors.ts';
import { readSpan } from '../spans.ts';

const EXAMPLE = '{ after: 30m, tell: night }';
const WAITS = { min: PERIOD_MS, max: 7 * DAY_MS, step: PERIOD_MS, why: 'nobody waits longer' };

const ESCALATION = {
  after: {
    doc: 'so long after people were told that it began',
    schema: text(
      readBy((written) => readSpan(written, WAITS)),
      words('a time such as 30m', '^[0-9]+[mhd]$', ['30m', '1h']),
    ),
  },
  tell: { doc: 'channels that are told then: one, or a list', schema: oneOrList(text(notBlank(), atMost(100))) },
} as const;

/** Who is told as well of what lasts. */
export const ESCALATE = map(
  shapeOf(ESCALATION, optional),
  'is no part of an escalation',
  `must be a map; write ${EXAMPLE}`,
).check(
  z.meta({ required: Object.keys(ESCALATION) }),
  z.check(({ value, issues }) => {
    for (const key of ['after', 'tell'] as const) {
      const message = `${key} is missing; write ${EXAMPLE}`;
      if (value[key] === undefined) issues.push({ code: 'custom', path: [], input: value, message });
    }
  }),
);

/** `told`: names of channels that are told from the beginning. Undefined: nobody is left who is told later. */
export function escalationOf(
  { after = '', tell = [] }: Readonly<z.output<typeof ESCALATE>>,
  told: readonly string[],
): Escalation | undefined {
  const read = readSpan(after, WAITS);
  const later = [...new Set([tell].flat())].filter((name) => !told.includes(name));
  return 'fault' in read || later.length === 0 ? undefined : { afterMs: read.ms, tell: later };
}

/** Names of channels that are told of what lasts. */
export function escalatedTo(written: Readonly<z.output<typeof ESCALATE>> | undefined): readonly string[] {
  return [written?.tell ?? []].flat();
}
