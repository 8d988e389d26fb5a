import type { Finding } from '../../../core/ports/finding.ts';
import type { Place } from './endpoints.ts';

/** What of the settings must fit together. */
export interface Keyed extends Place {
  readonly licenseKey: string;
}

/** Keys for something else, by their beginning. */
const OTHERS: Readonly<Record<string, string>> = {
  NRAK: 'a user key',
  NRAA: 'an admin user key',
  NRIQ: 'a query key',
  NRJS: 'a browser key',
};
/** Hexadecimal; newer ones end so. */
const LICENSE = /^(?:[0-9a-f]{40}|[0-9a-f]{36}NRAL)$/i;
const LENGTH = 40;

/** What cannot work, or hardly, known from the key alone. */
export function inspectKey(settings: Keyed, name: string): readonly Finding[] {
  const check = `${name} key`;
  const kind = otherKind(settings);
  if (kind !== undefined) return [{ check, status: 'failed', variable: 'NEW_RELIC_LICENSE_KEY', say: kind }];
  const elsewhere = otherRegion(settings);
  if (elsewhere !== undefined) return [{ check, status: 'failed', variable: 'NEW_RELIC_REGION', say: elsewhere }];
  if (settings.region !== 'eu' || hasUrls(settings) || !LICENSE.test(settings.licenseKey)) return [];
  const say = 'is eu, and NEW_RELIC_LICENSE_KEY does not begin with eu as the keys of that region do; check both';
  return [{ check, status: 'warning', variable: 'NEW_RELIC_REGION', say }];
}

/** What to do after a 403. */
export function adviceOnKey(settings: Keyed): string {
  const kind = otherKind(settings);
  if (kind !== undefined) return `NEW_RELIC_LICENSE_KEY ${kind}`;
  const elsewhere = otherRegion(settings);
  if (elsewhere !== undefined) return `NEW_RELIC_REGION ${elsewhere}`;
  const { length } = settings.licenseKey;
  const odd = length === LENGTH ? '' : `; it has ${length} characters, a license key has ${LENGTH}`;
  return `check NEW_RELIC_LICENSE_KEY, NEW_RELIC_ACCOUNT_ID and NEW_RELIC_REGION${odd}`;
}

function otherKind({ licenseKey }: Keyed): string | undefined {
  const prefix = /^([A-Z]{4})-/.exec(licenseKey)?.[1] ?? '';
  const kind = OTHERS[prefix];
  return kind === undefined ? undefined : `is ${kind} (${prefix}-); use a key of type INGEST - LICENSE`;
}

/** NOTE: a key of the US names no region. */
function otherRegion(settings: Keyed): string | undefined {
  const { licenseKey, region } = settings;
  const own = /^(eu|jp|gov)\d{2}x/i.exec(licenseKey)?.[1]?.toLowerCase();
  if (own === undefined || own === region || hasUrls(settings)) return undefined;
  return `is ${region}, and NEW_RELIC_LICENSE_KEY is a key of region ${own}; set it to ${own}`;
}

/** What the region says is then not used. */
export function hasUrls({ eventUrl, metricUrl }: Place): boolean {
  return eventUrl !== undefined || metricUrl !== undefined;
}
