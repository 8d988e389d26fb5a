import type { Tables } from '../../database/tables.ts';

/**
 * What of a column can be of a user, and what is done with it:
 *
 * - fixed: names that the installation or its vendors gave, our own words and ids, and digests of texts
 * - text:  a text, as `safe-text.ts` writes it
 * - json:  texts in JSON of ours, but for what it calls things by
 * - state: so, written as a text
 * - given: a text from outside, which may be JSON
 * - words: words that texts are compared by
 * - name:  what the row is called by: the row goes
 * - user, event: an event's user, and the rest of it
 * - sample: an event in full
 * - reject: a record that could not be read
 */
export type How =
  'fixed' | 'text' | 'json' | 'state' | 'given' | 'words' | 'name' | 'user' | 'event' | 'sample' | 'reject';

/** Of each column with texts; a new one is to be thought about. */
type Texts<Row> = { readonly [C in keyof Row as Row[C] extends string | null ? C : never]: How };

export interface Place {
  /** Of its rows. */
  readonly key: readonly string[];
  readonly texts: Readonly<Record<string, How>>;
}

type PlaceOf<Row> = { readonly key: readonly (keyof Row & string)[]; readonly texts: Texts<Row> };
type Places = { readonly [Name in keyof Tables]: PlaceOf<Tables[Name]> };

const fixed = 'fixed';

/** What events, and what is known of their issues, are kept in. */
const OF_EVENTS = {
  sentry_monitor_events: {
    key: ['project', 'event'],
    texts: {
      ...{ project: fixed, event: fixed, issue: fixed, environment: fixed, level: fixed },
      ...{ person: 'user', content: 'event' },
    },
  },
  sentry_monitor_event_issues: {
    key: ['project', 'issue'],
    texts: {
      ...{ project: fixed, issue: fixed, level: fixed },
      ...{ title: 'text', culprit: 'text', url: 'text', newest: 'sample' },
    },
  },
  sentry_monitor_event_firsts: {
    key: ['project', 'issue', 'environment'],
    texts: { project: fixed, issue: fixed, environment: fixed, sample: 'sample' },
  },
  sentry_monitor_event_traits: {
    key: ['project', 'issue'],
    texts: { project: fixed, issue: fixed, noise: fixed, words: 'words', grouping: 'json' },
  },
  sentry_monitor_event_rejects: {
    key: ['project', 'reject'],
    texts: { project: fixed, reject: fixed, content: 'reject' },
  },
  sentry_monitor_event_timings: {
    key: ['project', 'start', 'name', 'part'],
    texts: { project: fixed, name: 'name', part: fixed, content: fixed },
  },
  sentry_monitor_event_cursors: {
    key: ['project', 'reader'],
    texts: { project: fixed, reader: fixed, position: 'state', missing: fixed },
  },
  sentry_monitor_event_objects: {
    key: ['project', 'object'],
    texts: { project: fixed, object: fixed, status: fixed, token: fixed, state: 'state', why: 'text' },
  },
  sentry_monitor_event_counts: {
    key: ['project', 'step_ms', 'start', 'environment', 'level', 'part'],
    texts: { project: fixed, environment: fixed, level: fixed, part: fixed, issues: fixed },
  },
  sentry_monitor_event_reject_hours: { key: ['project', 'hour_start'], texts: { project: fixed } },
  sentry_monitor_event_posts: { key: ['project', 'post'], texts: { project: fixed, post: fixed } },
  sentry_monitor_event_order: { key: ['project'], texts: { project: fixed } },
} as const satisfies Partial<Places>;

