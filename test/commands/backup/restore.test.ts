import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { realWorld } from '../../../src/app/real-world.ts';
import { backup } from '../../../src/commands/backup/index.ts';
import type { Command } from '../../../src/commands/command.ts';
import { restore } from '../../../src/commands/restore/index.ts';
import { folder } from '../../support/process/temp-folder.ts';

const NAME = 'mon-1_2026-11-28T15-00-00Z_ledger.sqlite.gz';

describe('the command restore', () => {
  let files: ReturnType<typeof folder>;
  before(async () => {
    files = folder({ 'f.yaml': 'filters: [{ name: crm-web, projects: [web] }]\n' });
    fs.mkdirSync(files.file('copies'));
    assert.equal((await said(backup, ['--to', files.file('copies')])).code, 0);
  });
  after(() => files.remove());

  async function said(command: Command, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const [out, err]: [string[], string[]] = [[], []];
    const env = {
      FILTERS: files.file('f.yaml'),
      LEDGER_URL: `sqlite:${files.file('ledger.db')}`,
      SENTRY_ORG: 'acme',
      SENTRY_AUTH_TOKEN: 'acme-token-of-sentry',
      ...more,
    };
    const world = realWorld(new AbortController().signal, {
      env,
      server: 'mon-1',
      now: () => Date.parse('2026-11-28T15:00:00Z'),
      out: { write: (line: string) => out.push(line) },
      err: { write: (line: string) => err.push(line) },
    });
    const code = await command.run(args, world);
    return { code, out: out.join(''), err: err.join('') };
  }
  const from = (): readonly string[] => ['--from', files.file('copies')];

  it('lists copies, and says which nothing proves', async () => {
    const older = NAME.replace('11-28', '11-21');
    fs.writeFileSync(files.file(`copies/${older}`), '');
    const broken = NAME.replace('11-28', '11-14');
    fs.writeFileSync(files.file(`copies/${broken}`), '');
    fs.writeFileSync(files.file(`copies/${broken}.proof.json`), 'null');
    const { code, out } = await said(restore, from());
    assert.equal(code, 0);
    const [first = '', ...others] = out.trim().split('\n');
    assert.ok(first.startsWith(`${NAME.replace('ledger.sqlite', 'config.json')}  2 files`));
    assert.ok(others.shift()!.startsWith(`${NAME}  schema `));
    assert.deepEqual(others, [`${older}  NOT PROVEN`, `${broken}  NOT PROVEN`]);
    const json = JSON.parse((await said(restore, [...from(), '--json'])).out) as readonly object[];
    const row = { name: older, server: 'mon-1', at: '2026-11-21T15:00:00.000Z', item: 'ledger', proof: null };
    assert.deepEqual(json[2], row);
    const refused = await said(restore, [older, ...from(), '--into', `sqlite:${files.file('no.db')}`]);
    assert.match(refused.err, /nothing proves it \(no \.proof\.json beside it\)/);
    const damaged = await said(restore, [older, ...from(), '--unproven', '--into', `sqlite:${files.file('no.db')}`]);
    assert.match(damaged.err, /the copy is damaged|no tables of a ledger/);
    fs.unlinkSync(files.file(`copies/${older}`));
    fs.unlinkSync(files.file(`copies/${broken}`));
    assert.equal((await said(restore, ['--from', files.file('f.yaml')])).code, 1);
    fs.mkdirSync(files.file('none'));
    assert.equal((await said(restore, ['--from', files.file('none')])).out, 'there are no copies\n');
  });

  it('makes a ledger of one, and never where something is', async () => {
    const into = `sqlite:${files.file('new.db')}`;
    const taken = await said(restore, [NAME, ...from()]);
    assert.deepEqual([taken.code, taken.out], [1, '']);
    assert.match(taken.err, /ledger\.db is there: nothing is overwritten/);
    const done = await said(restore, [NAME, ...from(), '--into', into]);
    assert.deepEqual([done.code, done.err], [0, '']);
    assert.match(
      done.out,
      /^restored: schema \d+, .*\n0 messages and 0 pieces of news held: sentry-monitor restore --send/,
    );
    const ledger = { LEDGER_URL: into };
    const sent = await said(restore, ['--send-pending'], ledger);
    assert.equal(sent.out, '0 messages and 0 pieces of news will be sent with the next run\n');
    const dropped = await said(restore, ['--drop-pending', '--json'], ledger);
    assert.deepEqual(JSON.parse(dropped.out), { messages: 0, tellings: 0 });
  });

  it('writes the files of a copy of config below a folder, never over others', async () => {
    const config = NAME.replace('ledger.sqlite', 'config.json');
    const into = files.file('files');
    const { code, out } = await said(restore, [config, ...from(), '--into', into]);
    const paths = [files.file('f.yaml'), '/settings.env'].map((path) => `${into}${path}`);
    assert.deepEqual([code, out], [0, paths.map((path) => `restored: ${path}\n`).join('')]);
    assert.equal(fs.readFileSync(paths[0]!, 'utf8'), fs.readFileSync(files.file('f.yaml'), 'utf8'));
    assert.match((await said(restore, [config, ...from(), '--into', into])).err, /EEXIST/);
    assert.match((await said(restore, [config, ...from()])).err, /--into is missing; name the folder/);
  });

  it('believes no copy that has changed since it was made', async () => {
    const path = files.file(`copies/${NAME}`);
    const bytes = fs.readFileSync(path);
    fs.writeFileSync(path, Buffer.concat([bytes, Buffer.from('x')]));
    const { err } = await said(restore, [NAME, ...from(), '--into', `sqlite:${files.file('x.db')}`]);
    assert.match(err, /another SHA-256/);
    fs.writeFileSync(path, bytes);
  });

  it('finds copies where backup in the files says', async () => {
    fs.writeFileSync(files.file('b.yaml'), `backup: { at: Sat 15:00 UTC, to: ${files.file('copies')} }\n`);
    const { out } = await said(restore, [], { FILTERS: files.file('b.yaml') });
    assert.equal(out.trim().split('\n').length, 2);
  });

  it('says what is wrong with a call', async () => {
    for (const args of [
      [NAME, 'other'],
      ['--send-pending', '--drop-pending'],
      [NAME, '--send-pending'],
    ])
      await assert.rejects(said(restore, args), /one thing at a time/);
    assert.match((await said(restore, [])).err, /backup: is in no filters file that can be read; name --from/);
    const none = await said(restore, [NAME, ...from()], { LEDGER_URL: '' });
    assert.match(none.err, /LEDGER_URL: is not set; set it, or name the new ledger with --into/);
    const odd = await said(restore, [NAME, ...from(), '--into', 'mysql:x']);
    assert.match(odd.err, /--into: is no ledger/);
    assert.match(
      (await said(restore, ['notes.txt', ...from()])).err,
      /notes\.txt: is no copy; restore --from .* lists/,
    );
  });
});
