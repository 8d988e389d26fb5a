import assert from 'node:assert/strict';
import { withTickets } from '../../../src/core/digests/with-tickets.ts';
import { linesOf } from '../../../src/core/digests/words/lines.ts';
import { digestOf, filterOf, issueOf } from '../../support/digests/digests.ts';

const TICKET = { key: 'CRM-12', url: 'https://jira.example.com/x', status: 'In Arbeit', assignee: null, isDone: false };

describe('tickets in a digest', () => {
  const [a, b] = ['1', '2'].map((id) => issueOf({ id, project: 'web', title: `Error: ${id}`, url: null }));
  const digest = digestOf({
    filters: [filterOf({ biggest: [a!, b!], new: { count: 1, first: [a!] } })],
    zone: 'UTC',
    chart: null,
  });

  it('stand with the issues that it names, each asked for once', async () => {
    const asked: unknown[] = [];
    const told = await withTickets(digest, async (issues) => {
      asked.push(...issues);
      return new Map([['web/1', [TICKET]]]);
    });
    assert.deepEqual(
      asked.filter((it) => (it as { project: string }).project === 'web'),
      [
        { project: 'web', id: '1' },
        { project: 'web', id: '2' },
      ],
    );
    const lines = linesOf(told).filter((line) => line.includes('Error: '));
    assert.equal(lines.filter((line) => line.includes('Error: 1; CRM-12: In Arbeit, nobody')).length, 1);
    assert.ok(lines.every((line) => !line.includes('Error: 2; ')));
  });

  it('are left out where there are none', async () => {
    assert.equal(await withTickets(digest, undefined), digest);
    assert.equal(await withTickets(digest, async () => new Map()), digest);
  });
});
