import assert from 'node:assert/strict';
import type { Json } from '../../support/e2e/json.ts';
import { type AlertBench, iso, openAlertBench } from '../../support/telling/alert-bench.ts';
import { type Ran, rulesText, runCommand } from '../../support/telling/alert-commands.ts';

const RULES = ['events > 100', { when: 'new', tell: ['hook', 'console'] }];

describe('why', () => {
  let bench: AlertBench;
  beforeEach(async () => {
    bench = await openAlertBench();
  });
  afterEach(() => bench.close());

  const why = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    runCommand(bench, rulesText(bench, RULES), ['why', ...args], { env });
  const rows = async (...args: readonly string[]): Promise<readonly Json[]> => {
    const { code, stdout, stderr } = await why([...args, '--json']);
    assert.deepEqual([code, stderr], [0, '']);
    return JSON.parse(stdout) as readonly Json[];
  };

  /** A service that has run each of these windows. */
  async function live(...counts: readonly number[]): Promise<void> {
    counts.forEach((events, window) => bench.fill(window, events));
    const service = await bench.serveRules(RULES, { env: { LEDGER_URL: bench.ledgerUrl } });
    for (const window of counts.keys()) {
      bench.at(window);
      await service.post();
    }
    await service.close();
  }

  it('says of a filter what each rule decided in a window, for each recipient, with the numbers', async () => {
    await live(98, 101, 120);
    const keys = ['filter', 'rule', 'subject', 'window', 'recipient', 'decision', 'why', 'value', 'limit'];
    const said = await rows('shop', '--at', iso(0));
    assert.ok(said.every((row) => Object.keys(row).toSorted().join() === keys.toSorted().join()));
    assert.deepEqual(
      said.map((row) => [row.rule, row.subject, row.recipient, row.decision, row.value, row.limit]),
      [
        ['events > 100', 'shop', 'hook', 'not yet', 98, 100],
        ['new', '101', 'hook', 'told', 98, null],
        ['new', '101', 'console', 'told', 98, null],
      ],
    );
    assert.deepEqual(said[0]!.window, { start: iso(0), end: iso(1) });
    const [fired] = await rows('shop', '--at', iso(1));
    assert.deepEqual([fired.decision, fired.value], ['told', 101]);
    const [lasts] = await rows('shop');
    assert.deepEqual([lasts.decision, lasts.value, lasts.window.start], ['repeat due', 120, iso(2)]);
  });

  it('says of an issue only what is about it, in every filter that has counted it', async () => {
    await live(98);
    assert.deepEqual(
      (await rows('101')).map(({ rule, subject, recipient }) => [rule, subject, recipient]),
      [
        ['new', '101', 'hook'],
        ['new', '101', 'console'],
      ],
    );
  });

  it('says that the channel fails, and why', async () => {
    bench.receiver.answer(503);
    await live(101);
    const [row] = await rows('shop');
    assert.equal(row.decision, 'failing');
    assert.match(
      row.why,
      /^101 events in .* \(limit 100\); pending after 1 try: .*503.*, tried again from 2026-11-20 /,
    );
    const { stdout } = await why(['shop']);
    assert.match(stdout, /^hook fails, nothing has reached it yet: .*503/m);
  });

  it('is short and whole for people, on 80 columns', async () => {
    await live(98);
    const { stdout } = await why(['shop']);
    assert.equal(
      stdout,
      `shop, from 2026-11-20 10:00 to 10:05 UTC
   events > 100
      not yet     hook: 98 events in 10:00–10:05 UTC (limit 100)
   new
      101 Error: trouble 101
      told        hook, console: 98 events in 10:00–10:05 UTC of an issue that
                  was never seen before
`,
    );
  });

  it('cannot be called otherwise, and needs a ledger', async () => {
    await live(98);
    for (const [args, said] of [
      [[], /why needs the id of one issue, the name of one filter, or the ids of two events/],
      [['desk'], /"desk" is no filter with alerts \(there are shop\), and none of them has counted an issue/],
      [['shop', '--at', 'noon'], /--at noon is no instant; write ISO with zone, such as /],
      [['shop', '--at', iso(1)], /its window is not settled; the newest one begins at /],
      [['shop', '--at', iso(-600)], /windows are known for 48 hours/],
    ] as const) {
      const { code, stderr } = await why(args);
      assert.equal(code, 2);
      assert.match(stderr, said);
    }
    const away = await why(['shop'], { LEDGER_URL: `${bench.ledgerUrl}/no-such-folder/x.db` });
    assert.equal(away.code, 1);
    assert.match(away.stderr, /^fault {4}LEDGER_URL: (?!LEDGER_URL)/, 'the setting is named once');
    const none = await why(['shop'], { LEDGER_URL: '' });
    assert.deepEqual(
      [none.code, none.stderr],
      [1, 'fault    LEDGER_URL: is not set, and why needs the ledger of the service\n'],
    );
  });
});
