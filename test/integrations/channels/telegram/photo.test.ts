import assert from 'node:assert/strict';
import { decode, encode } from 'fast-png';
import { startSandbox, type Sandbox } from '../../../../sandbox/index.ts';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
import { telegram } from '../../../../src/integrations/channels/telegram/index.ts';
import { multipart } from '../../../../src/platform/posting/multipart.ts';
import { relayBench } from '../../../support/alerting/relay.ts';
import { MINUTE } from '../../../support/alerting/tellings.ts';
import { depsOf, type TestDeps } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { digestMessage } from '../../../support/digests/digests.ts';
import { createClock } from '../../../support/time/clock.ts';

await telegram.load();

const CAPTION =
  /^crm-morning, Thu 19 Nov 09:00 to Fri 20 Nov 09:00, Europe\/Berlin: at least 1,052 events; most at .* 100$/;

/** Instead of a chart: to draw one takes a second. */
const SMALL = { draw: async () => encode({ width: 4, height: 2, data: new Uint8Array(32), channels: 4 }) };

describe('the picture of a digest in Telegram', () => {
  let sandbox: Sandbox;
  const clock = createClock();
  before(async () => void (sandbox = await startSandbox({ now: () => clock.now() })));
  beforeEach(() => sandbox.world.forget());
  after(() => sandbox.close());

  function channelOf(chat = '-1001234567890', deps: TestDeps = { ...depsOf(clock), pictures: SMALL }) {
    const own = { 'channels.telegram': chat, 'channels.telegram.key': sandbox.keys.telegramToken };
    const more = { 'channels.telegram.thread': '7', TELEGRAM_API_URL: sandbox.addresses.telegramApi };
    return telegram.read({ ...own, ...more }).create(deps, 'crm').part;
  }

  const picture = (over: Partial<Message> = {}): Message =>
    digestMessage({ id: 'digest/x/picture', part: 'picture', thread: '-1001234567890/1', ...over });
  const inbox = () => sandbox.world.received.telegram;

  it('follows its text, below it and in its topic, as a file, with its numbers in the caption', async () => {
    const channel = channelOf('-1001234567890', depsOf(clock));
    const bench = relayBench([channel as never]);
    await bench.outbox.post('crm', digestMessage(), bench.now);
    await bench.pass();
    const [text, photo] = inbox().messages;
    assert.deepEqual([inbox().messages.length, inbox().refused], [2, []]);
    assert.ok(text!.text.startsWith('crm-morning: 1,234 events in 1 filter') && text!.picture === undefined);
    assert.deepEqual([photo!.to, photo!.thread], ['-1001234567890', text!.id]);
    assert.match(photo!.text, CAPTION);
    const { width, height } = decode(Buffer.from(photo!.picture!.src.split(',')[1]!, 'base64'));
    assert.deepEqual([width, height], [1200, 648]);
  });

  it('that cannot be drawn, or that Telegram does not take now, is tried again alone', async () => {
    let fails = true;
    const deps = depsOf(clock);
    const pictures = { draw: () => (fails ? Promise.reject(new Error('no memory left')) : SMALL.draw()) };
    const bench = relayBench([channelOf('-1001234567890', { ...deps, pictures }) as never]);
    await bench.outbox.post('crm', digestMessage(), bench.now);
    await bench.pass();
    const [, kept] = await bench.messages();
    assert.deepEqual([kept!.fate, kept!.error], ['pending', 'crm: the chart was not drawn: no memory left']);
    fails = false;
    sandbox.world.faults.add({ vendor: 'telegram', kind: '429-rate', seconds: 60 });
    bench.now += MINUTE;
    await bench.pass();
    bench.now += 2 * MINUTE;
    await bench.pass();
    assert.deepEqual(
      inbox().messages.map(({ picture: its }) => its !== undefined),
      [false, true],
    );
  });

  it('may be a repeat, and says so; in the plain form its words are one sentence', async () => {
    const channel = channelOf();
    const send = (message: Message, form: 'rich' | 'plain') =>
      channel.send(channel.fit(message, form), message, scopeOf());
    await send(picture({ mayRepeat: true }), 'rich');
    await send(picture(), 'plain');
    const [one, other] = inbox().messages.map(({ text }) => text);
    assert.match(one!, /^May be a repeat: crm-morning, .* 100$/);
    assert.match(other!, /3 of 24 bars of 1 h not counted$/);
    assert.ok(one!.length <= 1024);
  });

  it('follows a group that has moved', async () => {
    const channel = channelOf('-500');
    const outcome = await channel.send(channel.fit(picture(), 'rich'), picture(), scopeOf());
    assert.equal(outcome.status, 'accepted');
    assert.equal(inbox().messages[0]!.to, '-1000000000500');
  });
});

describe('a form with a file', () => {
  it('is what Node itself reads it as, whatever is in it', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const fields = { chat_id: '-5', caption: 'ünd\r\n--x "y"' };
    const { type, body } = multipart(fields, { field: 'photo', name: 'chart.png', type: 'image/png', bytes });
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const file = form.get('photo') as File;
    assert.deepEqual([form.get('chat_id'), form.get('caption')], ['-5', 'ünd\r\n--x "y"']);
    assert.deepEqual([file.name, file.type], ['chart.png', 'image/png']);
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), bytes);
  });
});
