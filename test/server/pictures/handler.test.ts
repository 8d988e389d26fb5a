import assert from 'node:assert/strict';
import request from 'supertest';
import { pictureUrl } from '../../../src/platform/pictures/address.ts';
import { createPictures } from '../../../src/platform/pictures/pictures.ts';
import { pictureHandler } from '../../../src/server/pictures/handler.ts';
import { memoryAlerts } from '../../../src/storage/memory/alerts/index.ts';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { digestMessage } from '../../support/digests/digests.ts';

const DAY = 86_400_000;
const SENT = Date.parse('2026-11-20T08:05:30.000Z');
const PNG = Buffer.from('\x89PNG…');

/** A service that has sent a digest with a chart, and one without. */
async function serviceOf(make: () => Promise<Uint8Array> = async () => PNG) {
  const clock = { now: SENT };
  const { outbox } = memoryAlerts(() => clock.now, { windowsMs: DAY, daysMs: 0, messagesMs: Infinity });
  const message = digestMessage();
  await outbox.post('crm', message, SENT);
  const drawn: string[] = [];
  const log = createLogBook();
  const pictures = createPictures((drawing) => {
    drawn.push(JSON.stringify(drawing));
    return make();
  });
  const handler = pictureHandler({ outbox, pictures, log, now: () => clock.now });
  const { app, log: refusals } = stageOf(fakeSource(), [fakeSink()], { pictures: handler });
  const path = new URL(pictureUrl('https://monitor.example.com', message)!).pathname;
  return { clock, path, drawn, log, outbox, get: (at: string) => request(app.express).get(at), app, refusals };
}

describe('the picture of a message, for who shows it', () => {
  it('is answered to who has its address, without a token, and may be kept', async () => {
    const { get, path, drawn, app } = await serviceOf();
    const { body, headers } = await get(path).expect(200).expect('Content-Type', 'image/png');
    assert.deepEqual(body, PNG);
    assert.equal(headers['cache-control'], 'public, max-age=1296000, immutable');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['sentry-monitor-sent'], 'none');
    await request(app.express).head(path).expect(200).expect('Content-Length', String(PNG.length));
    assert.equal(drawn.length, 1, 'drawn once');
    assert.match(drawn[0]!, /crm-morning: events by hour/);
  });

  it('is nowhere else: any other address, and the same one when it is too old, has the same answer', async () => {
    const { get, path, clock, drawn, app } = await serviceOf();
    const other = pictureUrl('https://x.example', digestMessage({ id: 'digest/other' }))!.replace(
      'https://x.example',
      '',
    );
    const answers = new Set<string>();
    for (const wrong of ['/pictures', '/pictures/', '/pictures/x.png', `${path}x`, path.replace(/\.\w/, '.9'), other]) {
      const { status, body } = await get(wrong);
      answers.add(`${status} ${String((body as { detail: string }).detail)}`);
    }
    clock.now = SENT + 15 * DAY;
    answers.add(`${(await get(path)).status} ${String(((await get(path)).body as { detail: string }).detail)}`);
    assert.deepEqual([...answers], ['404 no picture has this address, or it is too old']);
    await request(app.express).post(path).expect(405).expect('Allow', 'GET, HEAD');
    assert.deepEqual(drawn, []);
  });

  it('asked for by who guesses tells the log once a minute, without the address', async () => {
    const { get, app, refusals } = await serviceOf();
    const guess = pictureUrl('https://x.example', digestMessage({ id: 'digest/guess' }))!.replace(
      'https://x.example',
      '',
    );
    for (let n = 0; n < 5; n++) await get(guess).expect(404);
    assert.deepEqual(refusals.texts(), ['picture without a valid token']);
    app.stop();
    assert.equal(refusals.texts().at(-1), 'pictures without a valid token within a minute');
    assert.ok(!JSON.stringify(refusals.lines).includes(guess));
  });

  it('that cannot be drawn, or that too many want at once, may be asked for again', async () => {
    const { get, path, log } = await serviceOf(() => Promise.reject(new Error('no memory left')));
    await get(path).expect(503).expect('Retry-After', '5');
    assert.deepEqual(log.texts(), ['chart not drawn']);
    let go = (): void => undefined;
    const gate = new Promise<void>((done) => (go = done));
    const slow = await serviceOf(() => gate.then(() => PNG));
    const all = Array.from({ length: 6 }, () => slow.get(slow.path));
    const statuses = Promise.all(all.map(async (one) => (await one).status));
    // The last two are answered while the others wait.
    await Promise.race([...all.map(async (one) => assert.equal((await one).status, 503))]);
    go();
    assert.deepEqual((await statuses).toSorted(), [200, 200, 200, 200, 503, 503]);
  });

  it('has no route where no picture has an address', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    const { body } = await request(app.express).get('/pictures/x.png').expect(404);
    assert.ok(!(body as { detail: string }).detail.includes('pictures'));
  });
});
