import type { Json } from './json.ts';
import type { Posted } from './service.ts';

/** Fates of all items, by report: accepted, refused, uncertain, failed. */
export function fatesAt(sink: string, { body }: Posted): number[][] {
  return body.reports.map(({ sinks }: Json) => [
    sinks[sink].accepted,
    sinks[sink].refused.length,
    sinks[sink].uncertain,
    sinks[sink].failed,
  ]);
}

/** The status of each sink, by report. */
export function statusesIn({ body }: Posted): Record<string, string>[] {
  return body.reports.map(({ sinks }: Json) =>
    Object.fromEntries(Object.entries<Json>(sinks).map(([name, { status }]) => [name, status])),
  );
}

/** Fates of all items of all reports together. */
export function sumOfFates(sink: string, posted: Posted): number[] {
  return fatesAt(sink, posted).reduce((sum, fates) => sum.map((count, index) => count + fates[index]!));
}

/** Status of the answer, its verdict, and what was sent. */
export function summary({ status, body, headers }: Posted): string {
  return `${status} ${body.status} ${headers.get('sentry-monitor-sent')}`;
}
