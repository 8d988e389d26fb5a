import assert from 'node:assert/strict';
import { file } from '../../../../src/integrations/intakes/file/index.ts';
import { tls } from '../../../../src/integrations/watches/tls/index.ts';
import { url } from '../../../../src/integrations/watches/url/index.ts';

describe('settings of what is looked at', () => {
  it('name a host and a port that there can be', () => {
    for (const place of ['example.com', 'example.com:443', '[::1]:8443', '10.0.0.7:1'])
      assert.ok(tls.read({ 'watches.tls': place }), place);
    for (const place of ['example.com:0', 'example.com:65536', 'https://example.com', '', 'a b'])
      assert.throws(() => tls.read({ 'watches.tls': place }), place === '' ? /./ : /is no host and port/, place);
  });

  it('have an expression of a length that somebody reads', () => {
    const read = (value: string) => url.read({ 'watches.url': 'https://example.com/', 'watches.url.value': value });
    assert.ok(read('a.b'));
    assert.throws(() => read('x'.repeat(10_000)), /is longer than \d+ letters; shorten it/);
  });

  it('name a file by its whole path, and a zone that there is', () => {
    const read = (path: string, zone = 'UTC') =>
      file.read({
        'intakes.file': path,
        'intakes.file.format': 'django',
        'intakes.file.timezone': zone,
        'intakes.logs.timeZone': zone,
      });
    assert.ok(read('/var/log/acme/error.log'));
    for (const path of ['error.log', '/var/log/../x', '/var//x', '/var/log/'])
      assert.throws(() => read(path), /is no whole path of a file/, path);
  });
});
