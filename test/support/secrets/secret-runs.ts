import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { burst } from '../e2e/bench.ts';
import type { FilterSpec } from '../e2e/service.ts';
import { openSecretsBench, type SecretsBench } from './bench.ts';
import type { Spec } from './echoing-faults.ts';

export const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web', 'api'], tags: ['region'] },
  { name: 'web-only', projects: ['web'], searchTerms: ['trouble'] },
];

/** What an error of the HTTP client, or one that keeps it, shows. */
const CLIENT =
  /axios|ClientRequest|IncomingMessage|Socket|\b(config|request|response|cause|errors)\b\]?:|authorization|api-key/i;

/** A bench with events of both filters, whose vendors may be in trouble during runs. */
export interface SecretRuns extends SecretsBench {
  /** Runs while these vendors do only that. */
  runWith(
    spec: Spec,
    vendors: readonly ('sentry' | 'newrelic' | 'anodot')[],
    env?: Readonly<Record<string, string>>,
  ): Promise<void>;
  errorsOf(kind: new (...args: never[]) => object): readonly unknown[];
  /** No secret came out anywhere, and no error shows the HTTP client. */
  assertNoLeak(): void;
}

export async function openSecretRuns(): Promise<SecretRuns> {
  const bench = await openSecretsBench();
  const { world } = bench.sandbox;
  for (const slug of ['web', 'api']) world.addProject({ slug });
  world.addEvents([
    ...burst('web', 101, 4, { tags: { region: 'eu' } }),
    ...burst('api', 201, 3, { tags: { region: 'us' } }),
  ]);
  return {
    ...bench,
    runWith: async (spec, vendors, env = {}) => {
      const service = await bench.serveSecret(FILTERS, { RUN_DEADLINE_SECONDS: '55', ...env });
      for (const vendor of vendors) world.faults.add({ times: 0, ...spec, vendor });
      const before = world.requests.all().length;
      await service.post();
      await service.close();
      const met = world.requests
        .all()
        .slice(before)
        .filter(({ fault }) => fault === spec.kind)
        .map(({ vendor }) => vendor);
      assert.deepEqual(
        vendors.filter((vendor) => !met.includes(vendor)),
        [],
        `the fault was met: ${JSON.stringify(spec).slice(0, 200)}`,
      );
      world.faults.clear();
    },
    errorsOf: (kind) => [...bench.watch.errors].filter((error) => error instanceof kind),
    assertNoLeak: () => {
      assert.deepEqual(bench.leaks().slice(0, 5), []);
      for (const error of bench.watch.errors)
        assert.doesNotMatch(inspect(error, { depth: Infinity, showHidden: true }).replace(/^ +at .*$/gm, ''), CLIENT);
    },
  };
}
