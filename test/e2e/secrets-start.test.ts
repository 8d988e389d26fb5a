import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { realFiles } from '../../src/platform/real-files.ts';
import { assemble, variables } from '../../src/app/assemble.ts';
import { StartError } from '../../src/app/start-error.ts';
import type { World } from '../../src/app/world.ts';
import { check } from '../../src/commands/check/index.ts';
import { diskOf } from '../support/build/disk.ts';
import { GIVEN, SECRETS } from '../support/secrets/bench.ts';
import { createSearch } from '../support/secrets/leaks.ts';
import { KEYS } from '../support/secrets/vendor-keys.ts';

const GOOD = '{"filters":[{"name":"web","projects":["web"]}]}';
const SENSITIVE = Object.keys(GIVEN) as (keyof typeof GIVEN)[];
const PLAIN = variables.filter(({ sensitive }) => !sensitive).map(({ env }) => env);
type EnvOf = Readonly<Record<string, string>>;

/** What the start and `check` say to this environment, and how often a secret was hidden in it. */
async function wordsOf(
  env: EnvOf,
  files: Readonly<Record<string, string>> = {},
): Promise<{ readonly text: string; readonly isFaulty: boolean }> {
  const disk = filesOnDisk({ 'filters.yaml': GOOD, ...files });
  const lines: string[] = [];
  const world: World = {
    env: { SENTRY_ORG: 'acme', NEW_RELIC_ACCOUNT_ID: '1', FILTERS: 'filters.yaml', LOG_LEVEL: 'trace', ...env },
    disk,
    files: realFiles,
    now: () => 0,
    uuid: () => 'id',
    random: () => 0,
    sleep: async () => undefined,
    out: { write: (line) => lines.push(line) },
    err: { write: (line) => lines.push(line) },
    server: 'host-1',
    version: '1',
    shutdown: new AbortController().signal,
  };
  let isFaulty = false;
  try {
    const { filters, log, redact } = assemble(world);
    // As main says it, and as answers do.
    for (const { where, text } of filters.faults) log.error({ filters: where, error: text }, 'filters file left out');
    lines.push(redact(JSON.stringify(filters.faults)));
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    isFaulty = true;
    lines.push(inspect(error, { depth: Infinity, showHidden: true }), JSON.stringify(error), ...error.faults);
  }
  await check.run([], world);
  return { text: lines.join('\n'), isFaulty };
}

function filesOnDisk(files: Readonly<Record<string, string>>): World['disk'] {
  const missing = (path: string): never => {
    throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT', path });
  };
  return diskOf<Omit<World['disk'], 'promises'>>({
    statSync: (path) => (path in files ? { isDirectory: () => false, isFile: () => true, mtimeMs: 0 } : missing(path)),
    accessSync: (path) => (path in files ? undefined : missing(path)),
    readdirSync: missing,
    readFileSync: (path) => (path in files ? Buffer.from(files[path]!) : missing(path)),
  });
}

