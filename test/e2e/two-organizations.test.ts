import assert from 'node:assert/strict';
import { SPAN } from '../support/e2e/bench.ts';
import { assertExact } from '../support/e2e/exact.ts';
import { expectedOf } from '../support/e2e/expected-records.ts';
import { statusesIn } from '../support/e2e/receipts.ts';
import { openTwoOrganizations, type TwoOrganizations } from '../support/e2e/two-organizations.ts';

const HERE = { name: 'here', projects: ['web'] };
const THERE = { name: 'there', projects: ['web'], source: 'eu', sinks: ['eu-nr', 'eu-an'] };

describe('two organizations and two accounts', () => {
  let bench: TwoOrganizations;

  beforeEach(async () => (bench = await openTwoOrganizations({ time: 'jump' })));
  afterEach(() => bench.close());

  it('are read and sent to side by side, each with its own numbers and names', async () => {
    const service = await bench.start([HERE, THERE]);
    const answer = await service.post();
    const { status, body } = answer;
    assert.deepEqual([status, body.status], [200, 'ok']);
    assert.deepEqual(statusesIn(answer), [
      { newrelic: 'sent', anodot: 'sent' },
      { 'eu-nr': 'sent', 'eu-an': 'sent' },
    ]);
    assert.deepEqual(
      body.reports.map((it: { source: string; totals: { events: number }[] }) => [it.source, it.totals[0]!.events]),
      [
        ['sentry', 43],
        ['eu', 11],
      ],
    );
    const [here, there] = [bench.sandbox, bench.eu];
    assertExact(here.world.received, [expectedOf(here.world, { filter: HERE, span: SPAN, web: here.sentryUrl })]);
    assertExact(there.world.received, [
      expectedOf(there.world, { filter: THERE, span: SPAN, web: there.sentryUrl, org: 'acme-eu' }),
    ]);
  });
});
