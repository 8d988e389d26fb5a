import { SettingsError, type SettingsFault, valueOf } from '../config/schema.ts';
import type { Given } from '../config/secrets.ts';
import { loadSettings, type Settings } from '../config/settings.ts';
import type { Ledger } from '../core/ports/ledger.ts';
import type { Sink } from '../core/ports/sink.ts';
import type { Source } from '../core/ports/source.ts';
import type { Configured } from '../integrations/plugin.ts';
import { sinks as sinkRegistry } from '../integrations/sinks/index.ts';
import { sources } from '../integrations/sources/index.ts';
import { ledgers } from '../storage/index.ts';
import { chooseSinks } from './choose-sinks.ts';

/** A part that is wanted, under its instance's name; undefined: its settings have faults. */
export interface Wanted<T> {
  readonly name: string;
  readonly configured: Configured<T> | undefined;
}

/** All that the settings say, and what is wrong with them. */
export interface Configuration {
  readonly settings: Settings | undefined;
  readonly source: Wanted<Source>;
  /** Undefined: no shared one is wanted. */
  readonly ledger: Wanted<Ledger> | undefined;
  readonly sinks: readonly Wanted<Sink>[];
  readonly faults: readonly SettingsFault[];
}

/** Faults of our own settings do not hide those of sinks and filters: what they would have said is guessed. */
export function configure({ env, faults: given }: Given): Configuration {
  const faults: SettingsFault[] = [...given];
  const settings = collect(faults, () => loadSettings(env));
  const chosen = chooseSinks(settings?.sinks, sinkRegistry, env, settings?.dryRun ?? true);
  faults.push(...chosen.faults);
  const [name, plugin] = onlyOne(sources);
  const source = { name, configured: collect(faults, () => plugin.read(env)) };
  const ledger = ledgers.sql.wantedBy.some((variable) => valueOf(env, variable) !== undefined)
    ? { name: 'ledger', configured: collect(faults, () => ledgers.sql.read(env)) }
    : undefined;
  const sinks = chosen.names.map((it) => ({
    name: it,
    configured: collect(faults, () => sinkRegistry[it]!.read(env)),
  }));
  return { settings, source, ledger, sinks, faults };
}

/** The values of all sensitive settings. */
export function secretsIn({ settings, source, ledger, sinks }: Configuration): readonly string[] {
  const parts = [source, ledger, ...sinks].flatMap((it) => it?.configured ?? []);
  return [...(settings?.secrets ?? []), ...parts.flatMap(({ secrets }) => secrets)];
}

/** The registry's one source: there is no setting yet that would choose between two. */
function onlyOne<T>(registry: Readonly<Record<string, T>>): [name: string, plugin: T] {
  const [first, ...others] = Object.entries(registry);
  if (first === undefined || others.length > 0) throw new Error('which source is wanted is not known');
  return first;
}

/** The value, or undefined after noting its faults. */
function collect<T>(faults: SettingsFault[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}
