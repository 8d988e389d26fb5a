import assert from 'node:assert/strict';
import type { Deploy } from '../../../../src/core/model/alerting/deploy.ts';
import { deployBody, deployBy } from '../../../../src/core/telling/deploys/deploy-by.ts';

const NOW = Date.UTC(2026, 10, 20, 10);
const FILTERS = [
  { name: 'shop', team: 'crm' },
  { name: 'back', team: 'crm' },
  { name: 'jobs', team: undefined },
];

describe('a release that somebody tells of', () => {
  const by = async (words: Readonly<Record<string, unknown>>, known: readonly Deploy[] = [], filters = FILTERS) => {
    const outbox = { deploys: async () => known, deploy: async () => undefined };
    return deployBody(await deployBy(words, { outbox, filters, now: NOW }));
  };

  it('lasts half an hour, or as long as is said, and goes on since it was told first', async () => {
    assert.deepEqual(await by({ filter: 'shop', release: '1.2' }), {
      ...{ filter: 'shop', release: '1.2', since: '2026-11-20T10:00:00.000Z', until: '2026-11-20T10:30:00.000Z' },
    });
    const what = { kind: 'team', name: 'crm' } as const;
    const known = { id: JSON.stringify(['team', 'crm', '1.2']), what, release: '1.2', since: NOW - 60_000, until: NOW };
    const { since, until } = await by({ team: 'crm', release: '1.2', minutes: 5 }, [known]);
    assert.deepEqual([since, until], ['2026-11-20T09:59:00.000Z', '2026-11-20T10:05:00.000Z']);
  });

  it('is refused where nobody says what is released, or names what is not there', async () => {
    for (const [words, message] of [
      [{ release: '1' }, 'says not what is released; write filter or team'],
      [{ filter: 'shop', team: 'crm', release: '1' }, 'says both; write filter or team'],
      [{ filter: 'shp', release: '1' }, 'no filter is named "shp"; there are shop, back, jobs'],
      [{ team: 'x', release: '1' }, 'no team is named "x"; there are crm'],
    ] as const)
      await assert.rejects(by(words), { message });
    await assert.rejects(by({ team: 'x', release: '1' }, [], [FILTERS[2]!]), {
      message: 'no team is named "x"; there is none',
    });
    await assert.rejects(by({ filter: 'shop' }), /release/);
  });
});
