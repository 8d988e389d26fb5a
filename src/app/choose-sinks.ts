import type { FoundPart } from '../config/filters/load.ts';
import { quote } from '../config/formats.ts';
import { type Env, type SettingsFault, valueOf } from '../config/schema.ts';
import type { Plugin } from '../integrations/plugin.ts';

/** What sinks there may be. */
export interface Offer {
  readonly registry: Readonly<Record<string, Plugin<unknown>>>;
  readonly env: Env;
  /** What files set up; lost: files with faults. `isTold`: somebody is told of a filter. */
  readonly declared?: {
    readonly parts: readonly FoundPart[];
    readonly lost: readonly FoundPart[];
    readonly isTold: boolean;
  };
}

/**
 * The sinks of filters that name none: the requested ones, else those that have any of their `wantedBy` variables set,
 * so that building a half-configured one names what is missing.
 */
export function chooseSinks(
  requested: readonly string[] | undefined,
  offer: Offer,
  dryRun: boolean,
): { readonly names: string[]; readonly faults: SettingsFault[] } {
  const { registry, env } = offer;
  const wanted = Object.keys(registry).filter((name) => hasAny(registry, name, env));
  if (requested === undefined || requested.length === 0) {
    const declared = [...(offer.declared?.parts ?? []), ...(offer.declared?.lost ?? [])];
    const isTold = offer.declared?.isTold === true;
    const isEnough = wanted.length > 0 || dryRun || isTold || declared.some(({ section }) => section !== 'sources');
    return { names: wanted, faults: isEnough ? [] : [noSink(registry)] };
  }
  const objections = requested.map((name) => objection(name, offer)).filter((text) => text !== undefined);
  return {
    names: requested.filter((name) => objection(name, offer) === undefined),
    faults: objections.length > 0 ? [{ variable: 'SINKS', text: objections.join('; and ') }] : [],
  };
}

function objection(name: string, offer: Offer): string | undefined {
  const { registry, env } = offer;
  const inFiles = sinksIn(offer, 'parts').map((part) => part.name);
  if (inFiles.includes(name)) return undefined;
  const lost = sinksIn(offer, 'lost').find((part) => part.name === name);
  if (lost !== undefined)
    return (
      `names ${name}, which ${lost.file}:${lost.line} sets up, and that file has faults; ` +
      `mend it, or remove ${name}`
    );
  if (!Object.hasOwn(registry, name))
    return `${quote(name)} is not a sink; write some of ${[...Object.keys(registry), ...inFiles].join(', ')}`;
  const wantedBy = registry[name]?.wantedBy ?? [];
  if (wantedBy.length === 0 || hasAny(registry, name, env)) return undefined;
  return `names ${name}, which is not configured; set ${wantedBy.join(' and ')}, or remove ${name}`;
}

function sinksIn({ declared }: Offer, which: 'parts' | 'lost'): readonly FoundPart[] {
  return declared?.[which].filter(({ section }) => section === 'sinks') ?? [];
}

function hasAny(registry: Offer['registry'], name: string, env: Env): boolean {
  return registry[name]?.wantedBy.some((variable) => valueOf(env, variable) !== undefined) === true;
}

function noSink(registry: Offer['registry']): SettingsFault {
  const ways = Object.values(registry)
    .map(({ wantedBy }) => wantedBy.join(' and '))
    .filter((way) => way !== '');
  return {
    variable: 'SINKS',
    text: `no sink is configured; set ${ways.join(', or ')}, or DRY_RUN=true to send nothing`,
  };
}
