import { DAY_MS } from '../window.ts';

/** How bad it is; orders messages, and passes quiet hours when critical. */
export const SEVERITIES = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a sentence asks of a filter's windows. Spans are ms, multiples of a window. */
export type Condition =
  | { readonly kind: 'new' | 'regressed' | 'any' | 'anomaly' }
  /** `score`: null: as reports judge it. */
  | { readonly kind: 'trending'; readonly score: number | null }
  | { readonly kind: 'events' | 'users'; readonly above: number; readonly spanMs: number }
  /** `spanMs`: whole days; `above`: 0 where the sentence names no number. */
  | { readonly kind: 'top'; readonly first: number; readonly spanMs: number; readonly above: number }
  | { readonly kind: 'title'; readonly text: string }
  /** `spanMs`: whole days. */
  | { readonly kind: 'unticketed'; readonly spanMs: number }
  | { readonly kind: 'none' | 'incomplete'; readonly spanMs: number };
export type RuleKind = Condition['kind'];

/** What a rule speaks of. */
export type SubjectKind = 'issue' | 'filter' | 'part';

/** Hours of the day in which nobody is told, in minutes after midnight; over midnight when `to` is not later. */
export interface Quiet {
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly zone: string;
}

/** Leaves out issues of which a property fits: `*` stands for any text, letters of any case. */
export interface Except {
  readonly property: 'title' | 'culprit' | 'module' | 'level' | 'project';
  readonly pattern: string;
}

/** A worked case that stands beside its rule. */
export interface RuleCase {
  /** Events by window; null: it was not counted. */
  readonly windows: readonly (number | null)[];
  /** All that is told: `fired@2`, `resolved@5`, `told@1`; windows count from 1. */
  readonly expect: readonly string[];
}

/** A sentence of a filter, with its options and the file's defaults filled in. Plain data. */
export interface Rule {
  readonly filter: string;
  /** Identity within the filter: `name`, else the sentence in its normal form. */
  readonly name: string;
  /** As it is written, without options. */
  readonly sentence: string;
  readonly condition: Condition;
  readonly each: 'issue' | 'filter';
  /** Names of channels; at least one. */
  readonly tell: readonly string[];
  /** So many windows in a row before a state begins. */
  readonly hold: number;
  /** So many windows in a row without, before it ends. */
  readonly clear: number;
  /** Issue and trend sentences: so many events in the window at least. */
  readonly min: number;
  /** Told again after so long while it lasts, ms; null: never. Of `any`, `title`, `unticketed`: least between two. */
  readonly repeatMs: number | null;
  /** It says itself how it repeats, instead of its filter or the usual: then pagers are told again as well. */
  readonly isRepeatItsOwn?: true;
  /** Who is told as well when it lasts for long, and nobody has said that they are on it. */
  readonly escalate?: Escalation;
  /** What makes tickets is told only when an issue has at least so many events within the span, ms. */
  readonly after?: { readonly count: number; readonly spanMs: number };
  /** The end is told as well. */
  readonly resolved: boolean;
  readonly quiet: Quiet | null;
  readonly severity: Severity;
  readonly except: readonly Except[];
  readonly cases: readonly RuleCase[];
  /** `config/filters/crm.yaml:12`; '' where it comes from no file. */
  readonly where: string;
}

/** Who else is told of what lasts, and when. */
export interface Escalation {
  /** So long after people were told that it began, ms, a multiple of a window. */
  readonly afterMs: number;
  /** Names of channels that are not told from the beginning; at least one. */
  readonly tell: readonly string[];
}

/** Sentences that have a begin and an end; the others are told once, or in every window. */
const STATES: ReadonlySet<RuleKind> = new Set(['trending', 'events', 'users', 'anomaly', 'none', 'incomplete']);

/** Whether what a sentence says begins and ends; else it is told once, or in every window. */
export function isState({ kind }: Condition): boolean {
  return STATES.has(kind);
}

/** Holds back what it fits until it ends. Exactly one of `issue`, `rule`, `filter`, `channel`, `all` says what. */
export interface Mute {
  /** Unique; of a file: file:line. */
  readonly id: string;
  readonly what: MuteScope;
  readonly until: MuteEnd;
  readonly why: string;
  /** Epoch ms. */
  readonly since: number;
  /** Who muted, for people: a user of the page, `cli`, `post`; absent: a file. */
  readonly by?: string | undefined;
}
export type MuteScope =
  /** `page`: an issue is left out of lists on pages, and nothing is held back; `name`: its id. */
  | { readonly kind: 'issue' | 'filter' | 'channel' | 'page'; readonly name: string }
  /** `name`: a sentence in its normal form; `written`: as it was written, where that is another text. */
  | { readonly kind: 'rule'; readonly name: string; readonly written?: string }
  | { readonly kind: 'all' };
export type MuteEnd =
  /** Epoch ms. */
  | { readonly kind: 'instant'; readonly at: number }
  /** After so many events of the subject, over complete windows since it began. */
  | { readonly kind: 'events'; readonly count: number }
  | { readonly kind: 'release'; readonly name: string }
  | { readonly kind: 'resolved' };

/** Counts of issues are kept by window for two days, ms; of what was before by day. */
export const BY_WINDOW_MS = 2 * DAY_MS;
