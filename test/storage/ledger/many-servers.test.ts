import assert from 'node:assert/strict';
import { filterOf } from '../../support/build/reports.ts';
import { until } from '../../support/time/until.ts';
import { postgresBox } from '../../support/ledger/ledgers.ts';
import { type Server } from '../../support/ledger/servers.ts';
import { stageOf } from './shared-servers.ts';

// In one process two connections to a SQLite file would wait for each other without letting go: one server has one.
describe('many servers that share a ledger in PostgreSQL', () => {
  const { serve } = stageOf(postgresBox);

  it('triggered together share the filters: each does some, each report is sent once', async () => {
    const filters = Array.from({ length: 12 }, (_, n) => filterOf({ name: `f-${n}` }));
    const all: readonly Server[] = [1, 2, 3].map((n) =>
      serve({
        name: `host-${n}`,
        filters,
        found: async () => {
          await until('all read', () => all.every(({ source }) => source.reads.some((names) => names.length > 0)));
          return {};
        },
      }),
    );
    const results = await Promise.all(all.map((server) => server.go()));
    const sent = all.map(({ sinks }) => sinks[0]!.requests.flat());
    assert.deepEqual(sent.flat().toSorted(), filters.map(({ name }) => `${name}/crm-web`).toSorted());
    for (const some of sent) assert.ok(some.length > 0, 'each did some');
    const told = results.flatMap(({ reports }) => reports.map(({ sinks }) => sinks['one']!.status));
    assert.equal(told.filter((status) => status === 'sent').length, 12);
  });
});
