import assert from 'node:assert/strict';
import { assemble, givenBy } from '../../src/app/assemble.ts';
import { inspect } from '../../src/app/examine/index.ts';
import { draftParts } from '../../src/app/make-parts.ts';
import { redactorForCrash } from '../../src/app/words/redactor-for-crash.ts';
import { StartError } from '../../src/app/start-error.ts';
import { filterOf, reportOf } from '../support/build/reports.ts';
import { worldOf } from './fake-world.ts';
import { EU_TOKEN, filters, KEYS, NO_SENTRY, NO_SINKS, PAY_KEY, SINKS, SOURCES } from './parts-world.ts';

const start = (text: string, env: Record<string, string> = {}) =>
  assemble(worldOf({ ...KEYS, ...env }, { 'config/filters.yaml': text }).world);

function faultsOf(text: string, env: Record<string, string> = {}): readonly string[] {
  try {
    return start(text, env).filters.faults.map((fault) => `${fault.where}: ${fault.text}`);
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return ['cannot start', ...error.faults];
  }
}

const running = (text: string, env?: Record<string, string>): readonly string[] =>
  start(text, env).filters.filters.map(({ name }) => name);

describe('parts that a file sets up', () => {
  it('stand beside those of the environment, and serve the filters that name them', () => {
    const program = start(SOURCES + SINKS + filters('', ', source: eu, sinks: [pay]', ', sinks: [pay, anodot]'));
    assert.deepEqual(
      program.sources.map(({ name }) => name),
      ['sentry', 'eu'],
    );
    assert.deepEqual(
      program.sinks.map(({ name }) => name),
      ['anodot', 'newrelic', 'pay'],
    );
    assert.deepEqual(
      program.filters.filters.map((filter) => [filter.name, program.sourceOf(filter).name, filter.sinks]),
      [
        ['f1', 'sentry', ['anodot', 'newrelic']],
        ['f2', 'eu', ['pay']],
        ['f3', 'sentry', ['pay', 'anodot']],
      ],
    );
  });

  it('hide their keys in records, answers and log', () => {
    const { world, lines } = worldOf(KEYS, { 'config/filters.yaml': SOURCES + SINKS + filters('') });
    const { redact, log, sinks } = assemble(world);
    log.info({ EU_TOKEN, PAY_KEY }, 'all');
    assert.equal(redact(`${EU_TOKEN} ${PAY_KEY}`), '*** ***');
    assert.ok(!lines.join('').includes(EU_TOKEN) && !lines.join('').includes(PAY_KEY));
    const report = reportOf({ filter: filterOf({ projects: ['web'], labels: { note: EU_TOKEN } }) });
    assert.ok(!JSON.stringify(sinks.flatMap((sink) => sink.encode(report))).includes(EU_TOKEN));
  });

  it('hide their keys also in what a command says when it breaks', () => {
    const { world } = worldOf(KEYS, { 'config/filters.yaml': SOURCES + SINKS + filters('') });
    assert.equal(redactorForCrash(world)(`${EU_TOKEN} ${PAY_KEY} and more`), '*** *** and more');
    assert.equal(redactorForCrash(worldOf(KEYS, {}).world)('words'), 'words');
  });

  it('may have their keys in files', () => {
    const { world } = worldOf(
      { EU_TOKEN_FILE: '/run/secrets/eu', PAY_KEY },
      { 'config/filters.yaml': SOURCES + SINKS + filters(', source: eu'), '/run/secrets/eu': `${EU_TOKEN}\n` },
    );
    assert.equal(assemble(world).redact(EU_TOKEN), '***');
  });

  it('are not enough to start without any filter', () => {
    assert.deepEqual(faultsOf(SINKS), [
      'cannot start',
      'config/filters.yaml: no filter is in it; write one under filters:',
    ]);
  });

  it('make SENTRY_ORG needless when every filter names a source', () => {
    assert.deepEqual(running(SOURCES + filters(', source: eu'), NO_SENTRY), ['f1']);
    assert.deepEqual(faultsOf(SOURCES + filters(', source: eu', ''), NO_SENTRY), [
      'cannot start',
      'config/filters.yaml:5: source: is missing; write eu, or set up one in the environment',
    ]);
    const [, ...faults] = faultsOf(filters(''), NO_SENTRY);
    assert.deepEqual(
      faults.map((fault) => fault.split(':')[0]),
      ['SENTRY_ORG', 'SENTRY_AUTH_TOKEN'],
    );
  });

  it('make the keys of the environment’s sinks needless when every filter names a sink', () => {
    assert.deepEqual(running(SINKS + filters(', sinks: [pay]'), NO_SINKS), ['f1']);
    assert.deepEqual(faultsOf(SINKS + filters(', sinks: [pay]', ''), NO_SINKS), [
      'cannot start',
      'config/filters.yaml:5: sinks: is missing; write [pay], or set up one in the environment',
    ]);
    assert.deepEqual(running(SINKS + filters(''), { ...NO_SINKS, DRY_RUN: 'true' }), ['f1']);
  });

  it('serve all filters that name none when SINKS names them', () => {
    const { filters: set } = start(SINKS + filters('', ', sinks: [newrelic]'), { SINKS: 'newrelic,pay' });
    assert.deepEqual(
      set.filters.map(({ name, sinks }) => [name, sinks]),
      [
        ['f1', undefined],
        ['f2', ['newrelic']],
      ],
    );
    assert.deepEqual(faultsOf(SINKS + filters(''), { SINKS: 'newrelic,pai' }), [
      'cannot start',
      'SINKS: "pai" is not a sink; write some of anodot, newrelic, pay',
    ]);
    assert.deepEqual(
      faultsOf(`${SINKS}nonsense: 1\n${filters('')}`, { SINKS: 'newrelic,pay' })[1],
      ['SINKS: names pay, which config/filters.yaml:2 sets up, and that file has faults; mend it, or remove pay'][0],
    );
  });

  it('leave out only the filters that use them when their key is missing or wrong', () => {
    const text = SOURCES + SINKS + filters('', ', source: eu', ', sinks: [pay, newrelic]');
    assert.deepEqual(running(text, { EU_TOKEN: '', PAY_KEY: 'a b' }), ['f1']);
    assert.deepEqual(faultsOf(text, { EU_TOKEN: '', PAY_KEY: 'a b' }), [
      'config/filters.yaml:2: eu: key: EU_TOKEN is not set; set it, or EU_TOKEN_FILE to a file that holds it',
      'config/filters.yaml:4: pay: key: PAY_KEY has white space inside; copy the value again, on one line',
      'config/filters.yaml:7: source: "eu" is set up wrong in config/filters.yaml:2; f2 is left out until that is mended',
      'config/filters.yaml:8: sinks: "pay" is set up wrong in config/filters.yaml:4; f3 is left out until that is mended',
    ]);
    assert.equal(faultsOf(text, { EU_TOKEN: '', STRICT_FILTERS: 'true' })[0], 'cannot start');
  });

  it('may have the service’s own key where the service itself would send it, and nowhere else', () => {
    const own = (rest: string) => `sources:\n  eu: { sentry: acme-two, key: SENTRY_AUTH_TOKEN${rest} }\n${filters('')}`;
    assert.deepEqual(faultsOf(own('')), []);
    assert.deepEqual(
      faultsOf(own(', url: https://sentry.example.com/'), { SENTRY_URL: 'https://sentry.example.com' }),
      [],
    );
    for (const [text, env] of [
      [own(', url: https://thief.example.com'), {}],
      [own(''), { SENTRY_URL: 'https://sentry.example.com' }],
    ] as const)
      assert.deepEqual(faultsOf(text, env), [
        'config/filters.yaml:2: eu: key: SENTRY_AUTH_TOKEN is for the address that the environment sets; ' +
          'name a variable of your own',
      ]);
  });

  it('may have only the keys that FILE_SECRETS names', () => {
    const text = SOURCES + SINKS + filters(', source: eu', ', sinks: [pay]');
    assert.deepEqual(running(text, { FILE_SECRETS: 'EU_TOKEN,PAY_KEY' }), ['f1', 'f2']);
    assert.deepEqual(running(text, { FILE_SECRETS: 'EU_TOKEN' }), ['f1']);
    assert.equal(
      faultsOf(text, { FILE_SECRETS: 'EU_TOKEN' })[0],
      'config/filters.yaml:4: pay: key: PAY_KEY is not in FILE_SECRETS; add it there, or name one of EU_TOKEN',
    );
  });

  it('are refused for filters that would be sent to one account twice', () => {
    const two = `sinks:\n  pay: { newrelic: 1, key: PAY_KEY }\n${filters(', sinks: [pay, newrelic]')}`;
    assert.deepEqual(faultsOf(two), [
      'cannot start',
      'config/filters.yaml:4: sinks: newrelic and pay are the same account: all would arrive twice; name one of them',
    ]);
  });

  it('have keys in variables that are not called misspelt', () => {
    const named = 'sources:\n  eu: { sentry: acme, key: SENTRY_AUTH_TOKEN_EU }\n';
    const env = { SENTRY_AUTH_TOKEN_EU: EU_TOKEN, SENTRY_AUTH_TOKEN_UE: PAY_KEY };
    const { oddities } = start(named + filters(', source: eu'), env);
    assert.deepEqual(
      oddities.filter(({ check }) => check === 'settings').map(({ variable }) => variable),
      ['SENTRY_AUTH_TOKEN_UE'],
    );
  });

  it('have keys that are known in a file with faults, too', () => {
    const faulty =
      'sources:\n  eu: { sentry: acme, key: SENTRY_AUTH_TOKEN_EU }\n  pay: { sentry: 1.5, other: 7 }\n  x: 1\n';
    const { world } = worldOf(
      { ...KEYS, SENTRY_AUTH_TOKEN_EU: EU_TOKEN, SENTRY_AUTH_TOKEN_UE: PAY_KEY },
      { 'config/filters.yaml': faulty + filters(', source: eu') },
    );
    const given = givenBy(world);
    assert.deepEqual(
      inspect(draftParts(world, given, undefined), given, world).flatMap(({ check, variable }) =>
        check === 'settings' ? [variable] : [],
      ),
      ['SENTRY_AUTH_TOKEN_UE'],
    );
  });

  it('are named when one asks the same organization with the same token', () => {
    const { filters: set } = start(
      `sources:\n  two: { sentry: acme, key: SENTRY_AUTH_TOKEN }\n${filters(', source: two')}`,
    );
    assert.deepEqual(
      set.warnings.map(({ where, text }) => `${where} ${text.slice(0, 68)}`),
      ['config/filters.yaml:2 two: asks the same organization with the same token as sentry, and n'],
    );
  });
});
