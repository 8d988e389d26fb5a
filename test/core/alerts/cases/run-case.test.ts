import assert from 'node:assert/strict';
import { runCase } from '../../../../src/core/alerts/cases/run-case.ts';
import type { Rule } from '../../../../src/core/model/alerting/rule.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';

interface Worked {
  readonly sentence: string;
  readonly given?: Partial<Rule>;
  readonly windows: readonly (number | null)[];
  readonly expect: readonly string[];
}

const HOUR = 3_600_000;
const BEATS = [9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0];

const CASES: readonly Worked[] = [
  { sentence: 'events > 100', windows: [40, 101, 20, 20, 20], expect: ['fired@2', 'resolved@5'] },
  { sentence: 'events > 100', windows: [100, 100, 101], expect: ['fired@3'] },
  { sentence: 'events > 100', windows: [101, 20, 20, null, 20, 20, 20], expect: ['fired@1', 'resolved@7'] },
  { sentence: 'events > 100', given: { hold: 2 }, windows: [101, null, 101, 101], expect: ['fired@4'] },
  {
    sentence: 'events > 100',
    given: { hold: 2 },
    windows: [101, 20, 101, 102, 20, 20, 20],
    expect: ['fired@4', 'resolved@7'],
  },
  {
    sentence: 'events > 100',
    given: { clear: 1 },
    windows: [101, 1, 101, 1],
    expect: ['fired@1', 'resolved@2', 'fired@3', 'resolved@4'],
  },
  { sentence: 'events > 100', given: { resolved: false }, windows: [101, 1, 1, 1], expect: ['fired@1'] },
  {
    sentence: 'events > 100',
    given: { repeatMs: HOUR },
    windows: Array(25).fill(101),
    expect: ['fired@1', 'repeat@13', 'repeat@25'],
  },
  {
    sentence: 'events > 100',
    given: { escalate: { afterMs: 900_000, tell: ['night'] } },
    windows: [101, 101, 101, 101, 101, 1, 1, 1],
    expect: ['fired@1', 'escalated@4', 'resolved@8'],
  },
  { sentence: 'events > 100', given: { tell: [] }, windows: [101], expect: ['fired@1'] },
  { sentence: 'events > 100 in 15m', windows: [50, 50, 1, 0, 0, 0, 0, 0], expect: ['fired@3', 'resolved@6'] },
  { sentence: 'events > 100 in 15m', windows: [50, null, 50, 1, 1], expect: [] },
  { sentence: 'events > 100', given: { each: 'issue' }, windows: [101, 0, 0, 0], expect: ['fired@1', 'resolved@4'] },
  { sentence: 'events > 100', given: { each: 'issue', min: 200 }, windows: [101, 200], expect: ['fired@2'] },
  { sentence: 'users > 50', windows: [50, 51, 1, 1, 1], expect: ['fired@2', 'resolved@5'] },
  { sentence: 'users > 50 in 15m', windows: [20, 20, 20], expect: ['fired@3'] },
  { sentence: 'new', windows: [0, 3, 4], expect: ['told@2'] },
  { sentence: 'regressed', windows: [3, 3, 0, 2], expect: ['told@1', 'told@4'] },
  { sentence: 'any', windows: [3, 0, 2], expect: ['told@1', 'told@3'] },
  { sentence: 'any', given: { repeatMs: 600_000 }, windows: [3, 3, 3, 3], expect: ['told@1', 'told@3'] },
  { sentence: 'any', given: { repeatMs: null }, windows: [3, 3, 3], expect: ['told@1'] },
  { sentence: 'title has "card"', windows: [0, 1, 1], expect: ['told@2', 'told@3'] },
  { sentence: 'trending', windows: [10, 10, 30, 10, 10, 10], expect: ['fired@3', 'resolved@6'] },
  { sentence: 'trending >= 8', windows: [10, 10, 30, 90], expect: ['fired@4'] },
  { sentence: 'anomaly', windows: [10, 10, 10, 10, 10, 10, 30], expect: ['fired@7'] },
  { sentence: 'anomaly', windows: [10, 10, 10, 10, 10, 30], expect: [] },
  { sentence: 'none for 15m', windows: [0, 0, 0, 1], expect: ['fired@3', 'resolved@4'] },
  { sentence: 'none for 15m', windows: [0, null, 0, 0, 0], expect: ['fired@5'] },
  { sentence: 'incomplete for 15m', windows: [1, null, null, null, null, 1], expect: ['fired@4', 'resolved@6'] },
  { sentence: 'top 10 of 7d > 200', windows: [100, 100, 1, 50], expect: ['told@3'] },
  {
    sentence: 'events > 0',
    given: { clear: 3 },
    windows: [...BEATS, ...BEATS],
    expect: ['fired@1', 'resolved@4', 'fired@5', 'resolved@8', 'fired@9', 'unsteady@12'],
  },
];

describe('worked cases', () => {
  for (const { sentence, given = {}, windows, expect } of CASES) {
    const options = Object.keys(given).length === 0 ? '' : ` ${JSON.stringify(given)}`;
    it(`${sentence}${options}: ${windows.join(' ')}`, () => {
      assert.deepEqual(runCase(ruleOf(sentence, given), { windows }), expect);
    });
  }

  it('of no windows tell nothing', () => {
    assert.deepEqual(runCase(ruleOf('any'), { windows: [] }), []);
  });
});
