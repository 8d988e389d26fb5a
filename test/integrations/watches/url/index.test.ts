import assert from 'node:assert/strict';
import type { Measured } from '../../../../src/core/ports/watches/watch.ts';
import { UpstreamError } from '../../../../src/core/model/errors.ts';
import { mayPass } from '../../../../src/core/model/fault.ts';
import { url } from '../../../../src/integrations/watches/url/index.ts';
import { createUrlWatch } from '../../../../src/integrations/watches/url/watch.ts';
import { http } from '../../../../src/integrations/watches/http/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { openVendor, type Vendor } from '../../../support/watches/vendor.ts';

const KEY = 'gh-0123456789abcdef';

describe('a watch over an address', () => {
  let vendor: Vendor;
  before(async () => {
    vendor = await openVendor();
  });
  beforeEach(() => void vendor.asked.splice(0));
  after(() => vendor.close());

  const look = (more: Record<string, string> = {}): Promise<Measured> =>
    url
      .read({ 'watches.url': `${vendor.url}/x?a=1&b=c%20d`, ...more })
      .create(depsOf(undefined, [KEY]), 'github')
      .part.look(scopeOf());
  const fault = async (more: Record<string, string> = {}): Promise<UpstreamError> => {
    try {
      const { value } = await look(more);
      throw new Error(`it answered ${String(value)}`);
    } catch (error) {
      assert.ok(error instanceof UpstreamError, String(error));
      return error;
    }
  };

  for (const [body, expression, value] of [
    ['{"open": 12}', 'open', 12],
    ['{"a": {"b": [{"state": "up"}]}}', 'a.b[0].state', 'up'],
    ['[1, 2, 3]', 'length(@)', 3],
    ['[{"n": 1}, {"n": 4}]', 'max_by(@, &n).n', 4],
    ['{"ok": false}', 'ok', false],
    ['{"ok": 0}', 'ok', 0],
    ['17.5', '@', 17.5],
  ] as const)
    it(`takes ${String(value)} out of ${body} by ${expression}`, async () => {
      vendor.answer(200, body);
      assert.deepEqual(await look({ 'watches.url.value': expression }), { value, more: {}, answer: body });
    });

  it('sends its key as bearer, or in a header of its own', async () => {
    vendor.answer(200, '1');
    await look({ 'watches.url.key': KEY });
    await look({ 'watches.url.key': KEY, 'watches.url.header': 'X-Api-Key' });
    await look();
    assert.deepEqual(
      vendor.asked.map(({ path, headers }) => [path, headers.authorization, headers['x-api-key']]),
      [
        ['/x?a=1&b=c+d', `Bearer ${KEY}`, undefined],
        ['/x?a=1&b=c+d', undefined, KEY],
        ['/x?a=1&b=c+d', undefined, undefined],
      ],
    );
  });

  for (const [body, expression, words] of [
    ['<html>down</html>', '@', /its answer is no JSON/],
    ['{"open": 1}', 'closed', /its answer does not have the value; check value/],
    ['{"open": null}', 'open', /its answer does not have the value/],
    ['{"open": [1]}', 'open', /the value is a list; length\(…\) counts one/],
    ['{"open": {"a": 1}}', 'open', /the value is a map; name one of its keys/],
    [JSON.stringify('x'.repeat(1001)), '@', /a text of more than 1000 letters/],
    ['{"open": 1}', 'open[', /value cannot be taken: /],
    ['{"open": 1}', 'abs(`"x"`)', /value cannot be taken: /],
  ] as const)
    it(`cannot read ${body.slice(0, 30)} by ${expression}, which does not pass by itself`, async () => {
      vendor.answer(200, body);
      const { message, facts } = await fault({ 'watches.url.value': expression });
      assert.match(message, words);
      assert.equal(mayPass(facts), false);
    });

  for (const [status, passes] of [
    [503, true],
    [500, true],
    [501, true],
    [502, true],
    [504, true],
    [429, true],
    [401, false],
    [404, false],
    [302, false],
  ] as const)
    it(`that answers ${status} ${passes ? 'may pass' : 'does not pass'} by itself, and is asked once`, async () => {
      vendor.answer(status, KEY, { location: 'https://example.com' });
      const { facts, message } = await fault({ 'watches.url.key': KEY });
      assert.deepEqual([mayPass(facts), vendor.asked.length, message.includes(KEY)], [passes, 1, false]);
    });

  it('that breaks off may pass; one that is larger than a mebibyte does not', async () => {
    vendor.cut();
    assert.equal(mayPass((await fault()).facts), true);
    vendor.answer(200, ' '.repeat(1024 * 1024 + 1));
    const { facts, message } = await fault();
    assert.deepEqual([mayPass(facts), /larger than 1024 KiB/.test(message)], [false, true]);
  });

  it('asks no address of a cloud’s machines', async () => {
    const settings = { url: 'http://169.254.169.254/latest/meta-data', key: undefined, header: undefined, value: '@' };
    await assert.rejects(
      createUrlWatch(settings, depsOf(), 'github').look(scopeOf()),
      /not asked, its address 169\.254\.169\.254 is link-local or reserved/,
    );
  });

  describe('that only is to answer', () => {
    const ask = (value = 'status'): Promise<Measured> =>
      http
        .read({ 'watches.http': vendor.url, 'watches.http.value': value })
        .create(depsOf(), 'site')
        .part.look(scopeOf());

    it('has its status, whatever it is, and how long that took', async () => {
      for (const status of [200, 301, 404, 503]) {
        vendor.answer(status, 'x');
        const { value, more, answer } = await ask();
        assert.deepEqual([value, Object.keys(more), answer], [status, ['ms'], null]);
      }
      vendor.answer(200, ' '.repeat(2 * 1024 * 1024));
      const slow = await ask('ms');
      assert.deepEqual([typeof slow.value, slow.more], ['number', { status: 200 }]);
    });

    it('has none where nothing answers', async () => {
      vendor.cut();
      await assert.rejects(ask(), UpstreamError);
    });
  });
});
