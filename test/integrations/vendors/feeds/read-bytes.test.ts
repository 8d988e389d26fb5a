import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UpstreamError } from '../../../../src/core/model/errors.ts';
import { decoded } from '../../../../src/integrations/vendors/feeds/decoded.ts';
import { type Place, place } from '../../../../src/integrations/vendors/feeds/place.ts';
import { readBytes } from '../../../../src/integrations/vendors/feeds/read-bytes.ts';
import type { Http, HttpRequest } from '../../../../src/platform/http/client.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { openVendor, type Vendor } from '../../../support/watches/vendor.ts';

const URL_1 = 'https://docs.example.com/d/1/pub?output=csv&gid=0';
const asked = (where: Place, maxBytes = 100) => ({ name: 'duties', key: 'csv', place: where, maxBytes });

/** Somebody who leads on: by address, where to. */
function leading(hops: Readonly<Record<string, string>>, said: HttpRequest[] = []): Http {
  return async (request) => {
    said.push(request);
    const query =
      request.params === undefined ? '' : `?${new URLSearchParams(request.params.map(([...it]) => it)).toString()}`;
    const location = hops[request.url + query];
    const answer = { status: location === undefined ? 200 : 307, headers: {}, text: 'a,b', sentAt: 0, receivedAt: 0 };
    request.onAnswer?.({ ...answer, headers: location === undefined || location === '' ? {} : { location } });
    if (location === undefined) return answer;
    throw new UpstreamError('duties: answered 307', { service: 'duties', retryable: false, status: 307 });
  };
}

const read = async (where: Place, http?: Http): Promise<string> => {
  const deps = depsOf();
  return Buffer.from(await readBytes(asked(where), http === undefined ? deps : { ...deps, http }, scopeOf())).toString(
    'latin1',
  );
};
const fault = (reading: Promise<unknown>, why: RegExp): Promise<void> =>
  assert.rejects(reading, (error) => error instanceof UpstreamError && why.test(error.message));

describe('what is read by its address', () => {
  let vendor: Vendor;
  before(async () => {
    vendor = await openVendor();
  });
  after(() => vendor.close());

  it('comes as its bytes', async () => {
    vendor.answer(200, 'ä\u0000b');
    assert.equal(
      await read({ url: `${vendor.url}/x?a=1`, isSecret: false }),
      Buffer.from('ä\u0000b').toString('latin1'),
    );
    assert.deepEqual([vendor.asked[0]!.path, vendor.asked[0]!.headers.accept], ['/x?a=1', '*/*']);
  });

  it('is refused where it is too large, or not there', async () => {
    vendor.answer(200, 'x'.repeat(101));
    await fault(read({ url: vendor.url, isSecret: false }), /duties: /);
    vendor.answer(404);
    await fault(read({ url: vendor.url, isSecret: false }), /answered 404/);
  });

  it('is followed to where it leads, with its query', async () => {
    const said: HttpRequest[] = [];
    const http = leading(
      { [URL_1]: '/b?x=1', 'https://docs.example.com/b?x=1': 'https://other.example.com/c#top' },
      said,
    );
    assert.equal(await read({ url: URL_1, isSecret: true }, http), 'a,b');
    assert.deepEqual(
      said.map(({ url, isSecretUrl, headers }) => [url, isSecretUrl, headers]),
      ['https://docs.example.com/d/1/pub', 'https://docs.example.com/b', 'https://other.example.com/c'].map((url) => [
        url,
        true,
        { Accept: '*/*' },
      ]),
    );
  });

  for (const [what, location, why] of [
    ['to an address without protection', 'http://docs.example.com/', /leads to one that is not asked/],
    ['to a file', 'file:///etc/passwd', /leads to one that is not asked/],
    ['with a password', 'https://ann:secret@docs.example.com/', /leads to one that is not asked/],
    ['to none', 'https://', /leads to none/],
    ['in a circle', URL_1, /leads from one to the next, without end/],
    ['nowhere', '', /answered 307/],
  ] as const)
    it(`is not followed ${what}`, () =>
      fault(read({ url: URL_1, isSecret: false }, leading({ [URL_1]: location })), why));

  it('may be private where the file says so, and nowhere that it leads to', async () => {
    const guards: HttpRequest['guard'][] = [];
    const http: Http = async (request) => {
      guards.push(request.guard);
      return leading({ 'http://127.0.0.1/a': 'http://127.0.0.1/b' })(request);
    };
    await read({ url: 'http://127.0.0.1/a', isSecret: false }, http);
    const [first, second] = guards.map((guard) =>
      [
        guard!('127.0.0.1', '127.0.0.1'),
        guard!('127.0.0.1', 'localhost'),
        guard!('10.0.0.1', 'intern.example.com'),
        guard!('169.254.169.254', '169.254.169.254'),
        guard!('93.184.216.34', 'example.com'),
      ].map((it) => it === null),
    );
    assert.deepEqual(
      [first, second],
      [
        [true, true, false, false, true],
        [false, false, false, false, true],
      ],
    );
  });
});

