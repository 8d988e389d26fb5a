import type { Alert, Fate } from '../../../../core/model/alerting/alert.ts';
import type { Mute, Severity } from '../../../../core/model/alerting/rule.ts';
import type { Explained } from '../../../../core/alerts/explain/answer.ts';

/** What became of the latest news of an alert at one channel. */
export interface ToldTo {
  readonly channel: string;
  readonly fate: Fate;
  /** Why it waits, or was held back; null: it does not. */
  readonly reason: string | null;
}

/** An alert that lasts, or did. Times are epoch ms. */
export interface AlertSeen {
  readonly alert: Alert;
  /** Start of its first window. */
  readonly since: number;
  /** Start of the window by which it ended, or was told once; null: it lasts. */
  readonly until: number | null;
  readonly told: readonly ToldTo[];
  /** Name of who said that he is at it; null: nobody did. */
  readonly acknowledgedBy: string | null;
  /** What holds back all that is said of it now; null: nothing does, or it is over. */
  readonly mute: Pick<Mute, 'until' | 'why'> | null;
}

/** A channel as it stands. */
export interface ChannelStanding {
  readonly name: string;
  /** Epoch ms; null: never. */
  readonly lastSuccess: number | null;
  /** Of its last post; null: that one went well, or there was none. */
  readonly lastError: string | null;
  /** Nobody has heard anything by it for too long. */
  readonly isUnheard: boolean;
}

/** What rules have come to now. Plain data. */
export interface AlertsNow {
  /** How many filters have rules. */
  readonly filters: number;
  /** How many watches have rules. */
  readonly watches: number;
  /** That last, the worst first and of those the newest; as many as a page shows. */
  readonly firing: readonly AlertSeen[];
  /** How many last. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** The same by filter, without those that have none. */
  readonly byFilter: Readonly<Record<string, Readonly<Record<Severity, number>>>>;
  /** Of how many filters no window was judged yet. */
  readonly fresh: number;
  /** Names of filters of which the last counted window was not judged, though there was time for it. */
  readonly unjudged: readonly string[];
  readonly channels: readonly ChannelStanding[];
}

/** A rule of a filter, and what it says of the last counted window. */
export interface RuleSeen {
  /** Identity within the filter. */
  readonly name: string;
  readonly sentence: string;
  readonly severity: Severity;
  readonly tell: readonly string[];
  /** Where it is written; '' when nobody knows. */
  readonly where: string;
  /** A line a subject and reason, with all whom it concerns. */
  readonly lines: readonly RuleLine[];
}

export interface RuleLine extends Pick<Explained, 'subject' | 'decision' | 'why'> {
  /** Of an issue its title, where it is known. */
  readonly title: string | null;
  readonly recipients: readonly string[];
}

/** Of one filter: its rules, and what they said over the span that is shown. */
export interface AlertsDetail {
  readonly rules: readonly RuleSeen[];
  /** That last first, then the newest; as many as a page shows. */
  readonly alerts: readonly AlertSeen[];
  /** How many more there are. */
  readonly more: number;
}
