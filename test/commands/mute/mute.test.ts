import assert from 'node:assert/strict';
import type { Json } from '../../support/e2e/json.ts';
import { type AlertBench, iso, openAlertBench } from '../../support/telling/alert-bench.ts';
import { type Ran, rulesText, runCommand } from '../../support/telling/alert-commands.ts';

const RULES = ['new', 'events > 100'];

describe('mute and unmute', () => {
  let bench: AlertBench;
  beforeEach(async () => {
    bench = await openAlertBench();
  });
  afterEach(() => bench.close());

  const run = (...words: readonly string[]): Promise<Ran> => runCommand(bench, rulesText(bench, RULES), words);
  const serve = () => bench.serveRules(RULES, { env: { LEDGER_URL: bench.ledgerUrl } });
  const statesIn = (messages: readonly Json[]): unknown =>
    messages.map(({ alerts }) => alerts.map(({ rule, state }: Json) => `${rule} ${state}`));

  it('hold back what is said of a filter, and tell it as one message at the end', async () => {
    [101, 20, 20].forEach((events, window) => bench.fill(window, events));
    const muted = await run('mute', 'filter', 'shop', '--for', '10m', '--why', 'moving house');
    assert.equal(muted.code, 0);
    assert.match(
      muted.stdout,
      /^[0-9a-f-]{13} filter shop is muted until 2026-11-20 10:17 UTC: moving house \(by\n?\s?cli\)\n$/,
    );
    const service = await serve();
    const { body } = await service.post();
    assert.deepEqual(
      body.alerts.map(({ channels }: Json) => [channels.hook.status, channels.hook.error]),
      [
        ['muted', 'muted until 2026-11-20 10:17 UTC: moving house'],
        ['muted', 'muted until 2026-11-20 10:17 UTC: moving house'],
      ],
    );
    bench.at(1);
    await service.post();
    assert.deepEqual(bench.receiver.taken, []);
    bench.at(2);
    await service.post();
    assert.deepEqual(statesIn(bench.receiver.taken), [['new told', 'events > 100 firing']]);
  });

  it('end by hand: what was held back is told by the next pass', async () => {
    bench.fill(0, 101);
    await run('mute', 'shop/new', '--why', 'known');
    const service = await serve();
    await service.post();
    assert.deepEqual(statesIn(bench.receiver.taken), [['events > 100 firing']]);
    const ended = await run('unmute', 'rule', 'shop/new');
    assert.match(ended.stdout, /^ended: [0-9a-f-]{13} rule shop\/new was muted until /);
    await fetch(`${service.url}/due`, { method: 'POST' });
    assert.deepEqual(statesIn(bench.receiver.taken), [['events > 100 firing'], ['new told']]);
  });

  it('of everything is told to every channel once, and is listed', async () => {
    bench.fill(0, 101);
    const { stdout } = await run('mute', 'all', '--for', '1h', '--why', 'the move', '--json');
    const made = JSON.parse(stdout);
    assert.deepEqual(
      { ...made, id: '' },
      {
        id: '',
        all: true,
        until: '2026-11-20T11:07:30.000Z',
        why: 'the move',
        since: '2026-11-20T10:07:30.000Z',
        by: 'cli',
      },
    );
    const service = await serve();
    for (const window of [0, 1]) {
      bench.at(window);
      await service.post();
    }
    assert.deepEqual(
      bench.receiver.taken.map(({ type, lines }) => [type, lines]),
      [
        [
          'message',
          [
            `Everything is muted until 2026-11-20 11:07 UTC: the move (by cli). sentry-monitor unmute ${made.id} ends it.`,
          ],
        ],
      ],
    );
    assert.deepEqual(JSON.parse((await run('mute', '--json')).stdout), [made]);
    assert.equal((await run('unmute', made.id)).code, 0);
    assert.equal((await run('mute')).stdout, 'nothing is muted\n');
  });

  it('are done by posts as well, with the same words', async () => {
    const service = await serve();
    const post = async (path: string, body?: object): Promise<readonly [number, Json]> => {
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(`${service.url}${path}`, { method: 'POST', ...init });
      return [answer.status, await answer.json()];
    };
    const [status, made] = await post('/mute', { issue: '101', for: '2h', why: 'known' });
    assert.deepEqual([status, made.issue, made.until, made.by], [200, '101', '2026-11-20T12:07:30.000Z', 'post']);
    assert.equal((await post('/mute?filter=shop&why=known'))[0], 200);
    const [bad, fault] = await post('/mute?filter=desk&why=known');
    assert.deepEqual([bad, fault.detail], [400, 'no filter is named "desk"; there are shop']);
    assert.equal((await post('/mute', { why: 'known' }))[0], 400);
    const listed = JSON.parse((await run('mute', '--json')).stdout) as readonly Json[];
    assert.deepEqual(listed.map(({ issue, filter }) => issue ?? filter).toSorted(), ['101', 'shop']);
    assert.deepEqual((await post('/unmute', { id: made.id }))[1].ended, [made]);
    assert.equal((await post('/unmute', { id: made.id }))[0], 400);
  });

  it('name an issue by its title as well, and doubt one that nobody counted', async () => {
    bench.fill(0, 101);
    const service = await serve();
    const { body } = await service.post();
    const [{ subject }] = body.alerts.filter(({ rule }: Json) => rule === 'new');
    const mute = ['--for', '1h', '--why', 'known'] as const;
    const known = `issue ${subject.id} (${subject.title})`;
    const said = (ran: Ran): string => ran.stdout.replaceAll(/\s+/g, ' ');
    assert.match(said(await run('mute', 'issue', subject.id, ...mute)), /known \(by cli\) $/);
    assert.ok(said(await run('mute')).includes(` ${known} is muted until `));
    const ended = await run('unmute', 'issue', subject.id);
    assert.ok(said(ended).includes(` ${known} was muted until `));
    assert.ok(
      ended.stdout.split('\n').every((line) => line.length <= 80),
      ended.stdout,
    );
    assert.match(
      said(await run('mute', 'issue', 'WEB-41', ...mute)),
      /^(\S+) issue WEB-41 is muted .* no filter has counted an issue WEB-41 so far: its id is the number at the end of its address in Sentry; sentry-monitor unmute \1 takes this back $/,
    );
  });

  it('say what is wrong with a call', async () => {
    for (const [words, said] of [
      [['mute', 'desk', '--why', 'x'], /nothing is named "desk"; write issue <id>, rule <name>/],
      [['mute', 'shop'], /why is missing/],
      [['mute', 'shop', '--for', '1y', '--why', 'x'], /for: "1y" is no time/],
      [['mute', 'team', 'crm', '--why', 'x'], /"team" is nothing that can be muted/],
      [['unmute', 'all'], /no such mute is in force/],
    ] as const) {
      const { code, stderr } = await run(...words);
      assert.equal(code, 2, words.join(' '));
      assert.match(stderr, said);
    }
  });

  it('cannot end what stands in a file', async () => {
    const text = rulesText(bench, RULES, { mutes: [{ filter: 'shop', until: iso(100), why: 'known' }] });
    const { code, stderr } = await runCommand(bench, text, ['unmute', 'filter', 'shop']);
    assert.equal(code, 2);
    assert.match(stderr, /^this mute stands in filters\.yaml:1; remove it there/);
  });

  it('say why the ledger cannot be reached, without its password', async () => {
    const env = { LEDGER_URL: 'postgres://monitor:secret-0123@127.0.0.1:1/monitor' };
    const { code, stdout, stderr } = await runCommand(bench, rulesText(bench, RULES), ['mute'], { env });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^fault {4}LEDGER_URL: the ledger cannot be reached: .*ECONNREFUSED/);
    assert.doesNotMatch(stderr, /secret-0123/);
  });
});
