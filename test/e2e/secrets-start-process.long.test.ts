import assert from 'node:assert/strict';
import { endProcesses, startProcess } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { GIVEN, SECRETS } from '../support/secrets/bench.ts';
import { createSearch } from '../support/secrets/leaks.ts';
import { KEYS } from '../support/secrets/vendor-keys.ts';

const GOOD = '{"filters":[{"name":"web","projects":["web"]}]}';

describe('secrets in the wrong place, with real processes', () => {
  const search = createSearch({ ...SECRETS, ...KEYS });
  const place = folder({
    'filters.yaml': GOOD,
    broken: `filters:\n  - name: ${JSON.stringify(GIVEN.ANODOT_TOKEN)}\n    projects: [web]\n`,
  });

  after(async () => {
    await endProcesses();
    place.remove();
  });

  for (const [what, env, words] of [
    [
      'a token of two lines',
      { ...GIVEN, SENTRY_AUTH_TOKEN: `${GIVEN.SENTRY_AUTH_TOKEN}\n${GIVEN.SENTRY_AUTH_TOKEN}` },
      /SENTRY_AUTH_TOKEN: has white space inside/,
    ],
    [
      'a token as address',
      { ...GIVEN, SENTRY_URL: GIVEN.SENTRY_AUTH_TOKEN, ANODOT_URL: `https://me:${GIVEN.TRIGGER_TOKEN}@example.com` },
      /SENTRY_URL: is not an http[^]*ANODOT_URL: is not an http/,
    ],
    ['a token as path of the filters', { ...GIVEN, FILTERS: GIVEN.SENTRY_AUTH_TOKEN }, /\*\*\*: does not exist/],
    [
      'a key in the place of another',
      { ...GIVEN, NEW_RELIC_ACCOUNT_ID: KEYS.license, LOG_LEVEL: GIVEN.NEW_RELIC_LICENSE_KEY },
      /LOG_LEVEL: "\*\*\*" is not one of[^]*NEW_RELIC_ACCOUNT_ID: "\*\*\*"/,
    ],
    [
      'a token as name of its file',
      { ...GIVEN, ANODOT_TOKEN: '', ANODOT_TOKEN_FILE: GIVEN.ANODOT_TOKEN },
      /ANODOT_TOKEN: ANODOT_TOKEN_FILE names a file that cannot be read/,
    ],
    [
      'a token in a filters file',
      { ...GIVEN, FILTERS: place.file('broken') },
      /broken:2: name: "\*\*\*" does not fit|broken:2: name: "\*\*\*/,
    ],
  ] as const) {
    it(`${what}: the process tells it, masked`, async () => {
      for (const args of [['src/main.ts'], ...(what.endsWith('filters file') ? [['src/cli.ts', 'check']] : [])]) {
        const it = startProcess(args, {
          SENTRY_ORG: 'acme',
          NEW_RELIC_ACCOUNT_ID: '1',
          FILTERS: place.file('filters.yaml'),
          ...env,
        });
        assert.deepEqual(await it.end(), { code: 1, signal: null });
        assert.match(it.out() + it.err(), words);
        assert.deepEqual(search(args.join(' '), it.out() + it.err()), []);
      }
    });
  }
});
