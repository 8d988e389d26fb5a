import type { DigestChartSpan } from './digest.ts';

/** When something is due. Plain data. */
export type At =
  /** Whole multiples since midnight UTC; a divisor of a day, a multiple of a window, ms. */
  | { readonly kind: 'every'; readonly everyMs: number }
  /** Five fields of cron, of numbers and `*` alone, by the clock of a zone (IANA name). */
  | { readonly kind: 'cron'; readonly cron: string; readonly zone: string };

/** A digest as a file asks for it, with what it does not say filled in. Plain data. */
export interface DigestPlan {
  /** `[a-z0-9][a-z0-9-]{0,59}`, unique. */
  readonly name: string;
  readonly at: At;
  /** Names, in the order in which it speaks of them. */
  readonly filters: readonly string[];
  /** Channels, one for each recipient. */
  readonly tell: readonly string[];
  /** Those that it should tell, and that cannot be used now, or all while it cannot be made. */
  readonly idle: readonly string[];
  readonly chart: DigestChartSpan | null;
  /** Of what was stored since the last one that arrived; absent: of the windows since the time before. */
  readonly since?: 'delivered' | undefined;
  /** Of the service itself, not of filters; absent: of filters. */
  readonly report?: true | undefined;
  /** Not sent when no event came, and all was counted. */
  readonly skipEmpty: boolean;
  /** `config/filters/crm.yaml:12` */
  readonly where: string;
}

/** IANA name of the zone that people read it in. */
export function zoneOf(at: At): string {
  return at.kind === 'cron' ? at.zone : 'UTC';
}

/** The same for schedules that are due at the same instants. */
export function scheduleText(at: At): string {
  return at.kind === 'cron' ? `${at.cron} ${at.zone}` : `every ${at.everyMs}`;
}
