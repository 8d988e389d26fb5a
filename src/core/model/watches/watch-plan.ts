import type { Rule } from '../alerting/rule.ts';

/** What a sentence asks of a watch. */
export type WatchCondition =
  | { readonly kind: 'above' | 'below'; readonly limit: number }
  /** As text. */
  | { readonly kind: 'changes'; readonly to: string }
  /** No good answer for so long, ms. */
  | { readonly kind: 'stale'; readonly spanMs: number };

/** A sentence of a watch, with its options filled in. `hold` and `clear` count answers. Plain data. */
export interface WatchRule extends Pick<
  Rule,
  'name' | 'sentence' | 'tell' | 'hold' | 'clear' | 'repeatMs' | 'resolved' | 'quiet' | 'severity' | 'where'
> {
  readonly condition: WatchCondition;
}

/** What is looked at now and then: a sheet and a calendar are watches whose answer is what counts. */
export type WatchKind = 'watch' | 'sheet' | 'calendar';

/** A watch as a file asks for it, with what it does not say filled in. Plain data. */
export interface WatchPlan {
  /** `[a-z0-9][a-z0-9-]{0,59}`, unique; also that of its part. */
  readonly name: string;
  /** Its value is how many days a certificate is still good. */
  readonly isCertificate: boolean;
  /** Its answer is asked for once in each interval, ms; they begin at whole multiples since 1970. */
  readonly everyMs: number;
  /** Sent along with its value. */
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly WatchRule[];
  /** `config/filters/crm.yaml:12` */
  readonly where: string;
}

/** An age from which a page shows an answer as old: so many of its intervals. */
export const OLD_INTERVALS = 2.5;
