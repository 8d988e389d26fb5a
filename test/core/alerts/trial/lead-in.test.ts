import assert from 'node:assert/strict';
import { withLeadIn } from '../../../../src/core/alerts/trial/lead-in.ts';
import { loadFilters } from '../../../../src/config/filters/load.ts';

const HOUR = 3_600_000;
const SPAN = { start: 1000 * HOUR, end: 1024 * HOUR };

describe('what a trial reads before its span', () => {
  const minutesBefore = (rule: string): number => {
    const text = `filters:\n  - { name: shop, projects: [web], tell: console, alerts: [${rule}] }\n`;
    const { filters, faults } = loadFilters([{ path: 'a.yaml', text }]);
    assert.deepEqual(faults, []);
    const { start, end } = withLeadIn(SPAN, filters);
    assert.equal(end, SPAN.end);
    return (SPAN.start - start) / 60_000;
  };

  const CASES: readonly (readonly [string, number])[] = [
    ['new', 5 + 4 * 5],
    ['events > 100', 5 + 4 * 5],
    ["{ when: 'events > 100 in 1h', hold: 6, clear: 12 }", 60 + 18 * 5],
    ['none for 30m, events > 5', 30 + 4 * 5],
    ['events > 5 in 7d', 2 * 24 * 60],
    ['top 10 of 30d', 5 + 4 * 5],
  ];
  for (const [rule, minutes] of CASES)
    it(`is ${minutes} minutes of ${rule}`, () => assert.equal(minutesBefore(rule), minutes));
});
