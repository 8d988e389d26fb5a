import { type ChannelPolicy, type Proof, PROOFS } from '../../core/ports/alerting/channel.ts';
import type { Severity } from '../../core/model/alerting/rule.ts';
import { quote } from '../formats.ts';
import { text } from '../filters/kinds.ts';
import type { Filled, Key } from '../filters/shape.ts';
import { oneOf, reads } from '../filters/texts.ts';
import { quietOf } from './compile.ts';
import { words } from './editors.ts';
import { SHARED } from './options.ts';
import { UNITS } from './spans.ts';

const LOOKS = 'messages in a minute, an hour or a day, such as 20/h; or none';
const MOST = 10_000;

/** What every channel may say, whatever its vendor. */
export const POLICY = {
  budget: {
    doc: 'at most so many messages; what is more goes into one that collects it',
    schema: text(reads(budgetFault), words(LOOKS, '^(none|[1-9][0-9]{0,4}/[mhd])$', ['20/h', 'none'])),
  },
  quiet: { doc: 'hours in which it is left alone; critical alerts pass', schema: SHARED.quiet.schema },
  severity: { doc: 'only what is at least so bad', schema: SHARED.severity.schema },
  proof: {
    doc: 'a message that proves that it is heard: each Monday, or each day, at 08:00 UTC',
    schema: text(...oneOf(PROOFS, 'how often it is proved')),
  },
} satisfies Record<string, Key>;

/** As it is written; what is not written is the vendor's. */
export type WrittenPolicy = Filled<typeof POLICY>;

/** `usual`: the budget of channels that say none. */
export function policyOf(
  { name, policy }: { readonly name: string; readonly policy?: WrittenPolicy | undefined },
  usual: ChannelPolicy['budget'],
): ChannelPolicy {
  const { budget, quiet, severity, proof } = policy ?? {};
  return {
    name,
    budget: budget === undefined ? usual : budgetOf(budget),
    quiet: quietOf(quiet),
    severity: (severity as Severity | undefined) ?? 'info',
    ...(proof === undefined ? {} : { proof: proof as Proof }),
  };
}

function budgetOf(written: string): ChannelPolicy['budget'] {
  const [, count, unit] = /^(\d+)\/([mhd])$/.exec(written) ?? [];
  return count === undefined ? null : { count: Number(count), perMs: UNITS[unit!]! };
}

function budgetFault(written: string): string | undefined {
  const budget = budgetOf(written);
  if (written === 'none' || (budget !== null && budget.count >= 1 && budget.count <= MOST)) return undefined;
  if (budget !== null) return `${quote(written)} is not between 1 and ${MOST}; write fewer, or none`;
  return `${quote(written)} is no budget; write ${LOOKS}`;
}
