import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { box, type Json, NOW, table, TEN } from '../support.ts';

const SLOT = 300_000;
const LATER = NOW + 3_600_000;

async function lively(options: { seed?: number; epoch?: number; orphans?: number } = {}): Promise<Sandbox> {
  const sandbox = await box({ story: 'lively', ...options });
  sandbox.world.clock.set(LATER);
  return sandbox;
}

describe('sandbox: the table against the truth, over the story', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await lively();
  });
  after(() => sandbox.close());

  const span = { start: TEN, end: TEN + SLOT };
  const CASES = [
    [{ ...span }, ''],
    [{ ...span, terms: ['timed out', 'basket'] }, '(message:"timed out" OR message:"basket")'],
    [{ ...span, terms: ['SELECT * FROM', 'C:\\temp'] }, '(message:"SELECT \\* FROM" OR message:"C:\\temp")'],
    [{ ...span, levels: ['error', 'fatal'], exclude: ['checkout'] }, 'level:[error,fatal] !message:"checkout"'],
    [{ ...span, environments: ['staging'] }, 'environment:staging'],
  ] as const;
  for (const [question, query] of CASES) {
    it(`agrees on ${query === '' ? 'everything' : query}`, async () => {
      const truth = sandbox.world.truth(question);
      const { body } = await table(
        sandbox,
        `field=project&field=count()&field=count_unique(user)&field=count_unique(issue.id)&sort=project&query=${encodeURIComponent(query)}`,
      );
      const rows = body.data.map((row: Json) => ({
        project: row.project,
        events: row['count()'],
        users: row['count_unique(user)'],
        issues: row['count_unique(issue.id)'],
      }));
      assert.ok(rows.length > 0);
      assert.deepEqual(
        rows,
        truth.totals.filter((one) => one.events > 0).sort((a, b) => (a.project < b.project ? -1 : 1)),
      );
      const issues = await table(
        sandbox,
        `field=issue.id&field=project&field=count()&field=count_unique(user)&sort=-count()&sort=issue.id&query=${encodeURIComponent(query)}`,
      );
      assert.deepEqual(
        issues.body.data.map((row: Json) => ({
          id: String(row['issue.id']),
          project: row.project,
          events: row['count()'],
          users: row['count_unique(user)'],
        })),
        truth.issues,
      );
    });
  }
});