/** What windows came to, and who was told. */
const OF_RULES = {
  sentry_monitor_issues: {
    key: ['filter', 'issue'],
    texts: {
      ...{ filter: fixed, issue: fixed, project: fixed, level: fixed, status: fixed },
      ...{ title: 'text', culprit: 'text', url: 'text' },
    },
  },
  sentry_monitor_issue_windows: {
    key: ['filter', 'window_start'],
    texts: { filter: fixed, issues: fixed, spans: fixed },
  },
  sentry_monitor_issue_days: { key: ['filter', 'day_start'], texts: { filter: fixed, windows: fixed, sums: fixed } },
  sentry_monitor_rule_heads: { key: ['filter'], texts: { filter: fixed, print: fixed } },
  sentry_monitor_rule_states: { key: ['filter', 'window_start'], texts: { filter: fixed, state: 'json' } },
  sentry_monitor_decisions: { key: ['filter', 'number', 'part'], texts: { filter: fixed, content: 'json' } },
  sentry_monitor_alerts: { key: ['alert_id'], texts: { alert_id: fixed, filter: fixed, rule: fixed, alert: 'json' } },
  sentry_monitor_told: {
    key: ['filter', 'rule', 'subject', 'channel'],
    texts: { filter: fixed, rule: fixed, subject: fixed, channel: fixed },
  },
  sentry_monitor_tellings: {
    key: ['telling'],
    texts: {
      ...{ telling: fixed, channel: fixed, alert_id: fixed, filter: fixed, rule: fixed, news: fixed, summary: fixed },
      ...{ alert: 'json', fate: fixed, message_id: fixed, reason: 'text' },
    },
  },
  sentry_monitor_messages: {
    key: ['message_id'],
    texts: { message_id: fixed, channel: fixed, fate: fixed, ref: fixed, message: 'json', posts: 'json' },
  },
  sentry_monitor_channels: { key: ['channel'], texts: { channel: fixed, token: fixed, last_error: 'text' } },
  sentry_monitor_mutes: { key: ['mute_id'], texts: { mute_id: fixed, mute: 'json' } },
  sentry_monitor_file_texts: { key: ['path'], texts: { path: fixed, content: fixed } },
  sentry_monitor_deploys: { key: ['deploy_id'], texts: { deploy_id: fixed, deploy: 'json' } },
  sentry_monitor_actions: {
    key: ['action_id'],
    texts: { action_id: fixed, kind: fixed, target: fixed, action: 'json' },
  },
  sentry_monitor_digests: {
    key: ['digest', 'channel'],
    texts: { digest: fixed, channel: fixed, schedule: fixed, place: fixed },
  },
  sentry_monitor_reminders: { key: ['reminder'], texts: { reminder: fixed } },
} as const satisfies Partial<Places>;

const OF_REPORTS = {
  sentry_monitor_claims: {
    key: ['claim'],
    texts: {
      ...{ claim: fixed, report_id: fixed, sink: fixed, token: fixed, server: fixed, filter: fixed },
      ...{ receipt: 'json', delivered: 'json', items: 'json' },
    },
  },
  sentry_monitor_reports: {
    key: ['report_id', 'revision'],
    texts: {
      ...{ report_id: fixed, filter: fixed, org: fixed, source: fixed, url: fixed, totals: fixed, definition: fixed },
      ...{ gaps: 'json', warnings: 'json', issues: 'json', splits: 'json' },
    },
  },
  sentry_monitor_recounts: { key: ['report_id', 'revision'], texts: { report_id: fixed, filter: fixed } },
  sentry_monitor_runs: { key: ['run_id'], texts: { run_id: fixed, server: fixed, process: fixed, outcome: fixed } },
  sentry_monitor_hours: { key: ['filter', 'hour_start'], texts: { filter: fixed } },
  sentry_monitor_progress: { key: ['name'], texts: { name: fixed } },
  sentry_monitor_schema: { key: ['version'], texts: { name: fixed } },
} as const satisfies Partial<Places>;

const OF_TICKETS = {
  sentry_monitor_tickets: {
    key: ['issue', 'project'],
    texts: { issue: fixed, project: fixed, token: fixed, state: 'json' },
  },
  sentry_monitor_known_tickets: {
    key: ['ticket_id'],
    texts: { ticket_id: fixed, project: fixed, ticket: 'json', words: 'words', said: 'text' },
  },
  sentry_monitor_ticket_links: { key: ['issue', 'ticket_id'], texts: { issue: fixed, ticket_id: fixed } },
  sentry_monitor_ticket_openings: { key: ['opening', 'ticket_id'], texts: { opening: fixed, ticket_id: fixed } },
  sentry_monitor_ticket_readings: { key: ['project'], texts: { project: fixed } },
  sentry_monitor_issue_texts: { key: ['issue'], texts: { issue: fixed, label: fixed, opening: fixed, words: 'words' } },
} as const satisfies Partial<Places>;

/** Every table, and each of its texts. */
export const PLACES: Places = {
  ...OF_EVENTS,
  ...OF_RULES,
  ...OF_REPORTS,
  ...OF_TICKETS,
  sentry_monitor_watches: {
    key: ['watch'],
    texts: {
      ...{ watch: fixed, token: fixed },
      ...{ good: 'json', answer: 'given', last: 'json', past: 'json', state: 'json' },
    },
  },
  sentry_monitor_jobs: {
    key: ['kind', 'name', 'server'],
    texts: { kind: fixed, name: fixed, server: fixed, good: 'text', failed: 'text' },
  },
  sentry_monitor_upkeep: { key: ['name'], texts: { name: fixed, token: fixed, state: 'json' } },
};
