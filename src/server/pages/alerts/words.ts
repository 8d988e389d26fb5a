import type { Why } from '../../../core/alerts/explain/answer.ts';
import type { Alert, Fate } from '../../../core/model/alerting/alert.ts';
import type { MuteEnd, Severity } from '../../../core/model/alerting/rule.ts';
import { plural, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Health } from '../findings/health.ts';

/** Critical is broken, for who wrote the rule; info tells of something that is not. */
const HEALTHS = { critical: 'bad', warning: 'warn', info: 'trend' } as const satisfies Record<Severity, Health>;

export function severityHealth(severity: Severity): (typeof HEALTHS)[Severity] {
  return HEALTHS[severity];
}

export function sumOf(counts: Readonly<Record<Severity, number>>): number {
  return counts.critical + counts.warning + counts.info;
}

/** `1 alert is firing`; `more`: before what is counted. */
export function firingWords(count: number, more = ''): string {
  return plural(count, `${more}alert is firing`, `${more}alerts are firing`);
}

/** What an alert speaks of; '' where that is its filter. */
export function subjectText({ subject, filter }: Pick<Alert, 'subject' | 'filter'>): string {
  return subject.kind === 'filter' && subject.id === filter ? '' : subject.title;
}

/** Where a page tells more of it: a watch stands on the page of the status. */
export function alertAddress({ subject, filter }: Pick<Alert, 'subject' | 'filter'>): string {
  return subject.kind === 'part' ? '/status#watches' : `/filters/${filter}#alerts`;
}

/** A fate, for people, and how good that is. */
export const FATES_SAID: Readonly<Record<Fate, readonly [Health, string]>> = {
  sent: ['good', 'told'],
  pending: ['idle', 'waits to be told'],
  uncertain: ['warn', 'perhaps told'],
  refused: ['bad', 'refused'],
  'given up': ['bad', 'given up'],
  muted: ['idle', 'muted'],
  quiet: ['idle', 'quiet hours'],
  grouped: ['idle', 'is told together with others'],
  dropped: ['idle', 'not told'],
  held: ['warn', 'held since a restore'],
};

/** What a rule decided of a subject, for people. */
export const DECISIONS_SAID: Readonly<Record<Why, readonly [Health, string]>> = {
  told: ['good', 'told'],
  'not yet': ['idle', 'not yet'],
  muted: ['idle', 'muted'],
  quiet: ['idle', 'quiet hours'],
  grouped: ['idle', 'is told together with others'],
  'repeat due': ['idle', 'told before'],
  failing: ['bad', 'not told'],
  over: ['idle', 'told once'],
};

/** When a mute ends. */
export function endSaid(until: MuteEnd, now: number): Html {
  switch (until.kind) {
    case 'instant':
      return time(until.at, now);
    case 'events':
      return html`after ${plural(until.count, 'event')}`;
    case 'release':
      return html`with release <bdi>${until.name}</bdi>`;
    case 'resolved':
      return html`when it is over`;
  }
}
