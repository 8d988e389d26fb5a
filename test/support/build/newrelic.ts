import type { Item, JsonObject } from '../../../src/core/model/item.ts';
import type { Report } from '../../../src/core/model/report.ts';
import { newrelic } from '../../../src/integrations/sinks/newrelic/index.ts';
import { depsOf } from './deps.ts';

/** Of `reportOf()`. */
export const ID = 'crm-checkout@2026-11-20T10:00:00.000Z';

/** What every event of it has. */
export const ALL = {
  eventType: 'SentryMonitoring',
  filter: 'crm-checkout',
  team: 'crm',
  org: 'acme',
  revision: 0,
  windowStart: 1_795_168_800_000,
  windowEnd: 1_795_169_100_000,
  reportId: ID,
  timestamp: 1_795_168_800_000,
};

export const SINK = newrelic
  .read({ NEW_RELIC_ACCOUNT_ID: '1', NEW_RELIC_LICENSE_KEY: 'k-0123456789' })
  .create(depsOf(), 'newrelic').part;

export function encode(report: Report): readonly Item[] {
  return SINK.encode(report);
}

export function ofType(report: Report, type: string): readonly JsonObject[] {
  return encode(report)
    .map(({ body }) => body)
    .filter((body) => body['type'] === type);
}
