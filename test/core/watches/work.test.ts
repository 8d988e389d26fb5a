import assert from 'node:assert/strict';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import type { KeptWatch, WatchStore } from '../../../src/core/ports/watches/watch-store.ts';
import type { Measured, Watch } from '../../../src/core/ports/watches/watch.ts';
import { createWatchWork } from '../../../src/core/watches/work.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { keptWatch, planOf, watchRule } from '../../support/watches/plans.ts';

const MINUTE_MS = 60_000;
const measured = (value: Measured['value']): Measured => ({ value, more: {}, answer: `{"value":${String(value)}}` });
const upstream = (text: string, retryable: boolean): Error =>
  new UpstreamError(`github: ${text}`, { service: 'github', retryable });

/** One watch of a server, at minutes after its first look. */
function stage(answers: (name: string) => Measured | Error) {
  let now = 0;
  const rows = new Map<string, { kept: KeptWatch; slot: number }>();
  const told: string[] = [];
  const tellings: string[] = [];
  const away = new Set<string>();
  const state = { isTaken: true };
  const store: WatchStore = {
    now: async () => now,
    claim: async (name, { slot }) => {
      if (away.has(name)) throw new Error('no ledger');
      const row = rows.get(name) ?? { kept: keptWatch({ name, since: now }), slot: -1 };
      if (row.slot >= slot) return null;
      rows.set(name, { ...row, slot });
      return { token: name, kept: row.kept };
    },
    keep: async (token, { kept, tellings: some }) => {
      tellings.push(...some.map(({ news }) => `${now / MINUTE_MS} ${news}`));
      rows.set(token, { ...rows.get(token)!, kept });
      return true;
    },
    forget: async (token) => void rows.delete(token),
    read: async (name) => rows.get(name)?.kept ?? null,
    all: async () => [...rows.values()].map(({ kept }) => kept),
  };
  const watchOf = (name: string): Watch => ({
    name,
    look: async () => {
      const answer = answers(name);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const plan = planOf(watchRule({ kind: 'stale', spanMs: 150 * MINUTE_MS }));
  const gauges: number[] = [];
  const removed = new Set<string>();
  const { work } = createWatchWork({
    kind: 'watch',
    store,
    plans: () => [plan, { ...plan, name: 'other', rules: [] }].filter(({ name }) => !removed.has(name)),
    watches: new Map(['github', 'other'].map((name) => [name, watchOf(name)])),
    admin: {
      tell: async (kind, line, details = []) => {
        told.push([`${now / MINUTE_MS} ${kind}`, line, ...details].join(' | '));
        return state.isTaken;
      },
    },
    gauge: async (_plan, { value }) => {
      gauges.push(Number(value));
      return null;
    },
    leaseMs: 60_000,
    isWhole: () => true,
    page: null,
  });
  return {
    told,
    state,
    gauges,
    removed,
    tellings,
    away,
    at: async (minute: number) => {
      now = minute * MINUTE_MS;
      return (await work(scopeOf())).map(({ name, status, detail }) => `${name} ${status} ${detail}`);
    },
    kept: () => rows.get('github')!.kept,
    names: () => [...rows.keys()],
  };
}

describe('looking at watches', () => {
  it('keeps the last good answer through a bad day, and tells of it once', async () => {
    let answer: Measured | Error = measured(3);
    const { at, told, kept, gauges } = stage((name) => (name === 'github' ? answer : measured(1)));
    await at(0);
    const { good } = kept();
    for (let minute = 5; minute < 1450; minute += 5) {
      answer = upstream(minute < 25 ? 'answered 503' : 'no answer within 20 s', true);
      const done = await at(minute);
      assert.equal(done[1], 'other done 1');
      assert.deepEqual(kept().good, good);
    }
    assert.equal(told.length, 1);
    assert.match(
      told[0]!,
      /^150 watch\/github\/stale \| The watch github \(f\.yaml:1\) has had no good answer for 2 h 30/,
    );
    assert.deepEqual(kept().last, { at: 1445 * MINUTE_MS, fault: 'github: no answer within 20 s', failures: 289 });
    answer = measured(4);
    await at(1450);
    await at(1455);
    assert.deepEqual(
      told.slice(1).map((it) => it.split(' | ')[0]),
      ['1450 watch/github/recovered'],
    );
    assert.deepEqual([kept().last!.fault, kept().good!.value], [null, 4]);
    assert.equal(gauges.filter((it) => it !== 1).join(), '3,4,4', 'a value that is not there is not sent');
  });

  it('tells at once, with time and place, of what does not pass by itself', async () => {
    let answer: Error = upstream('answered 401', false);
    const { at, told } = stage(() => answer);
    await at(1);
    assert.match(told[0]!, /^1 watch\/github\/failure \| .* failed at 1970-01-01 00:01 UTC: github: answered 401$/);
    answer = new TypeError('x is undefined');
    await at(6);
    assert.match(told[2]!, /internal error: x is undefined \| at .*work\.test\.ts/);
  });

  it('tells once what was read and cannot be used, and what is new of it once an hour', async () => {
    let answer: Measured | Error = { ...measured(1), leftOut: ['"A" is in no zone', '"B" is cut'] };
    const { at, told, kept } = stage((name) => (name === 'github' ? answer : measured(1)));
    await at(0);
    await at(5);
    const line =
      'The watch github (f.yaml:1) was read, but not all of it can be used: what is named below counts for nothing. ' +
      'Mend it where it is kept.';
    assert.deepEqual(told, [`0 watch/github/left out | ${line} | "A" is in no zone | "B" is cut`]);
    answer = upstream('answered 503', true);
    await at(10);
    answer = { ...measured(1), leftOut: ['"B" is cut', '"C" is odd'] };
    for (let minute = 15; minute <= 90; minute += 5) await at(minute);
    assert.deepEqual(told.slice(1), [`60 watch/github/left out | ${line} | "C" is odd`]);
    answer = measured(1);
    await at(95);
    assert.equal('leftOut' in kept().state, false);
    answer = { ...measured(1), leftOut: Array.from({ length: 60 }, (_, index) => `"${index}" is odd`) };
    await at(120);
    const parts = told[2]!.split(' | ');
    assert.deepEqual([parts.length, parts.at(-1)], [13, 'and 40 more; sentry-monitor doctor names them']);
  });

  it('tells later what the outbox did not take', async () => {
    const answer = { ...measured(1), leftOut: ['"A" is cut'] };
    const { at, told, state } = stage((name) => (name === 'github' ? answer : measured(1)));
    state.isTaken = false;
    await at(0);
    state.isTaken = true;
    await at(5);
    await at(10);
    assert.deepEqual(
      told.map((it) => it.split(' | ')[0]),
      ['0 watch/github/left out', '5 watch/github/left out'],
    );
  });

  it('ends what lasts of one that is gone, once its interval and half an hour are over', async () => {
    const { at, removed, names, tellings } = stage((name) => (name === 'github' ? upstream('cut', true) : measured(1)));
    for (let minute = 0; minute <= 150; minute += 5) await at(minute);
    removed.add('github');
    for (let minute = 155; minute <= 185; minute += 5) await at(minute);
    assert.deepEqual([names(), tellings], [['github', 'other'], ['150 firing']]);
    for (let minute = 190; minute <= 240; minute += 5) await at(minute);
    assert.deepEqual([names(), tellings], [['other'], ['150 firing', '210 resolved']]);
  });

  it('looks once in an interval', async () => {
    const { at } = stage(() => measured(1));
    assert.equal((await at(0)).length, 2);
    assert.deepEqual(await at(4), []);
    assert.equal((await at(5)).length, 2);
  });

  it('looks in the next pass where the ledger did not say whether to', async () => {
    const { at, away } = stage(() => measured(1));
    away.add('other');
    assert.deepEqual(await at(0), ['github done 1', 'other failed internal error: no ledger']);
    away.clear();
    assert.deepEqual(await at(1), ['other done 1']);
  });
});