describe('secrets in the wrong place', () => {
  const search = createSearch({ ...SECRETS, ...KEYS });

  async function assertHidden(
    env: EnvOf,
    files?: Readonly<Record<string, string>>,
  ): Promise<{ readonly text: string; readonly isFaulty: boolean }> {
    const words = await wordsOf(env, files);
    assert.deepEqual(search(JSON.stringify(env).slice(0, 300), words.text), []);
    return words;
  }

  for (const name of SENSITIVE) {
    it(`are hidden when ${name} is wrong`, async () => {
      const value = GIVEN[name];
      const first = value.split(',')[0]!;
      for (const bad of [
        `${value}\n${value}`,
        `${value} ${value}`,
        `${value}ü`,
        `"${value}"\t'`,
        `${first},${first}`,
        `${first},,x`,
        `Bearer ${value} x`,
        value.repeat(30),
      ]) {
        const { text, isFaulty } = await assertHidden({ ...GIVEN, [name]: bad });
        assert.equal(isFaulty, text.includes(`${name}: `), 'a fault names its variable');
      }
      const { [name]: _own, ...others } = GIVEN;
      for (const [env, files] of [
        [{ ...GIVEN, [`${name}_FILE`]: value }, {}],
        [{ ...others, [`${name}_FILE`]: value }, {}],
        [{ ...others, [`${name}_FILE`]: 'secret' }, { secret: '' }],
        [{ ...others, [`${name}_FILE`]: 'secret' }, { secret: `${value}\n${value}` }],
        [{ ...others, [`${name}_FILE`]: 'secret' }, { secret: `${value}\n` }],
        [{ ...others, [`${name}_FILE`]: 'secret' }, { secret: value.repeat(10_000) }],
      ] as const) {
        const { text, isFaulty } = await assertHidden(env, files);
        assert.equal(isFaulty, !('secret' in files) || files.secret !== `${value}\n`);
        if (isFaulty) assert.match(text, new RegExp(`${name}(_FILE)?`));
      }
    });
  }

  it('are hidden in every other variable, alone, in an address, and where the text is cut', async () => {
    let hidden = 0;
    for (const [v, name] of PLAIN.entries()) {
      for (const [s, secret] of Object.values(SECRETS).entries()) {
        if ((v + s) % 3 !== 0) continue;
        const places = [
          secret,
          `https://me:${encodeURIComponent(secret)}@example.com`,
          `https://example.com/?token=${encodeURIComponent(secret)}`,
          `https://${secret}`,
          `${'x'.repeat(40)} ${secret}`,
          `x,${secret}`,
        ];
        // By turns: each variable meets a third of the secrets, each secret all places.
        const { text } = await assertHidden({ ...GIVEN, [name]: places[((v + s) / 3) % places.length]! });
        hidden += Number(text.includes('***'));
      }
    }
    assert.ok(hidden > PLAIN.length, `${hidden} texts did quote it`);
  });

  it('are hidden in every other variable also when nothing else tells that they are secrets', async () => {
    let hidden = 0;
    for (const [v, name] of PLAIN.entries()) {
      // By turns: each variable meets a third of the keys, each key a third of the variables.
      for (const key of Object.values(KEYS).filter((_, k) => (v + k) % 3 === 0)) {
        const { text } = await assertHidden({
          ANODOT_TOKEN: 'anodot-token-1',
          SENTRY_AUTH_TOKEN: 'sentry-token-1',
          [name]: key,
        });
        hidden += Number(text.includes('***'));
      }
    }
    assert.ok(hidden > (PLAIN.length * 2) / 3, `${hidden} texts did quote it`);
    const { text } = await assertHidden({
      ANODOT_TOKEN: 'anodot-token-1',
      SENTRY_AUTH_TOKEN: '1234567',
      NEW_RELIC_LICENSE_KEY: '1234567',
      NEW_RELIC_ACCOUNT_ID: KEYS.license,
      SENTRY_ORG: KEYS.sentry,
    });
    assert.match(
      text,
      /NEW_RELIC_ACCOUNT_ID: "\*\*\*" does not fit; .*\n(.*\n)*.*SENTRY_ORG: "\*\*\*(…)?" does not fit/,
      'key and account, token and organization were swapped',
    );
    const { text: path } = await assertHidden({ ...GIVEN, FILTERS: KEYS.trigger });
    assert.match(path, /^\*\*\*: does not exist; run init, copy/m);
  });

  it('that are none are not hidden: what is wrong can be read', async () => {
    const { text } = await wordsOf({
      ...GIVEN,
      HOST: 'monitor-2024.eu-1.example.com:80/x',
      LOG_LEVEL: 'verbose',
      SENTRY_ORG: 'acme inc',
      FILTERS: '/etc/sentry-monitor-2026/filters-2026-11-21.yaml',
      PORT: '99999',
    });
    for (const words of [
      '"monitor-2024.eu-1.example.com:80/x"',
      '"verbose"',
      '"acme inc"',
      '/etc/sentry-monitor-2026/filters-2026-11-21.yaml: does not exist',
      '"99999"',
    ])
      assert.ok(text.includes(words), words);
    assert.ok(!text.includes('***'));
  });

  it('are hidden in the faults of filters files', async () => {
    let hidden = 0;
    for (const secret of Object.values(SECRETS)) {
      const s = JSON.stringify(secret);
      const bad = [
        `filters:\n  - name: ${s}\n    projects: [web]\n`,
        `filters:\n  - name: b\n    projects: [${s}]\n`,
        `filters:\n  - name: b\n    projects: [web]\n    ${s}: 1\n`,
        `${s}: 1\nfilters:\n  - name: b\n    projects: [web]\n`,
        `filters:\n  - name: b\n    projects: [web]\n    levels: [${s}]\n    tags: [${s}]\n    sinks: [${s}]\n    runbook: ${s}\n`,
        `filters:\n  - name: b\n    projects: [web]\n    query: ${JSON.stringify(`(${secret}`)}\n`,
        `filters: *${secret}\n`,
        `filters:\n  - name: b\n    projects: [web]\n  ${secret}\n`,
        `%${secret} x\nfilters: []\n`,
        `filters: [web]] ${secret}\n`,
        `a: b\n}${'x'.repeat(70)} ${secret}\n`,
        `filters:\n  - name: ${JSON.stringify(`${'x'.repeat(45)} ${secret}`)}\n    projects: [web]\n`,
      ];
      for (const text of bad) {
        for (const strict of ['false', 'true']) {
          const words = await assertHidden(
            { ...GIVEN, FILTERS: 'filters.yaml', STRICT_FILTERS: strict },
            { 'filters.yaml': text },
          );
          assert.ok(words.isFaulty, text);
          hidden += Number(words.text.includes('***'));
        }
      }
    }
    assert.ok(hidden > 60, `${hidden} texts did quote it`);
  });
});
