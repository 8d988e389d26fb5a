import { z } from 'zod';
import type { Complaint } from '../../config/filters/complaint.ts';
import { baseUrl, oneOf, secret } from '../../config/formats.ts';
import { outcomeOf, undocumented } from '../../core/model/errors.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { Item, Outcome } from '../../core/model/item.ts';
import type { Report } from '../../core/model/report.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Sink } from '../../core/ports/sink.ts';
import type { Redact } from '../../platform/redact.ts';
import { type Deps, plugin } from '../plugin.ts';

type TargetType = 'counter' | 'gauge';

interface Settings {
  readonly token: string;
  readonly url: string;
  readonly eventsAs: TargetType;
}

/** 1,000 samples is what every client of the vendor sends (IA §E.4); bytes are not documented. */
const LIMITS = { items: 1000, bytes: 1_000_000 };
const TIMEOUT_MS = 30_000;
/** General error, rate, concurrent requests, metrics per second (IA §E.5). */
const FOR_THE_MOMENT = new Set(['1002', '1004', '2002', '2003']);

/** Metrics 2.0: three samples per filter and project. Refusals come inside a 200, each with the position of its sample. */
export const anodot = plugin<Sink, Settings>({
  settings: {
    token: { doc: 'Data collection key', format: secret(), default: null, sensitive: true, env: 'ANODOT_TOKEN' },
    url: { doc: 'Address of Anodot', format: baseUrl, default: 'https://app.anodot.com', env: 'ANODOT_URL' },
    eventsAs: {
      doc: 'How sentry_events adds up: counter (summed) or gauge (averaged, safe to repeat)',
      format: oneOf('counter', 'gauge'),
      default: 'counter',
      env: 'ANODOT_EVENTS_AS',
    },
  },
  wantedBy: ['ANODOT_TOKEN'],
  create: ({ token, url, eventsAs }, deps, name) => ({
    name,
    repeatSafe: eventsAs === 'gauge',
    limits: LIMITS,
    encode: (report) => encode(report, eventsAs),
    ...(eventsAs === 'counter'
      ? { encodeCorrection }
      : {
          uncorrectable: 'Anodot averages what a gauge gets twice; set ANODOT_EVENTS_AS=counter, or leave anodot out',
        }),
    send: (items, scope) =>
      post(items, { url: `${url}/api/v1/metrics`, token, name, repeatSafe: eventsAs === 'gauge' }, deps, scope),
  }),
  vet,
});

/** NOTE: names and values together are the metric's identity: one more property starts all of them anew (IA §E.3). */
function encode(report: Report, eventsAs: TargetType): readonly Item[] {
  return report.totals.flatMap(({ project, events, issues, users }) => [
    sample(report, project, 'sentry_events', events, eventsAs),
    ...(issues === null ? [] : [sample(report, project, 'sentry_issues', issues, 'gauge')]),
    sample(report, project, 'sentry_users', users, 'gauge'),
  ]);
}

/**
 * What came to a counter late is one more sample for its bucket. NOTE: that a bucket of the past still adds up what it gets is an assumption
 * (IA §E.6 leaves open how long it does), hence only for who asks for it. Gauges would be averaged, so users and issues stay as they are.
 */
function encodeCorrection(told: Pick<Report, 'totals'>, report: Report): readonly Item[] {
  return report.totals.flatMap(({ project, events }) => {
    const before = told.totals.find((total) => total.project === project)?.events;
    return before !== undefined && before >= events
      ? []
      : [sample(report, project, 'sentry_events', events - (before ?? 0), 'counter')];
  });
}

/** Buckets are named by their start, in whole seconds (IA §E.6). */
function sample(report: Report, project: string, what: string, value: number, targetType: TargetType): Item {
  const properties = {
    what,
    project: clean(project),
    filter: clean(report.filter.name),
    type: 'event_count',
    target_type: targetType,
  };
  return {
    key: JSON.stringify([report.id, report.revision, what, project]),
    body: { properties, timestamp: report.window.start / 1000, value },
  };
}

