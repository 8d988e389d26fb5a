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