describe('what is read from a file', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'feeds-'));
  const file = (name: string): Place => ({ path: path.join(folder, name) });
  after(() => fs.rmSync(folder, { recursive: true }));

  it('is all of it', async () => {
    fs.writeFileSync(path.join(folder, 'a.csv'), 'a,b\n1,2');
    assert.equal(await read(file('a.csv')), 'a,b\n1,2');
    fs.writeFileSync(path.join(folder, 'empty.csv'), '');
    assert.equal(await read(file('empty.csv')), '');
  });

  it('is refused where it is too large, not there, a link or a folder', async () => {
    fs.writeFileSync(path.join(folder, 'large.csv'), 'x'.repeat(101));
    fs.symlinkSync(path.join(folder, 'large.csv'), path.join(folder, 'link.csv'));
    await fault(read(file('large.csv')), /large\.csv is larger than/);
    await fault(read(file('none.csv')), /none\.csv cannot be read \(ENOENT\); see that it is there/);
    await fault(read(file('link.csv')), /cannot be read \(ELOOP\)/);
    await fault(read({ path: folder }), /cannot be read \(EINVAL\)/);
    const deps = { ...depsOf(), files: { ...depsOf().files, open: async () => Promise.reject(new Error('odd')) } };
    await fault(readBytes(asked(file('a.csv')), deps, scopeOf()), /cannot be read \(no file\)/);
  });
});

describe('where something is, as files say it', () => {
  const placed = (text: string): Place => place(text, (part) => `"${part}"`);

  it('is an address or a whole path', () => {
    assert.deepEqual(placed('/srv/acme/duties.csv'), { path: '/srv/acme/duties.csv' });
    assert.deepEqual(placed('https://docs.example.com/d/e/2PACX-1vAbC/pub?output=csv'), {
      url: 'https://docs.example.com/d/e/2PACX-1vAbC/pub?output=csv',
      isSecret: false,
    });
  });

  for (const [text, why] of [
    ['duties.csv', /"duties.csv" is no address and no whole path/],
    ['ftp://example.com/a', /is no address and no whole path/],
    [
      'https://calendar.example.com/ical/ann/private-0123456789abcdef/basic.ics',
      /nobody else may know; keep it in a variable/,
    ],
    ['https://example.com/a?token=abc', /what looks like a key/],
  ] as const)
    it(`is not ${text.slice(0, 50)}`, () => assert.throws(() => placed(text), why));
});

describe('the text of bytes', () => {
  for (const [what, bytes, text] of [
    ['UTF-8', Buffer.from('Ünal'), 'Ünal'],
    ['UTF-8 with its mark', Buffer.from('\uFEFFÜnal'), 'Ünal'],
    ['UTF-16', Buffer.from('\uFEFFÜnal', 'utf16le'), 'Ünal'],
    ['UTF-16 of the other order', Buffer.from('\uFEFFÜnal', 'utf16le').swap16(), 'Ünal'],
    ['another encoding', Buffer.from('Ünal', 'latin1'), null],
    ['nothing', Buffer.alloc(0), ''],
  ] as const)
    it(`is ${String(text)} of ${what}`, () => assert.equal(decoded(bytes), text));
});
