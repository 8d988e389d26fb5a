import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import { explain } from '../../../../src/core/alerts/explain/explain.ts';
import { withFates } from '../../../../src/core/alerts/explain/with-fates.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { at, type Engine, startEngine } from '../../../support/alerting/engine/engine.ts';
import { factsOf, happenings, RULES } from '../../../support/alerting/engine/histories.ts';
import { stateIn } from '../../../support/alerting/whole/filling.ts';

async function inOrder(facts: readonly WindowFacts[]): Promise<Engine> {
  const engine = startEngine();
  for (const it of facts) await engine.decide([it], RULES);
  return engine;
}

async function inAnyOrder(facts: readonly WindowFacts[], picks: Iterator<number>, now: number): Promise<Engine> {
  const left = [...facts];
  const engine = startEngine();
  while (left.length > 0) await engine.decide(left.splice(picks.next().value! % left.length, 1), RULES, { now });
  return engine;
}

function sorted(all: readonly string[]): readonly string[] {
  return [...all].sort();
}

/** More with RUNS=…, by hand. */
const RUNS = Number(process.env['RUNS'] ?? 20);

describe('deciding, for any history', () => {
  it('explaining agrees with what was told, for every rule, subject, recipient and window', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (all) => {
        const facts = factsOf(all);
        const engine = await inOrder(facts);
        const tellings = await engine.tellings();
        for (const { window } of facts) {
          const lines = await explain({ filter: filterOf({ name: 'crm', alerts: RULES }), at: window.start }, engine);
          const told = tellings.filter((it) => it.window === window.start);
          assert.deepEqual(sorted(lines.flatMap(({ keys }) => keys)), sorted(told.map(({ key }) => key)));
          const saying = lines.filter(({ decision }) => decision === 'told');
          assert.deepEqual(
            sorted(saying.map(({ rule, subject, recipient }) => `${rule} ${subject} ${recipient}`)),
            sorted([...new Set(told.map(({ alert, channel }) => `${alert.rule} ${alert.subject.id} ${channel}`))]),
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('any order of filling windows ends in the same states, and tells of issues by their titles', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.infiniteStream(fc.nat()), async (all, picks) => {
        const facts = factsOf(all);
        const engine = await inAnyOrder(facts, picks, at(all.length + 1));
        assert.deepEqual(await stateIn(engine), await stateIn(await inOrder(facts)));
        for (const { alert } of await engine.tellings()) {
          const { kind, id, title } = alert.subject;
          assert.equal(title, kind === 'issue' ? `Error: number ${id}` : id, alert.id);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('in any order what is said to be told is what is, once', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.infiniteStream(fc.nat()), async (all, picks) => {
        const facts = factsOf(all);
        const engine = await inAnyOrder(facts, picks, at(all.length + 1));
        for (const { window } of facts) {
          const lines = await explain({ filter: filterOf({ name: 'crm', alerts: RULES }), at: window.start }, engine);
          const held = await engine.outbox.tellings({ from: window.start, to: window.end, filter: 'crm' });
          const said = withFates(lines, held, []).flatMap(({ decision, keys }) =>
            keys.map((key) => `${decision} ${key}`),
          );
          assert.deepEqual(sorted(said), sorted(held.map(({ key }) => `told ${key}`)));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('also where a begin that people know is disproved by the window in which another ends', async () => {
    const whole = (isWhole: boolean) => ({ issues: [0, 0, 0], isWhole, isTrending: false });
    const facts = factsOf([whole(true), null, whole(false), whole(false), ...Array<boolean>(8).fill(true).map(whole)]);
    const engine = startEngine();
    for (const start of [10, 6, 4, 8, 11, 7, 3, 5, 9, 12, 1].map(at))
      await engine.decide(
        facts.filter(({ window }) => window.start === start),
        RULES,
        { now: at(13) },
      );
    assert.deepEqual(await stateIn(engine), await stateIn(await inOrder(facts)));
  });

  it('deciding all of it again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.nat(), async (all, pick) => {
        const facts = factsOf(all);
        if (facts.length === 0) return;
        const engine = await inOrder(facts);
        const [tellings, state] = [await engine.tellings(), await stateIn(engine)];
        await engine.decide([facts[pick % facts.length]!], RULES, { now: at(1_000) });
        await engine.decide(facts, RULES, { now: at(1_000) });
        assert.deepEqual(await engine.tellings(), tellings);
        assert.deepEqual(await stateIn(engine), state);
      }),
      { numRuns: RUNS },
    );
  });
});
