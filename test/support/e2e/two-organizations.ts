import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { type Bench, burst, openBench } from './bench.ts';
import type { FilterSpec, Service } from './service.ts';

/** As `Bench`, with a second organization and second accounts, which only a filters file knows. */
export interface TwoOrganizations extends Bench {
  readonly eu: Sandbox;
  /** `sources` and `sinks` of the file, as JSON. */
  readonly file: (filters: readonly (FilterSpec & { readonly source?: string })[], more?: object) => string;
  readonly env: Readonly<Record<string, string>>;
  /** Of the file that holds these filters. */
  start(filters: Parameters<TwoOrganizations['file']>[0], env?: Readonly<Record<string, string>>): Promise<Service>;
}

export const EU_KEYS = {
  sentryOrg: 'acme-eu',
  sentryToken: 'sntrys_eu_9876543210fedcba',
  newRelicAccountId: '7654321',
  newRelicKey: 'eu-license-9876543210',
  anodotToken: 'eu-anodot-9876543210',
};

/** Both have a project `web`: 40 and 3 events here, 11 there. */
export async function openTwoOrganizations(options: Parameters<typeof openBench>[0]): Promise<TwoOrganizations> {
  const bench = await openBench(options);
  const { now, sleep } = bench.clock;
  const eu = await startSandbox({ now, sleep, ...EU_KEYS });
  bench.heed(eu);
  bench.sandbox.world.addProject({ slug: 'web' });
  bench.sandbox.world.addEvents([...burst('web', 101, 40, { users: 7 }), ...burst('web', 102, 3)]);
  eu.world.addProject({ slug: 'web' });
  eu.world.addEvents(burst('web', 901, 11, { users: 5 }));
  const parts = {
    sources: { eu: { sentry: EU_KEYS.sentryOrg, url: eu.sentryUrl, key: 'ACME_EU_TOKEN', baselines: 'off' } },
    sinks: {
      'eu-nr': { newrelic: Number(EU_KEYS.newRelicAccountId), key: 'ACME_EU_NR', eventUrl: eu.url, metricUrl: eu.url },
      'eu-an': { anodot: 'ACME_EU_AN', url: eu.url },
    },
  };
  const file: TwoOrganizations['file'] = (filters, more = {}) =>
    JSON.stringify({ ...parts, ...more, filters }, null, 1);
  const env = { ACME_EU_TOKEN: EU_KEYS.sentryToken, ACME_EU_NR: EU_KEYS.newRelicKey, ACME_EU_AN: EU_KEYS.anodotToken };
  return {
    ...bench,
    eu,
    file,
    env,
    start: (filters, more = {}) => bench.serve([], { ...env, ...more }, { file: file(filters) }),
    close: async () => {
      await bench.close();
      await eu.close();
    },
  };
}
