import type { Intake } from '../../core/ports/events/intake.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { Deps, IntakeDeps } from '../../integrations/plugin.ts';
import type { Configuration } from '../configure.ts';
import { createTaking, type Taking } from './taking.ts';

/** Those that are set up. */
export interface Intakes extends IntakeDeps, Pick<Taking, 'take'> {
  readonly all: readonly Intake[];
}

/** What intakes are made of, and what the source of events has of them; undefined: there are none, or no ledger. */
export function intakesOf(
  { intakes: wanted, settings }: Pick<Configuration, 'intakes' | 'settings'>,
  ledger: Pick<Ledger, 'events'> | undefined,
  deps: Deps,
): Intakes | undefined {
  const store = ledger?.events;
  if (wanted.length === 0 || store === undefined || settings === undefined) return undefined;
  const intakes = wanted.flatMap(({ name, configured }): Intake[] => {
    return configured === undefined ? [] : [configured.create(deps, name).part];
  });
  const { take, taken, listener } = createTaking(intakes, store, deps);
  const base = settings.publicUrl?.replace(/\/+$/, '') ?? '';
  return {
    all: intakes,
    take,
    store,
    names: intakes.map(({ name }) => name),
    settleMs: settings.settleMs,
    pageOf: (issueId) => `${base}/issues/${encodeURIComponent(issueId)}`,
    taken,
    listener,
  };
}
