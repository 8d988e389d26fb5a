import assert from 'node:assert/strict';
import { sqlEvents } from '../../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../../support/build/reports.ts';
import { eventOf } from '../../../../support/events/events.ts';
import { KINDS } from '../../../../support/ledger/ledgers.ts';

const ISSUES = 10_000;
const WANTED_MS = 100;

/** Letters for a number: digits are no words. */
function word(n: number): string {
  return n.toString(26).replace(/\d/g, (digit) => String.fromCharCode(65 + Number(digit)));
}

function traceback(n: number): string {
  const frames = Array.from(
    { length: 20 },
    (_, at) =>
      `  File "/srv/shop/${word(n + at)}.py", line ${at}, in call_${word(at)}\n    return self.${word(n)}(cart, user)`,
  );
  return ['Traceback (most recent call last):', ...frames, `KeyError: 'cart-${word(n % 50)}'`].join('\n');
}

for (const { kind, open } of KINDS)
  describe(`issues like one of ten thousand in ${kind}`, () => {
    it('are found in a tenth of a second', async () => {
      const box = await open();
      const store = sqlEvents(box.database);
      for (let from = 0; from < ISSUES; from += 500) {
        const events = Array.from({ length: 500 }, (_, index) => {
          const n = from + index;
          // Every hundredth says the same but for the last word.
          const sample = { text: n % 100 === 0 ? traceback(0) : traceback(n), frames: [], context: [] };
          return eventOf(`e-${n}`, { issueId: `i-${n}`, at: WINDOW.start + n, sample });
        });
        await store.add({ project: 'web', events });
      }
      const took: number[] = [];
      for (let turn = 0; turn < 7; turn++) {
        const began = performance.now();
        const { issues } = await store.alike(['web'], { project: 'web', issueId: 'i-0' }, 20);
        took.push(performance.now() - began);
        assert.equal(issues.length, 20);
      }
      const [least] = took.toSorted((a, b) => a - b);
      assert.ok(least! < WANTED_MS, `${least} ms`);
      await box.close();
    });
  });
