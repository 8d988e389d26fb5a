import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type Bench, openBench } from '../e2e/bench.ts';
import type { FilterSpec, Posted, Service } from '../e2e/service.ts';
import { createSearch, type Leak } from './leaks.ts';
import { type Watch, watchPorts } from './watch-ports.ts';

/**
 * Values for every sensitive variable, as long as a format lets them be: with all the signs that URLs, JSON, HTML and
 * base64 write in another way, and lengths that leave a different rest by three.
 */
export const GIVEN = {
  SENTRY_AUTH_TOKEN: `sntryu_k9Qx7Lm2pR"\\/+=%&?#~<>'wZ4tB8nV6cJ`,
  NEW_RELIC_LICENSE_KEY: `f7fG3hJ9sD4kA'<>~#?&%=+/\\"qW5eR2tY8uIoNRAL`,
  ANODOT_TOKEN: `an0d7Tk8Lp3ZxC/\\"+%=?&~#>'<mN6bV1cX4zQw`,
  PAGE_TOKEN: `page5Rr8Tt2Yy6Uu=%"\\/+&?<#~>'Ii9Oo3Pp7Aa`,
  TRIGGER_TOKEN: `trig9Aa4Ss8Dd2Ff=%"\\/+&?<#~>'Gg6Hh1Jj5Kk,trig2Zz7Xx5Cc1Vv<"'>#~?%&=+/\\Bb8Nn3Mm6Ll0`,
  INTAKE_TOKEN: `inta4Ww8Ee3Rr%="\\/+&?<#~>'Tt6Yy1Uu9Ii,inta8Oo2Pp5Aa'>#~?%&=+/\\"Ss3Dd7Ff1Gg`,
  METRICS_TOKEN: `metr3Rr7Yy1Pp%="\\/+&?<#~>'Dd9Ww2Kk5Nn8`,
  PAGE_USERS: `ann:user7Hh3Bb9Ss=%"\\/+&?<#~>'Rr4Mm8Qq1Vv`,
} as const;

/** What of a value is secret: names are none. */
function secretIn(name: string, entry: string): string {
  return name === 'PAGE_USERS' ? entry.slice(entry.indexOf(':') + 1) : entry;
}

/** Each secret by the name of its variable; of a list each entry. */
export const SECRETS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(GIVEN).flatMap(([name, value]) =>
    value.split(',').map((entry, n) => [n === 0 ? name : `${name} (${n + 1})`, secretIn(name, entry)]),
  ),
);

/** Who may get which of them. */
const OWNERS: Readonly<Record<string, string>> = {
  sentry: 'SENTRY_AUTH_TOKEN',
  newrelic: 'NEW_RELIC_LICENSE_KEY',
  anodot: 'ANODOT_TOKEN',
};

export const AUTHORIZED: RequestInit = { headers: { authorization: `Bearer ${GIVEN.TRIGGER_TOKEN.split(',')[1]!}` } };

/** Errors, lines, answers, records: all that came out of services in this process while it was open. */
export interface SecretsBench extends Bench {
  readonly watch: Watch;
  /**
   * A service with all secrets and the whole log, which knows its projects already.
   * Posts carry the second trigger token.
   */
  serveSecret(filters: readonly FilterSpec[], env?: Readonly<Record<string, string>>): Promise<Service>;
  /** Everything so far, by place, for a search of one's own. */
  said(): readonly (readonly [where: string, text: string])[];
  leaks(): readonly Leak[];
}

export async function openSecretsBench(): Promise<SecretsBench> {
  const watch = watchPorts();
  const bench = await openBench({
    time: 'jump',
    sentryToken: GIVEN.SENTRY_AUTH_TOKEN,
    newRelicKey: GIVEN.NEW_RELIC_LICENSE_KEY,
    anodotToken: GIVEN.ANODOT_TOKEN,
  });
  const services: Service[] = [];
  const answers: Posted[] = [];
  const search = createSearch(SECRETS);
  const said = (): (readonly [string, string])[] => [
    ...services.flatMap(({ log }) => log.map((line) => [`log: ${String(line['msg'])}`, JSON.stringify(line)] as const)),
    ...answers.flatMap(
      ({ text, headers }) =>
        [
          ['answer', text],
          ['headers of an answer', JSON.stringify([...headers])],
        ] as const,
    ),
    ...[...watch.errors].flatMap((error) => textsOf(error).map((text) => ['error', text] as const)),
    ...watch.outcomes.map((outcome) => ['outcome', JSON.stringify(outcome)] as const),
    ...watch.written.map((text) => ['stdout, stderr or warning', text] as const),
    ...['newrelic', 'anodot'].flatMap((vendor) =>
      bench.sandbox.world.received[vendor as 'newrelic'].raw.map(
        ({ path, headers, body }) => [`received by ${vendor}`, JSON.stringify([path, headers, body])] as const,
      ),
    ),
  ];
  return {
    ...bench,
    watch,
    said,
    async serveSecret(filters, env = {}) {
      const service = await bench.serve(filters, { ...GIVEN, LOG_LEVEL: 'trace', ...env }, { prepare: true });
      services.push(service);
      return {
        ...service,
        post: async (query, init = AUTHORIZED) => {
          const answer = await service.post(query, init);
          answers.push(answer);
          return answer;
        },
      };
    },
    leaks: () => [
      ...said().flatMap(([where, text]) => search(where, text)),
      ...watch.requests.flatMap((request) =>
        search(`request to ${request.service}`, requestText(request)).filter(
          ({ secret }) => secret !== OWNERS[request.service],
        ),
      ),
    ],
    async close() {
      await bench.close();
      watch.stop();
    },
  };
}

/** An error in all the ways in which somebody may print it. */
function textsOf(error: unknown): readonly string[] {
  const { stack, cause } = Object(error) as { stack?: unknown; cause?: unknown };
  return [
    inspect(error, { depth: Infinity, showHidden: true, maxStringLength: Infinity }),
    JSON.stringify(error) ?? '',
    String(error),
    String(stack),
    inspect(cause, { depth: Infinity, showHidden: true }),
  ];
}

function requestText({ url, params, headers, body }: Watch['requests'][number]): string {
  const text = body === undefined ? '' : (body[0] === 0x1f ? gunzipSync(body) : body).toString();
  return JSON.stringify([url, params, headers]) + text;
}
