import { quote } from '../config/formats.ts';
import { type Env, type SettingsFault, valueOf } from '../config/schema.ts';
import type { Plugin } from '../integrations/plugin.ts';

type Registry = Readonly<Record<string, Plugin<unknown>>>;

/**
 * The sinks to build: the requested ones, else those that have any of their `wantedBy` variables set, so that building
 * a
 * half-configured one names what is missing.
 */
export function chooseSinks(
  requested: readonly string[] | undefined,
  registry: Registry,
  env: Env,
  dryRun: boolean,
): { readonly names: string[]; readonly faults: SettingsFault[] } {
  const wanted = Object.keys(registry).filter((name) => hasAny(registry, name, env));
  if (requested === undefined || requested.length === 0) {
    return { names: wanted, faults: wanted.length > 0 || dryRun ? [] : [noSink(registry)] };
  }
  const objections = requested.map((name) => objection(name, registry, env)).filter((text) => text !== undefined);
  return {
    names: requested.filter((name) => objection(name, registry, env) === undefined),
    faults: objections.length > 0 ? [{ variable: 'SINKS', text: objections.join('; and ') }] : [],
  };
}

function objection(name: string, registry: Registry, env: Env): string | undefined {
  if (!Object.hasOwn(registry, name))
    return `${quote(name)} is not a sink; write some of ${Object.keys(registry).join(', ')}`;
  const wantedBy = registry[name]?.wantedBy ?? [];
  if (wantedBy.length === 0 || hasAny(registry, name, env)) return undefined;
  return `names ${name}, which is not configured; set ${wantedBy.join(' and ')}, or remove ${name}`;
}

function hasAny(registry: Registry, name: string, env: Env): boolean {
  return registry[name]?.wantedBy.some((variable) => valueOf(env, variable) !== undefined) === true;
}

function noSink(registry: Registry): SettingsFault {
  const ways = Object.values(registry)
    .map(({ wantedBy }) => wantedBy.join(' and '))
    .filter((way) => way !== '');
  return {
    variable: 'SINKS',
    text: `no sink is configured; set ${ways.join(', or ')}, or DRY_RUN=true to send nothing`,
  };
}
