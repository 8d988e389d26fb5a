/** The parts of the service's answer that the demo shows. */
export interface AnswerBody {
  readonly status: string;
  readonly window: { readonly start: string; readonly end: string };
  readonly sentryRequests: number;
  readonly reports: readonly ReportBody[];
}

interface ReportBody {
  readonly filter: string;
  readonly complete: boolean;
  readonly totals: readonly {
    readonly project: string;
    readonly events: number;
    readonly issues: number;
    readonly users: number;
  }[];
  readonly trending: readonly {
    readonly events: number;
    readonly state: string;
    readonly title: string;
    readonly url: string;
  }[];
  readonly sinks: Readonly<
    Record<string, { readonly status: string; readonly accepted?: number; readonly items?: readonly object[] }>
  >;
}

interface IssueRecord {
  readonly type: string;
  readonly count: number;
  readonly state: string;
  readonly message: string;
  readonly sentryUrl: string;
}

/** What arrived at the vendors. */
export interface ReceivedBody {
  readonly newrelic: {
    readonly events: readonly { readonly record: { readonly eventType: string; readonly type?: string } }[];
    readonly metrics: readonly object[];
    readonly droppedEvents: readonly object[];
  };
  readonly anodot: { readonly samples: readonly object[]; readonly refused: readonly object[] };
}

export function countsTable(body: AnswerBody): string {
  const rows = body.reports.flatMap(({ filter, totals, complete }) =>
    totals.map(({ project, events, issues, users }, index) => {
      const name = index === 0 ? `${filter}${complete ? '' : ' (incomplete)'}` : '';
      return `   ${name.padEnd(14)}${project.padEnd(10)}${pad(events)}${pad(issues)}${pad(users)}`;
    }),
  );
  return [
    `   ${'filter'.padEnd(14)}${'project'.padEnd(10)}${['events', 'issues', 'users'].map(right).join('')}`,
    ...rows,
  ].join('\n');
}

function right(head: string): string {
  return head.padStart(8);
}

function pad(count: number): string {
  return String(count).padStart(8);
}

/** What trends in each filter, with its score; and the biggest issues, from the records that would be sent. */
export function issuesTable(body: AnswerBody): string {
  return body.reports
    .flatMap(({ filter, trending, sinks }) => [
      ...(trending.length === 0
        ? []
        : [
            `   trending in ${filter}`,
            ...trending.slice(0, 3).map(({ events, state, title, url }) => issueLine(events, state, title, url)),
          ]),
      `   biggest in ${filter}`,
      ...biggest(sinks).map((record) => issueLine(record.count, record.state, record.message, record.sentryUrl)),
    ])
    .join('\n');
}

function biggest(sinks: ReportBody['sinks']): readonly IssueRecord[] {
  const records = Object.values(sinks).flatMap(({ items = [] }) => items as readonly Partial<IssueRecord>[]);
  return records.filter((record): record is IssueRecord => record.type === 'sentry_issue').slice(0, 2);
}

function issueLine(events: number, state: string, title: string, url: string): string {
  return `   ${String(events).padStart(5)}  ${state.padEnd(10)}${line(title)}\n${' '.repeat(20)}${url}`;
}

/** Titles are hostile: control and direction characters would garble the terminal. */
function line(title: string): string {
  const clean = title.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return clean.length > 58 ? `${clean.slice(0, 57)}…` : clean;
}

/** Per sink, over all reports. */
export function sinksTable(body: AnswerBody): string {
  const names = [...new Set(body.reports.flatMap(({ sinks }) => Object.keys(sinks)))];
  return names
    .map((name) => {
      const receipts = body.reports.flatMap(({ sinks }) => sinks[name] ?? []);
      const statuses = [...new Set(receipts.map(({ status }) => status))].join(', ');
      const accepted = receipts.reduce((sum, it) => sum + (it.accepted ?? 0), 0);
      const shown = receipts.reduce((sum, it) => sum + (it.items?.length ?? 0), 0);
      const records = accepted > 0 ? `accepted ${accepted} records` : `would take ${shown} records`;
      return `   ${name.padEnd(10)}${statuses.padEnd(13)}${records}`;
    })
    .join('\n');
}

export function receivedTable({ newrelic, anodot }: ReceivedBody): string {
  const types = new Map<string, number>();
  for (const { record } of newrelic.events) {
    const name = record.type ?? record.eventType;
    types.set(name, (types.get(name) ?? 0) + 1);
  }
  const events = [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  return [
    `   New Relic  ${newrelic.events.length} events: ${events}`,
    `              ${newrelic.metrics.length} gauges; dropped: ${newrelic.droppedEvents.length}`,
    `   Anodot     ${anodot.samples.length} samples; refused: ${anodot.refused.length}`,
  ].join('\n');
}
