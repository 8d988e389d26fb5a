import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { eraseUser } from '../../../src/commands/erase/erase-user.ts';
import { type AlertBench, openAlertBench } from '../../support/telling/alert-bench.ts';
import { commandWorld, type Ran, rulesText, runCommand } from '../../support/telling/alert-commands.ts';

describe('erase', () => {
  let bench: AlertBench;
  before(async () => {
    bench = await openAlertBench();
    await run('mute', 'filter', 'shop', '--why', 'marta@example.com asks');
  });
  after(() => bench.close());

  const run = (...words: readonly string[]): Promise<Ran> => runCommand(bench, rulesText(bench, ['new']), words);

  it('says what there is, and changes nothing of it', async () => {
    const { code, stdout } = await run('erase', '--user', 'marta@example.com', '--dry-run');
    assert.equal(code, 0);
    assert.equal(stdout, 'stored of that user, in rows of\n        1  mutes\n        1  actions\n');
    const json = await run('erase', '--user', 'marta@example.com', '--dry-run', '--json');
    assert.deepEqual(JSON.parse(json.stdout), {
      ...{ dryRun: true, left: [], trace: null },
      rows: [
        { table: 'mutes', rows: 1 },
        { table: 'actions', rows: 1 },
      ],
    });
  });

  it('is a bad call without a name, with one that anything may be, and where nobody can be asked', async () => {
    for (const [words, why] of [
      [[], /say whom: --user <name>/],
      [['--user', ' '], /--user: a name is empty/],
      [['--user', 'id:'], /--user: a name is empty/],
      [['--user', 'me'], /--user: me is too short: .* as in id:me/],
      [['--user', 'x'.repeat(201)], /more than 200 letters/],
      [['--user', 'erased'], /is part of \[erased\]/],
      [['--user', 'marta@example.com'], /nothing was erased: nobody can be asked here; say --yes/],
    ] as const) {
      const { code, stderr } = await run('erase', ...words);
      assert.equal(code, 2);
      assert.match(stderr, why);
    }
  });

  it('asks on a terminal, and does nothing without a yes', async () => {
    const asked: string[] = [];
    const answer = (say: string) => ({ ask: async (question: string) => (asked.push(question), say) });
    const out: string[] = [];
    const call = { isDry: false, isRewritten: false, json: false };
    const world = commandWorld(bench, rulesText(bench, ['new']), {}, { out, err: [] });
    assert.equal(await eraseUser({ ...call, names: ['marta@example.com'], asker: answer('no') }, world), 2);
    assert.match(out.join(''), /stored of that user[^]*\nnothing was erased\n$/);
    assert.equal(await eraseUser({ ...call, names: ['nobody@example.com'], asker: answer('yes') }, world), 0);
    assert.deepEqual(asked, ['Erase it? It cannot be had back']);
    assert.match(out.join(''), /nothing is stored of that user\n$/);
  });

  it('takes it out, notes that without the name, and finds nothing the next time', async () => {
    const { code, stdout } = await run('erase', '--user', 'marta@example.com', '--yes');
    assert.deepEqual([code, stdout], [0, 'erased, in rows of\n        1  mutes\n        1  actions\n']);
    assert.match((await run('mute')).stdout, /\[erased\] asks/);
    const file = new DatabaseSync(bench.ledgerUrl.replace('sqlite:', ''));
    const [done, ...more] = file.prepare("select action from sentry_monitor_actions where kind = 'erase'").all();
    file.close();
    const { by, target, text: what } = JSON.parse(String(done!['action']));
    assert.deepEqual([by, target, what, more.length], ['cli', '', '1 mutes, 1 actions', 0]);
    const again = await run('erase', '--user', 'marta@example.com', '--yes');
    assert.deepEqual([again.code, again.stdout], [0, 'nothing was stored of that user\n']);
  });

  it('needs a ledger', async () => {
    const text = rulesText(bench, ['new']);
    const ran = await runCommand(bench, text, ['erase', '--user', 'marta@example.com', '--yes'], {
      env: { LEDGER_URL: '' },
    });
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, /LEDGER_URL: is not set, and erase needs the ledger of the service/);
  });
});
