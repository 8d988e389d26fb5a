import { TOKEN } from './run-trigger.ts';
import { deadUrl, stub } from './stub-servers.ts';

const LEDGER = ['--ledger'];
const REFUSALS = [400, 401, 404, 405, 413, 429, 302, 418, 204];

/** Exit code; servers in their order (a status, `-` nothing listens there, `!` must not be asked); options. */
export const PLANS: readonly (readonly [number, string, (readonly string[])?])[] = [
  [0, '200 !200'],
  [0, '202 !200'],
  [0, '503 200'],
  [0, '- 202 !200'],
  [0, '- 503 200 !503'],
  [1, '500 !200'],
  [1, '502 !200'],
  [1, '504 !200'],
  [1, '- 502 !200'],
  [1, '503 504 !200'],
  [0, '500 200', LEDGER],
  [0, '502 200', LEDGER],
  [0, '504 202 !200', LEDGER],
  [0, '502 503 - 200 !200', LEDGER],
  [1, '502 503 -', LEDGER],
  [1, '- 504', LEDGER],
  [1, '502 502', LEDGER],
  [3, '-'],
  [3, '- -'],
  [3, '503 503'],
  [3, '503 -', LEDGER],
  ...REFUSALS.flatMap(
    (status) =>
      [
        [4, `${status} !200`],
        [4, `503 ${status} !200`, LEDGER],
      ] as const,
  ),
  [4, '502 401 !200', LEDGER],
];

/**
 * A plan's servers: their addresses, how often each was asked and should be.
 * And the tries that the line should show.
 */
export async function setUp(
  plan: string,
): Promise<{ readonly urls: string[]; asked(): number[]; readonly wanted: number[]; readonly tries: string[] }> {
  const steps = await Promise.all(
    plan.split(' ').map(async (step) => {
      if (step === '-') return { url: await deadUrl(), asked: [], wanted: 0, shown: 'no answer (no connection)' };
      const status = step.replace('!', '');
      return {
        ...(await stub(Number(status), 'some', { Location: '/' })),
        wanted: step === status ? 1 : 0,
        shown: step === status ? `${step} sent=some` : null,
      };
    }),
  );
  const tries = steps.flatMap(({ url, shown }) => (shown === null ? [] : [`${url} ${shown}`]));
  return {
    urls: steps.map(({ url }) => url),
    asked: () => steps.map(({ asked }) => asked.length),
    wanted: steps.map(({ wanted }) => wanted),
    tries,
  };
}

/** What the line says to do about a refusal. */
export const HINTS = [
  [400, /compare the clocks/],
  [401, /TRIGGER_TOKEN/],
  [404, /before \/run/],
  [405, /before \/run/],
  [413, /proxy/],
  [429, /TRIGGER_TOKEN, like that of too many/],
  [301, /redirect/],
  [418, /check the URL/],
] as const;

/** Nothing may be posted to `url` by these. */
export function badCalls(url: string): string[][] {
  const without = [[], ['--server'], ['--ledger']];
  const after = [
    ['--timeout'],
    ['--what'],
    ['-x'],
    ['--timeout', '0'],
    ['--timeout', '-1'],
    ['--timeout', '1.5'],
    ['--timeout', ''],
    ['--timeout', '1000000'],
    ['--at', ''],
    ['--at', 'now'],
    ['--at', '1e9'],
    ['--at', '1795230600000'],
    ['--token-file', ''],
    [`--token=${TOKEN}`],
    ['127.0.0.1:3000'],
    ['ftp://a'],
    ['http://'],
    ['http:///run'],
    [''],
    ['"'],
    [`${url}/run?at=1`],
    [`${url}#x`],
    [`${url} x`],
    [`${url}\nx`],
    [`http://me:${TOKEN}@a`],
    ['http://a/$(id)'],
  ];
  return [...without, ...after.map((args) => [url, ...args])];
}