/** Points, equals signs and spaces are refused, other signs need escaping there; ASCII is safe, 150 characters the most (IA §E.3). */
function clean(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 150);
}

/** Names that would become one metric. */
function vet(filters: readonly Filter[]): readonly Complaint[] {
  const taken = new Map<string, string>();
  return filters.flatMap((filter) =>
    filter.projects.flatMap((project): Complaint[] => {
      const metric = `${clean(filter.name)} ${clean(project)}`;
      const other = taken.get(metric);
      taken.set(metric, `${project} of ${filter.name}`);
      if (other === undefined) return [];
      return [
        {
          filter: filter.name,
          key: 'projects',
          text: `${project} and ${other} would become one in Anodot (${clean(project)}); leave one out, or send this filter elsewhere with sinks`,
        },
      ];
    }),
  );
}

interface Target {
  readonly url: string;
  readonly token: string;
  readonly name: string;
  readonly repeatSafe: boolean;
}

async function post(
  items: readonly Item[],
  { url, token, name, repeatSafe }: Target,
  deps: Deps,
  scope: Scope,
): Promise<readonly Outcome[]> {
  // Not compressed: whether Anodot reads gzip is not documented (IA §E.4).
  const body = Buffer.from(JSON.stringify(items.map((item) => item.body)));
  const params: [string, string][] = [
    ['token', token],
    ['protocol', 'anodot20'],
  ];
  try {
    const answer = await deps.http({
      service: name,
      method: 'POST',
      url,
      params,
      headers: { 'Content-Type': 'application/json' },
      body,
      timeoutMs: TIMEOUT_MS,
      repeatSafe,
      secrets: [token],
      scope,
    });
    return (
      outcomesIn(answer.text, items.length, deps.redact, repeatSafe) ??
      items.map(() => undocumented(name, answer.status))
    );
  } catch (error) {
    const outcome = outcomeOf(error);
    return items.map(() => outcome);
  }
}

const Refused = z.union([
  z.string().transform((description) => ({ error: '', description, index: null })),
  z.object({
    index: z.union([z.string(), z.number()]).nullish(),
    error: z.union([z.string(), z.number()]).transform(String).nullish(),
    description: z.string().nullish(),
  }),
]);
const AnswerBody = z.object({ errors: z.array(Refused) });

/**
 * The outcome of each sample; null when the answer is not what Anodot documents. An entry without a position is about all;
 * beside entries with one, the request was taken apart, and a counter may hold some of the others already.
 */
function outcomesIn(text: string, length: number, redact: Redact, repeatSafe: boolean): readonly Outcome[] | null {
  const parsed = AnswerBody.safeParse(json(text));
  if (!parsed.success) return null;
  const outcomes: Outcome[] = Array.from({ length }, () => ({ status: 'accepted' }));
  const single = new Map<number, Outcome>();
  for (const { index, error, description } of parsed.data.errors) {
    const position = String(index ?? '').trim() === '' ? Number.NaN : Number(index);
    const isOne = Number.isInteger(position) && position >= 0 && position < length;
    const outcome = refusal(
      redact([error ?? '', description ?? ''].filter((part) => part !== '').join(' ')),
      error ?? '',
      isOne,
    );
    if (isOne) single.set(position, outcome);
    else outcomes.fill(outcome);
  }
  const isMixed = single.size > 0 && !repeatSafe;
  return outcomes.map(
    (outcome, position) =>
      single.get(position) ??
      (isMixed && outcome.status === 'failed'
        ? { status: 'uncertain', fault: { ...outcome.fault, resend: false } }
        : outcome),
  );
}

/** A sample is refused for good; a whole request (a token that is not active) may pass once that is mended. */
function refusal(said: string, code: string, isOne: boolean): Outcome {
  const words = said
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 200)
    .toWellFormed();
  const why = `anodot: ${words === '' ? 'refused without a reason' : words}`;
  const resend = FOR_THE_MOMENT.has(code);
  if (isOne && !resend) return { status: 'refused', why };
  return { status: 'failed', fault: { message: why, retryable: resend, resend } };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
