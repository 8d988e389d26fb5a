import assert from 'node:assert/strict';
import { check } from '../../src/commands/check/index.ts';
import type { Command } from '../../src/commands/command.ts';
import { alerts } from '../../src/commands/generate/alerts.ts';
import { dashboard } from '../../src/commands/generate/dashboard.ts';
import { plan } from '../../src/commands/plan/index.ts';
import { worldOf } from '../app/fake-world.ts';
import type { Json } from '../support/e2e/json.ts';

const TEXT = `sources:
  eu: { sentry: acme-eu, key: EU_TOKEN, api: table, baselines: off, maxRows: 100 }
sinks:
  pay: { newrelic: 7654321, key: PAY_KEY, region: eu }
filters:
  - { name: shop, projects: [web], team: shop, alert: { above: 10 } }
  - { name: jobs, projects: [jobs], levels: [fatal] }
  - { name: pay, projects: [web], team: pay, source: eu, sinks: [pay], alert: { above: 20 } }
`;

async function run(command: Command, ...args: readonly string[]): Promise<{ code: number; said: string }> {
  const env = { EU_TOKEN: 'sntrys_eu_0123456789', PAY_KEY: 'pay-license-0123456789' };
  const { world, lines } = worldOf(env, { 'config/filters.yaml': TEXT });
  return { code: await command.run(args, world), said: lines.join('') };
}

describe('commands with several sources and sinks', () => {
  it('check says of each filter where it comes from and goes to', async () => {
    const { code, said } = await run(check);
    // What is odd about a key is said under the name that the file has for it.
    assert.match(said, /^warning {2}EU_TOKEN: is an organization token/m);
    assert.deepEqual(
      [code, said.replaceAll(/^warning.*\n/gm, '')],
      [
        0,
        'settings ok; sources: sentry, eu; sinks: anodot, newrelic, pay\n' +
          'filter   shop: web; team shop; to anodot, newrelic; alerts: 1 rule tells nobody; from sentry\n' +
          'filter   jobs: jobs; to anodot, newrelic; from sentry\n' +
          'filter   pay: web; team pay; to pay; alerts: 1 rule tells nobody; from eu\n',
      ],
    );
  });

  it('plan has each source and each account by itself, and all together', async () => {
    const { code, said } = await run(plan, '--json', '--issues', '150');
    const made: Json = JSON.parse(said);
    assert.equal(code, 0);
    const [here, there] = made.connections;
    assert.deepEqual(
      [here, there].map(({ source, org, filters }: Json) => [source, org, filters]),
      [
        ['sentry', 'acme', 2],
        ['eu', 'acme-eu', 1],
      ],
    );
    for (const kind of ['cold', 'hourly', 'warm'])
      assert.equal(made.requests[kind].all, here.cost.requests[kind].all + there.cost.requests[kind].all);
    assert.equal(made.requestsPerDay, here.cost.requestsPerDay + there.cost.requestsPerDay);
    assert.equal(made.share.requests, Math.max(here.cost.share.requests, there.cost.share.requests));
    // 2 filters of one project and 150 issues each, and one of which 100 issues are read.
    assert.deepEqual(
      made.filters.map(({ records }: Json) => records),
      [{ anodot: 3, newrelic: 1 + 1 + 150 + 3 }, { anodot: 3, newrelic: 1 + 1 + 150 + 3 }, { pay: 1 + 1 + 100 + 3 }],
    );
    assert.deepEqual(Object.keys(made.sinks).toSorted(), ['anodot', 'newrelic', 'pay']);
    assert.ok(made.newRelic.gbPerDay > made.sinks.newrelic.gbPerDay, JSON.stringify(made.newRelic));
    assert.match(made.warnings.join('\n'), /^pay: 150 issues in a window, maxRows of eu reads 100 of them/m);
  });

  it('plan shows them to people', async () => {
    const { said } = await run(plan);
    assert.match(said, /^3 filters over 2 projects of acme, acme-eu, every five minutes/);
    assert.match(said, /^ {2}sentry +acme +2 +\d+ /m);
    assert.match(said, /^ {2}eu +acme-eu +1 +\d+ /m);
    assert.match(said, /^New Relic \(newrelic\) .*\n?(.*\n)*New Relic \(pay\) /m);
  });

  it('alerts and dashboard are made for one account: its filters, and its number', async () => {
    const [usual, own] = [await run(alerts, 'newrelic'), await run(alerts, 'newrelic', '--sink', 'pay')];
    assert.deepEqual([usual.code, own.code], [0, 0]);
    assert.deepEqual(
      [usual, own].map(({ said }) => [/threshold += 10\b/.test(said), /threshold += 20\b/.test(said)]),
      [
        [true, false],
        [false, true],
      ],
    );
    assert.match(own.said, /Left out, because they are not sent to pay: shop, jobs\./);
    const board = await run(dashboard, 'newrelic', '--sink', 'pay');
    assert.ok(board.said.includes('7654321') && !/'(shop|jobs)'/.test(board.said), board.said);
    await assert.rejects(
      run(alerts, 'newrelic', '--sink', 'pai'),
      /"pai" is no sink of newrelic; there are newrelic, pay/,
    );
    await assert.rejects(run(alerts, 'prometheus', '--sink', 'pay'), /is not about a sink; leave --sink out/);
  });
});
