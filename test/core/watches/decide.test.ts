import assert from 'node:assert/strict';
import type { WatchRule } from '../../../src/core/model/watches/watch-plan.ts';
import type { WatchValue } from '../../../src/core/ports/watches/watch.ts';
import { decideWatch, endWatch, type RuleMemories } from '../../../src/core/watches/decide.ts';
import { planOf, watchRule } from '../../support/watches/plans.ts';

const MINUTE_MS = 60_000;
const STEP_MS = 5 * MINUTE_MS;

/** What is told of these answers, five minutes apart: its number, what it is, and since which answer. */
function toldOf(answers: readonly (WatchValue | null)[], ...rules: readonly WatchRule[]): readonly string[] {
  let memories: RuleMemories = {};
  let goodAt: number | null = null;
  return answers.flatMap((value, index) => {
    const at = (index + 1) * STEP_MS;
    if (value !== null) goodAt = at;
    const good = goodAt === null ? null : { at: goodAt, value: 0, more: {}, answer: null };
    const kept = { good, since: 0 };
    // As it is kept: as JSON.
    const decided = decideWatch(planOf(...rules), memories, { at, value, kept }, null);
    memories = JSON.parse(JSON.stringify(decided.memories)) as RuleMemories;
    return decided.tellings.map(({ news, alert }) => `${index + 1} ${news} ${Date.parse(alert.since) / STEP_MS}`);
  });
}

const DOWN = watchRule({ kind: 'changes', to: 'down' });

describe('rules of watches', () => {
  it('tell of a change to a value once, each time that it changes to it', () => {
    assert.deepEqual(toldOf(['up', 'down', 'down', 'up', 'down'], DOWN), ['2 told 2', '5 told 5']);
  });

  it('take the first value ever for a change', () => {
    assert.deepEqual(toldOf(['down', 'down'], DOWN), ['1 told 1']);
    assert.deepEqual(toldOf([null, 'down', null, 'down'], DOWN), ['2 told 2']);
  });

  it('compare yes and no, and numbers, as texts', () => {
    assert.deepEqual(toldOf([true, false, false], watchRule({ kind: 'changes', to: 'false' })), ['2 told 2']);
    assert.deepEqual(toldOf([200, 500, 503, 500], watchRule({ kind: 'changes', to: '500' })), ['2 told 2', '4 told 4']);
  });

  it('tell of a value above a limit, strictly, and of its end', () => {
    const rule = watchRule({ kind: 'above', limit: 100 });
    assert.deepEqual(toldOf([100, 101, 200, 100, 101], rule), ['2 firing 2', '4 resolved 2', '5 firing 5']);
  });

  it('tell of a value below a limit', () => {
    assert.deepEqual(toldOf([14, 13.9, 14], watchRule({ kind: 'below', limit: 14 })), ['2 firing 2', '3 resolved 2']);
  });

  it('hold and clear by so many answers in a row; failures are none', () => {
    const rule = watchRule({ kind: 'above', limit: 1 }, { hold: 2, clear: 2 });
    assert.deepEqual(toldOf([5, 0, 5, null, 5, 0, null, 0], rule), ['5 firing 5', '8 resolved 5']);
  });

  it('say nothing of a text that is to be a number', () => {
    assert.deepEqual(toldOf(['500', 'x', true], watchRule({ kind: 'above', limit: 1 })), []);
  });

  it('repeat while it lasts, and leave out the end where that is said', () => {
    const rule = watchRule({ kind: 'above', limit: 1 }, { repeatMs: 2 * STEP_MS, resolved: false });
    assert.deepEqual(toldOf([5, 5, 5, 5, 5, 0], rule), ['1 firing 1', '3 repeat 1', '5 repeat 1']);
  });

  it('are stale when no good answer came for so long, once, until one comes', () => {
    const rule = watchRule({ kind: 'stale', spanMs: 15 * MINUTE_MS });
    assert.deepEqual(toldOf([1, null, null, null, null, 1, null], rule), ['4 firing 4', '6 resolved 4']);
    assert.deepEqual(toldOf([null, null, null, null], rule), ['3 firing 3']);
  });

  it('that are gone end what they told, at those whom they told', () => {
    const rule = watchRule({ kind: 'above', limit: 1 }, { tell: ['crm', 'night'] });
    const look = { at: STEP_MS, value: 5, kept: { good: null, since: 0 } };
    const { memories } = decideWatch(planOf(rule), {}, look, null);
    const next = decideWatch(planOf(DOWN), memories, { ...look, at: 2 * STEP_MS }, null);
    assert.deepEqual(
      next.tellings.map(({ news, channel, alert }) => [news, channel, alert.state, alert.why]),
      ['crm', 'night'].map((channel) => ['resolved', channel, 'resolved', 'the rule was changed or removed']),
    );
    assert.deepEqual(Object.keys(next.memories), ['r']);
    assert.equal(endWatch(memories, 2 * STEP_MS).tellings.length, 2);
    assert.deepEqual(endWatch(next.memories, 3 * STEP_MS).tellings, []);
  });

  it('say why, and what ends it', () => {
    const at = Date.parse('2026-11-20T10:05:00Z');
    const good = { at: at - 151 * MINUTE_MS, value: 0, more: {}, answer: null };
    const alertOf = (rule: WatchRule, value: WatchValue | null) =>
      decideWatch(planOf(rule), {}, { at, value, kept: { good, since: 0 } }, 'https://m.example.com/status')
        .tellings[0]!.alert;
    const high = alertOf(watchRule({ kind: 'above', limit: 100 }, { clear: 2 }), 101);
    assert.equal(high.why, 'the value is 101 at 2026-11-20 10:05 UTC, which is above 100');
    assert.equal(high.endsWhen, '2 answers in a row of at most 100');
    assert.deepEqual([high.value, high.limit, high.page], [101, 100, 'https://m.example.com/status']);
    assert.deepEqual([high.id, high.subject.kind], ['github/r/github@2026-11-20T10:05:00.000Z', 'part']);
    assert.equal(alertOf(DOWN, 'down').why, 'the value is "down" since 2026-11-20 10:05 UTC');
    assert.equal(
      alertOf(watchRule({ kind: 'stale', spanMs: 150 * MINUTE_MS }), null).why,
      'there has been no good answer for 2 h 31 min, since 2026-11-20 07:34 UTC',
    );
  });
});
