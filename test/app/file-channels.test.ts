import assert from 'node:assert/strict';
import { assemble } from '../../src/app/assemble.ts';
import { StartError } from '../../src/app/start-error.ts';
import { worldOf } from './fake-world.ts';

const PD_KEY = 'p1a2g3e4r5k6e7y8p1a2g3e4r5k6e7y8';
const NIGHT = 'channels:\n  night: { pagerduty: PD_KEY }\n';

const start = (text: string, env: Record<string, string> = {}) =>
  assemble(worldOf({ PD_KEY, ...env }, { 'config/filters.yaml': text }).world);

function faultsOf(text: string, env?: Record<string, string>): readonly string[] {
  try {
    return start(text, env).filters.faults.map((fault) => `${fault.where}: ${fault.text}`);
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return error.faults;
  }
}

const withRules = (rules: string, channels = NIGHT): string =>
  `${channels}filters:\n  - { name: f1, projects: [web], ${rules} }\n`;

describe('a channel of a file whose vendor has variables of the service', () => {
  it('is set up by both', () => {
    assert.deepEqual(faultsOf(withRules('tell: night, alerts: [new]')), []);
    const program = start(withRules('tell: night, alerts: [new]'));
    assert.equal(program.redact(PD_KEY), '***');
  });

  it('names the variable that is wrong, and is told nothing until then', () =>
    assert.deepEqual(faultsOf(withRules('tell: night, alerts: [new]'), { PAGERDUTY_URL: 'pagerduty.example.com' }), [
      'config/filters.yaml:2: night: PAGERDUTY_URL is not an http or https address; write it in full, such as https://sentry.example.com',
      'config/filters.yaml:4: tell: "night" is set up wrong in config/filters.yaml:2; it is told nothing until that is mended',
    ]));

  it('cannot say them itself: its address would get whatever key it names', () =>
    assert.match(
      faultsOf(
        withRules('tell: night, alerts: [new]', NIGHT.replace('PD_KEY', 'PD_KEY, url: https://evil.example.com')),
      ).join(),
      /night: "?url"? is not a key of pagerduty|url.*is not a key of pagerduty/,
    ));
});

describe('rules that tell a pager', () => {
  const severities = (rules: string): readonly unknown[] =>
    start(withRules(rules)).filters.filters.flatMap(({ alerts = [] }) => alerts.map(({ severity }) => severity));

  it('are critical, where they do not say otherwise', () => {
    assert.deepEqual(severities('tell: night, alerts: [new, { when: any, severity: info }]'), ['critical', 'info']);
    assert.deepEqual(severities('tell: console, alerts: [new, { when: any, tell: [console, night] }]'), [
      'warning',
      'critical',
    ]);
    assert.deepEqual(severities('tell: night, severity: warning, alerts: [new]'), ['warning']);
  });

  it('say that they repeat only where the rule itself does', () => {
    const [one, other] = start(
      withRules('tell: night, repeat: 1h, alerts: [events > 5, { when: events > 9, repeat: 2h }]'),
    ).filters.filters[0]!.alerts!;
    assert.deepEqual(
      [one!.isRepeatItsOwn, one!.repeatMs, other!.isRepeatItsOwn, other!.repeatMs],
      [undefined, 3_600_000, true, 7_200_000],
    );
  });

  it('are named where they have quiet hours, which do not hold there', () => {
    const warned = (rules: string): readonly string[] =>
      start(withRules(rules)).filters.warnings.map(({ where, text }) => `${where}: ${text}`);
    assert.deepEqual(warned('tell: [console, night], quiet: 22-07 UTC, alerts: [new]'), [
      'config/filters.yaml:4: alerts: the quiet hours of new do not hold for night, which wakes people at any hour; ' +
        'write quiet: there, where that is not meant',
    ]);
    assert.deepEqual(warned('tell: console, quiet: 22-07 UTC, alerts: [new]'), []);
  });
});
