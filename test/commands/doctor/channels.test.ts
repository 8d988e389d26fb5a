import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Bench, FILTERS, openBench } from '../../support/doctor/bench.ts';
import { CHANNEL_CASES, withChannels } from '../../support/doctor/channels.ts';
import { createDatabase } from '../../../src/storage/database/database.ts';
import { createLogBook } from '../../support/build/scope.ts';

describe('doctor of channels', () => {
  let bench: Bench;
  before(async () => void (bench = await openBench()));
  beforeEach(() => bench.sandbox.world.forget());
  after(() => bench.close());

  it('asks each as far as it can be asked, the server of all mail once, and sends nobody anything', async () => {
    const { rows } = await bench.look(withChannels(bench).env);
    const own = ['crm', 'ops', 'boss', 'mail', 'chat', 'night', 'console'];
    assert.deepEqual(
      rows
        .filter(({ check }) => own.includes(check.split(/[ /]/)[0]!))
        .map(({ check, status, variable, where, say }) => [check, status, variable ?? where, say]),
      [
        ['crm token', 'ok', 'SLACK_BOT', `taken by Acme as alerts; ${hint('crm')}`],
        ['ops token', 'ok', 'TG_BOT', 'is that of acme_bot'],
        ['ops chat', 'ok', bench.files.file('filters.yaml:3'), `acme_bot knows Acme on call; ${hint('ops')}`],
        ['mail server', 'ok', 'SMTP_URL', `${new URL(bench.sandbox.addresses.smtp).host} answers, and takes the user`],
        ['chat webhook', 'ok', 'DISCORD_HOOK', `is the webhook Acme alerts; ${hint('chat')}`],
        ['night', 'ok', null, `its address and key look right; ${hint('night')}`],
      ],
    );
    const { slack, telegram, mail, discord, pagerduty } = bench.sandbox.world.received;
    for (const { messages, refused } of [slack, telegram, mail, discord, pagerduty])
      assert.deepEqual([messages, refused], [[], []]);
  });

  const hint = (name: string): string => `whether a message arrives shows sentry-monitor channels test ${name}`;

  for (const { broken, arrange, check, place, says } of CHANNEL_CASES) {
    it(`with ${broken}: this line alone fails, and says what to do`, async () => {
      const { env } = await arrange(bench);
      const { code, rows, text } = await bench.look(env);
      const failed = rows.filter(({ status }) => status === 'failed');
      assert.deepEqual(
        failed.map((row) => row.check),
        [check],
        JSON.stringify(failed),
      );
      assert.match(failed[0]!.say, says);
      assert.ok((failed[0]!.variable ?? failed[0]!.where)?.endsWith(place!), JSON.stringify(failed[0]));
      assert.equal(code, 1);
      for (const name of ['SLACK_BOT', 'TG_BOT', 'DISCORD_HOOK', 'PD', 'SMTP_URL'])
        assert.ok(!text.includes(env![name]!), name);
    });
  }

  it('reads what people keep, and tries the place of backups', async () => {
    const [sheet, kept] = [bench.files.file('duties.csv'), bench.files.file('copies')];
    writeFileSync(sheet, 'Task,Interval,Main\nTea,weekly,Ann\n');
    mkdirSync(kept);
    const text = `${FILTERS}sheets: { duties: { csv: ${sheet} } }\nbackup: { at: Sat 15:00 UTC, to: ${kept} }\n`;
    writeFileSync(bench.files.file('kept.yaml'), text);
    const { rows } = await bench.look({ FILTERS: bench.files.file('kept.yaml') });
    const own = rows.filter(({ check }) => check === 'duties' || check === 'backup');
    assert.deepEqual(
      own.map(({ check, status }) => `${status} ${check}`),
      ['ok duties', 'ok backup', 'warning backup'],
    );
    assert.deepEqual(readdirSync(kept), []);
  });

  it('shows two live processes of one name, and no restart', async () => {
    const ledger = bench.files.file('ledger.db');
    const database = createDatabase(`sqlite:${ledger}`, { now: Date.now, leaseMs: 30_000, log: createLogBook() });
    await database.ready();
    await database.close();
    const db = new DatabaseSync(ledger);
    const run = (server: string, name: string | null, ago: number): void => {
      const row = [`${server} ${name} ${ago}`, server, 0, Date.now() - ago * 60_000, 0, name];
      db.prepare(
        'insert into sentry_monitor_runs (run_id, server, window_start, started_at, reports, process) values (?, ?, ?, ?, ?, ?)',
      ).run(...row);
    };
    for (const ago of [1, 6, 11]) {
      run('host-1', 'p1', ago);
      run('host-1', null, ago + 0.5);
      run('host-2', ago === 1 ? 'p4' : 'p3', ago);
    }
    const twins = async () => {
      const { rows } = await bench.look();
      return rows.filter(({ check }) => check === 'ledger servers').map(({ status, say }) => [status, say]);
    };
    assert.deepEqual(await twins(), []);
    for (const ago of [2, 7]) run('host-1', 'p2', ago);
    const say = 'two live processes are named host-1, so each may repeat what the other sends; give each its own name';
    assert.deepEqual(await twins(), [['warning', say]]);
    db.close();
  });
});
