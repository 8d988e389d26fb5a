import assert from 'node:assert/strict';
import type { Service } from '../support/e2e/service.ts';
import { basic, type Got, look, textIn } from '../support/pages/read-page.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';

const ANN = 'ann-token-0123456789';
const PAGE = 'page-token-0123456789';
const LOOK = basic('anybody', PAGE);
const ACT = basic('ann', ANN);

describe('the pages of alerts and messages', () => {
  let bench: AlertBench;
  let service: Service;
  beforeEach(async () => {
    bench = await openAlertBench();
    const env = {
      LEDGER_URL: bench.ledgerUrl,
      PAGE_TOKEN: PAGE,
      PAGE_ACTIONS: 'true',
      PAGE_USERS: `ann:${ANN}`,
      PUBLIC_URL: 'https://monitor.example.com',
    };
    [101, 101, 20].forEach((events, window) => bench.fill(window, events));
    const rules = [{ when: 'events > 100', severity: 'critical', repeat: '5m' }, 'new'];
    service = await bench.serveRules(rules, { env, filter: { team: '<b>crm' } });
  });
  afterEach(() => bench.close());

  /** NOTE: the clock may jump over the time that a ledger has for its answer; then a page does without it. */
  const see = async (path: string, headers = LOOK): Promise<string> => {
    for (let turn = 0; ; turn++) {
      const { text } = await look(service.url, path, headers);
      if (!text.includes('no answer within 5 s') || turn === 20) return text;
      bench.clock.advance(3_000);
    }
  };
  const part = (text: string, id: string): string =>
    textIn(new RegExp(`<section[^>]*aria-labelledby="${id}">([^]*?)</section>`).exec(text)?.[1] ?? `no ${id}`);
  const post = async (path: string, fields: Readonly<Record<string, string>>, headers = {}): Promise<Got> => {
    const response = await fetch(`${service.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { connection: 'close', origin: 'https://monitor.example.com', ...ACT, ...headers },
      body: new URLSearchParams(fields),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const proofOf = async (path: string): Promise<string> =>
    /name="proof" value="([^"]+)"/.exec(await see(path, ACT))?.[1] ?? 'none';
  const alertId = async (): Promise<string> =>
    /data-alert="([^"]*shop@[^"]*)"/.exec(await see('/'))![1]!.replaceAll('&gt;', '>');

  it('show what is firing, who was told, and what each rule says', async () => {
    await service.post();
    const home = await see('/');
    assert.match(part(home, 'alerts'), /1 alert is firing .* critical events > 100 shop <b>crm 10:00 .*hook: told/);
    assert.match(home, /<title>\(\d+\) 1 alert is firing/);
    const filter = await see('/filters/shop');
    assert.match(part(filter, 'rules'), /events > 100 critical .*told 101 events/);
    assert.doesNotMatch(home, /<b>crm/);
    const messages = await see('/messages');
    assert.match(part(messages, 'channels'), /hook 10:0\d just now [2-9] 0 0 0/);
    assert.match(part(messages, 'list'), /critical firing: shop , events > 100/);
    assert.match(part(await see('/messages?state=refused&channel=hook'), 'list'), /No message is like that/);
    assert.match(await see('/messages?state=lost&before=x'), /state is not taken: it is one of[^]*before is not taken/);
  });

  it('let a person be at an alert: it is not told again, and everybody sees who is', async () => {
    await service.post();
    const id = await alertId();
    const path = `/act/acknowledge?${new URLSearchParams({ alert: id }).toString()}`;
    const done = await post('/act/acknowledge', { proof: await proofOf(path), alert: id });
    assert.deepEqual([done.status, done.headers.get('location')], [303, '/messages#done']);
    assert.match(part(await see('/'), 'alerts'), /ann is on it/);
    assert.match(part(await see('/messages'), 'done'), /ann is on it: events > 100 of shop/);
    const before = bench.receiver.taken.length;
    bench.at(1);
    await service.post();
    const later = bench.receiver.taken.slice(before).flatMap(({ alerts }) => alerts);
    assert.deepEqual(
      later.filter(({ rule }: { rule: string }) => rule === 'events > 100'),
      [],
    );
  });

  it('let a person mute and unmute; words that are not understood are asked for again', async () => {
    const proof = await proofOf('/act/mute');
    const wrong = await post('/act/mute', { proof, kind: 'filter', name: 'shap', end: '1h', why: 'moving' });
    assert.equal(wrong.status, 400);
    assert.match(textIn(wrong.text), /no filter is named "shap"; there are shop/);
    const done = await post('/act/mute', { proof, kind: 'filter', name: 'shop', end: '1h', why: 'we <move>' });
    assert.equal(done.status, 303);
    await service.post();
    const messages = await see('/messages');
    assert.match(part(messages, 'mutes'), /filter shop .* [1-9] we <move> ann/);
    assert.match(part(messages, 'held'), /hook muted muted until .*: we <move>/);
    assert.equal(bench.receiver.taken.length, 0);
    const id = /data-mute="([^"]+)"/.exec(messages)![1]!;
    const ended = await post('/act/unmute', { proof, mute: id });
    assert.equal(ended.status, 303);
    assert.match(part(await see('/messages'), 'mutes'), /Nothing is muted/);
  });

  it('let a person send again what was refused', async () => {
    bench.receiver.answer(403);
    await service.post();
    const list = await see('/messages?state=refused');
    const id = /data-message="([^"]+)"/.exec(list)![1]!;
    assert.match(list, /href="\/act\/send-again\?message=/);
    bench.receiver.answer(200);
    const proof = await proofOf(`/act/send-again?message=${id}`);
    assert.equal((await post('/act/send-again', { proof, message: id })).status, 303);
    bench.at(1);
    await service.post();
    assert.ok(bench.receiver.taken.length > 0);
    assert.equal((await post('/act/send-again', { proof, message: id })).status, 400, 'it was sent');
  });

  it('let nobody act but a person of PAGE_USERS, from a page of ours, with its proof', async () => {
    const proof = await proofOf('/act/mute');
    const mute = { proof, kind: 'filter', name: 'shop', end: '1h', why: 'x' };
    for (const headers of [LOOK, basic('bob', ANN), { authorization: `Bearer ${ANN}` }])
      assert.equal((await look(service.url, '/act/mute', headers)).status, 401);
    assert.equal((await post('/act/mute', mute, LOOK)).status, 401);
    for (const origin of ['https://evil.example.com', 'null', ''])
      assert.equal((await post('/act/mute', mute, { origin })).status, 403, origin);
    assert.equal((await post('/act/mute', mute, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await post('/act/mute', { ...mute, proof: 'forged' })).status, 403);
    assert.deepEqual(await service.parts.ledger.outbox!.mutes(), []);
    assert.equal((await look(service.url, '/', basic('ann', ANN))).status, 200, 'who may act may look');
  });
});
