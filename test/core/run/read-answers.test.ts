import assert from 'node:assert/strict';
import type { Answer, Ask } from '../../../src/core/model/reading.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { readAnswers } from '../../../src/core/run/read-answers.ts';
import { filterOf, readingOf, WINDOW } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';

const ASKS = ['a', 'b', 'c', 'd'].map((name): Ask => ({ filter: filterOf({ name }), window: WINDOW, want: 'full' }));
const ANSWERS: readonly Answer[] = [
  { ask: ASKS[0]!, reading: readingOf({ gaps: [{ part: 'issues', reason: 'row_limit' }] }) },
  { ask: ASKS[1]!, reading: readingOf({}) },
  { ask: ASKS[2]!, fault: { message: 'down', retryable: true } },
];

/** A source that gives these answers, and then breaks, if it is to. */
function sourceOf(answers: readonly Answer[], broken?: Error): Source {
  return {
    name: 'sentry',
    prepare: async () => [],
    async *read() {
      yield* answers;
      if (broken !== undefined) throw broken;
    },
  };
}

/** By filter: what was heard of it. */
function progress(): { read(answer: Answer): void; readonly heard: string[] } {
  const heard: string[] = [];
  return {
    heard,
    read: (answer) => void heard.push(`${answer.ask.filter.name} ${'fault' in answer ? 'fault' : 'reading'}`),
  };
}

describe('what a run reads', () => {
  it('is what the source answered; it is heard once for each ask, also for one without an answer', async () => {
    const listening = progress();
    const got: Answer[] = [];
    for await (const answer of readAnswers(sourceOf(ANSWERS), ASKS, scopeOf(), listening)) got.push(answer);
    assert.deepEqual([got, listening.heard], [ANSWERS, ['a reading', 'b reading', 'c fault', 'd fault']]);
  });

  it('that is not read to its end owes the rest', async () => {
    const listening = progress();
    for await (const _ of readAnswers(sourceOf(ANSWERS), ASKS, scopeOf(), listening)) break;
    assert.deepEqual(listening.heard, ['a reading', 'b fault', 'c fault', 'd fault']);
  });

  it('that breaks owes the rest, and goes on breaking', async () => {
    const listening = progress();
    const broken = sourceOf(ANSWERS.slice(0, 1), new Error('deep inside'));
    await assert.rejects(async () => {
      for await (const _ of readAnswers(broken, ASKS.slice(0, 2), scopeOf(), listening));
    }, /deep inside/);
    assert.deepEqual(listening.heard, ['a reading', 'b fault']);
  });
});
