import assert from 'node:assert/strict';
import { burst, END, type LedgerBench, openLedgerBench } from '../support/e2e/bench.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';

const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'];
/** Twelve filters, so that a run of parts would read each project several times. */
const FILTERS: readonly FilterSpec[] = [
  ...LEVELS.map((level): FilterSpec => ({ name: `web-${level}`, projects: ['web'], levels: [level] })),
  ...LEVELS.map((level): FilterSpec => ({ name: `both-${level}`, projects: ['web', 'api'], levels: [level] })),
  { name: 'web', projects: ['web'] },
  { name: 'api', projects: ['api'] },
];

for (const { name, flavour, kind } of [
  { name: 'GlitchTip, found out', flavour: 'glitchtip', kind: 'auto' },
  { name: 'Sentry, by setting', flavour: 'sentry', kind: 'pages' },
] as const) {
  describe(`read by pages with a shared ledger: ${name}`, () => {
    let bench: LedgerBench;
    beforeEach(async () => {
      bench = await openLedgerBench({ time: 'stopped', flavour });
      const { world } = bench.sandbox;
      for (const slug of ['web', 'api']) world.addProject({ slug });
      world.addEvents([...burst('web', 1, 240, { level: 'error' }), ...burst('api', 2, 30, { level: 'error' })]);
    });
    afterEach(() => bench.close());

    const serve = (prepare: boolean): Promise<Service> =>
      bench.serve(
        FILTERS,
        { SENTRY_SOURCE: kind, SENTRY_PAGES_PER_SECOND: '0', LEDGER_URL: bench.ledgerUrl },
        { prepare },
      );
    const pages = (): string[] =>
      bench.sandbox.world.requests
        .all()
        .filter(({ endpoint }) => endpoint === 'project-events')
        .map(({ path, query }) => `${path} ${query.find(([key]) => key === 'cursor')?.[1] ?? 'first'}`);

    for (const prepare of [true, false]) {
      it(`each page of each project is asked for once, for all filters${prepare ? '' : ', in the very first run too'}`, async () => {
        const service = await serve(prepare);
        const { status, body, text } = await service.post(`?end=${new Date(END).toISOString()}`);
        assert.equal(status, 200, text.slice(0, 500));
        const counted = new Map(
          body.reports.map((report: { filter: string; totals: readonly { events: number }[] }) => [
            report.filter,
            report.totals.map(({ events }) => events),
          ]),
        );
        assert.deepEqual([counted.get('web'), counted.get('api'), counted.get('both-error')], [[240], [30], [240, 30]]);
        const asked = pages();
        assert.ok(asked.filter((page) => page.includes('/web/')).length >= 3, asked.join('\n'));
        assert.ok(asked.some((page) => page.includes('/api/')));
        assert.deepEqual(asked.toSorted(), [...new Set(asked)].toSorted());
      });
    }
  });
}
