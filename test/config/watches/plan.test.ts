import assert from 'node:assert/strict';
import { watchPlan } from '../../../src/config/watches/plan.ts';
import type { WrittenWatch } from '../../../src/config/watches/keys.ts';

const CHANNELS = { lost: new Set(['old']), pagers: new Set(['night']), recipients: new Map([['all', ['crm', 'ops']]]) };

function planOf(watch: WrittenWatch | undefined, alertLines?: readonly number[]) {
  const texts = { tls: 'example.com' };
  const part = { section: 'watches', name: 'site', line: 3, lines: new Map(), texts, file: 'f.yaml' } as const;
  return watchPlan({ ...part, ...(watch && { watch }), ...(alertLines && { alertLines }) }, CHANNELS);
}

describe('the plan of a watch', () => {
  it('has five minutes and nothing else where nothing is said', () => {
    const { name, everyMs, labels, rules, where } = planOf(undefined);
    assert.deepEqual([name, everyMs, labels, rules, where], ['site', 300_000, {}, [], 'f.yaml:3']);
  });

  it('has its interval and labels', () => {
    const { everyMs, labels } = planOf({ every: '1h', labels: { team: 'crm' } });
    assert.deepEqual([everyMs, labels], [3_600_000, { team: 'crm' }]);
  });

  it('has of a sentence alone what is usual, and where it is written', () => {
    const { rules } = planOf({ tell: 'crm', alerts: ['value < 14', 'value changes to "down"'] }, [5]);
    assert.deepEqual(rules[0], {
      ...{ name: 'value < 14', sentence: 'value < 14', condition: { kind: 'below', limit: 14 }, tell: ['crm'] },
      ...{ hold: 1, clear: 1, repeatMs: 4 * 3_600_000, resolved: true, quiet: null, severity: 'warning' },
      where: 'f.yaml:5',
    });
    assert.deepEqual([rules[1]!.resolved, rules[1]!.where], [false, 'f.yaml:3']);
  });

  it('has options of a sentence before those of the watch, and tells each channel once', () => {
    const alert = { when: 'value < 14', name: 'soon', tell: ['all', 'crm', 'old'], hold: 2, clear: 3, repeat: '1d' };
    const [rule] = planOf({ tell: 'night', severity: 'info', alerts: [{ ...alert, resolved: false }] }).rules;
    const { name, tell, hold, clear, repeatMs, resolved, severity } = rule!;
    assert.deepEqual(
      [name, tell, hold, clear, repeatMs, resolved, severity],
      [...['soon', ['crm', 'ops'], 2, 3, 86_400_000, false, 'info']],
    );
  });

  it('is critical where it wakes somebody, and tells nobody where nobody is named', () => {
    const severity = (tell: string | undefined) => planOf({ ...(tell && { tell }), alerts: ['value < 14'] }).rules[0]!;
    assert.deepEqual([severity('night').severity, severity(undefined).tell], ['critical', []]);
  });
});
