import assert from 'node:assert/strict';
import type { Json } from '../../support/e2e/json.ts';
import { type AlertBench, iso, openAlertBench } from '../../support/telling/alert-bench.ts';
import { type Ran, rulesText, runCommand, type RunMore } from '../../support/telling/alert-commands.ts';

const RULES = ['events > 100', 'new'];

/** What was told, message by message. */
function told(messages: readonly { alerts: readonly Json[] }[]): unknown {
  return messages.map(({ alerts }) => alerts.map(({ id, state, window, why }) => [id, state, window.start, why]));
}

describe('rules try', () => {
  let bench: AlertBench;
  beforeEach(async () => {
    bench = await openAlertBench();
  });
  afterEach(() => bench.close());

  const tryRules = (rules: readonly unknown[], args: readonly string[], more?: RunMore): Promise<Ran> =>
    runCommand(bench, rulesText(bench, rules), ['rules', 'try', ...args], more);

  /** A service that has run each of these windows. */
  async function live(counts: readonly number[]): Promise<void> {
    counts.forEach((events, window) => events > 0 && bench.fill(window, events));
    const service = await bench.serveRules(RULES, { env: { LEDGER_URL: bench.ledgerUrl } });
    for (const window of counts.keys()) {
      bench.at(window);
      assert.equal((await service.post()).status, 200);
    }
    await service.close();
  }

  it('says of what the ledger holds what was told in it, message for message', async () => {
    await live([50, 101, 20, 20, 20]);
    const { code, stdout, stderr } = await tryRules(RULES, ['--days', '1', '--json']);
    assert.deepEqual([code, stderr], [0, '']);
    const { messages, basis } = JSON.parse(stdout);
    assert.equal(basis, 'ledger');
    assert.equal(bench.receiver.taken.length, 3);
    assert.deepEqual(told(messages), told(bench.receiver.taken));
    assert.deepEqual(
      messages.map(({ at, channel }: Json) => [at, channel]),
      [1, 2, 5].map((window) => [iso(window), 'hook']),
    );
  });

  it("says of a ledger that is too young what Sentry's own series say", async () => {
    [50, 101, 20, 20, 20, 150, 9, 9, 9].forEach((events, window) => events > 0 && bench.fill(window, events));
    bench.at(8);
    const { code, stdout, stderr } = await tryRules(RULES, ['--days', '1', '--json']);
    assert.deepEqual([code, stderr], [0, '']);
    const { messages, basis } = JSON.parse(stdout);
    assert.equal(basis, 'sentry');
    assert.deepEqual(
      messages.map(({ at, alerts }: Json) => [at, alerts.map(({ rule, state }: Json) => `${rule} ${state}`)]),
      [
        [iso(1), ['new told']],
        [iso(2), ['events > 100 firing']],
        [iso(5), ['events > 100 resolved']],
        [iso(6), ['events > 100 firing']],
        [iso(9), ['events > 100 resolved']],
      ],
    );
  });

  it('shows nothing when it was stopped before it had the past: zeros would be taken for calm', async () => {
    bench.fill(0, 101);
    bench.at(8);
    const stopped = await tryRules(RULES, ['--days', '1'], { shutdown: AbortSignal.abort() });
    assert.deepEqual(stopped, { code: 1, stdout: '', stderr: 'stopped before the past was read: nothing was tried\n' });
  });

  it('begins with what was before its days, and shows these days alone', async () => {
    // The days are the 288 windows that end with the one at 8.
    bench.fill(-282, 150);
    bench.at(8);
    const { code, stdout } = await tryRules(RULES, ['--days', '1', '--json']);
    assert.equal(code, 0);
    const { messages } = JSON.parse(stdout);
    assert.deepEqual(
      messages.map(({ at, alerts }: Json) => [at, alerts.map(({ rule, state }: Json) => `${rule} ${state}`)]),
      [[iso(-278), ['events > 100 resolved']]],
    );
  });

  it('takes Sentry where the ledger is away, and says so', async () => {
    bench.fill(0, 101);
    const env = { LEDGER_URL: 'postgres://monitor:secret-0123@127.0.0.1:1/monitor' };
    const { code, stdout } = await tryRules(['events > 100'], ['--days', '1'], { env });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /1 message, by Sentry's series$/m);
    assert.match(stdout, /^ {3}the ledger cannot be reached: /m);
    assert.doesNotMatch(stdout, /secret-0123/);
  });

  it('shows people when which channel would have been told what, and what is noisiest', async () => {
    await live([50, 101, 20]);
    const { stdout } = await tryRules(RULES, ['--days', '1']);
    assert.match(stdout, /^2026-11-20 10:05 UTC {2}hook\n {3}told {6}shop: new: Error: trouble 101\n/);
    assert.match(stdout, /^ {3}hook +2 +2\.0 +2 +2026-11-20 +2$/m);
    assert.match(stdout, /^ {3}shop: events > 100 +1 +1$/m);
    assert.match(stdout, /^2026-11-19T10:15 to 2026-11-20T10:15 UTC: 2 messages, by the ledger$/m);
    assert.deepEqual(
      stdout.split('\n').filter((line) => line.length > 80),
      [],
    );
  });

  it('says against other rules what is told more and less', async () => {
    await live([50, 101, 20]);
    const files = { 'old.yaml': rulesText(bench, ['events > 49']) };
    const { code, stdout } = await tryRules(RULES, ['--days', '1', '--against', 'old.yaml'], { files });
    assert.equal(code, 0);
    assert.match(stdout, /^told only now: 2 alerts$/m);
    assert.match(stdout, /^no longer told: 1 alert$/m);
    assert.match(stdout, /^ {3}hook +1 +2 +\+1$/m);
    assert.match(stdout, /^ {3}shop: events > 49 +1 +- +-1$/m);
    const markdown = await tryRules(RULES, ['--days', '1', '--against', 'old.yaml', '--markdown'], { files });
    assert.match(markdown.stdout, /^### /);
    assert.match(markdown.stdout, /^\| messages to \| before \| now \| change \|$/m);
  });

  it('cannot be called otherwise', async () => {
    for (const [args, said] of [
      [['--days', '31'], /--days: "31" is not a whole number from 1 to 30/],
      [['desk'], /filter desk is unknown; there are shop/],
      [['--json', '--markdown'], /leave one out/],
    ] as const) {
      const { code, stderr } = await tryRules(RULES, args);
      assert.equal(code, 2);
      assert.match(stderr, said);
    }
    assert.match((await tryRules([{ when: 'new', tell: [] }], [])).stderr, /none of these filters has alerts/);
  });
});
