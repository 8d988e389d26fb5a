import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { PageActs } from '../../../../src/server/pages/act/acts.ts';
import { actRoutes } from '../../../../src/server/pages/act/index.ts';
import { textIn } from '../../../support/pages/read-page.ts';

describe('the page that mutes', () => {
  let server: Server;
  const asked: unknown[] = [];
  before(async () => {
    const app = express();
    const about: PageActs['about'] = async (...given) => {
      asked.push(given);
      return 'Error: <b> (issue 7)';
    };
    actRoutes(app, (_request, { locals }, next) => next(void (locals['user'] = { name: 'ann', token: 't' })), {
      acts: { about } as PageActs,
      ...{ publicUrl: undefined, now: () => 0, redact: (text) => text, changed: () => undefined },
      log: { warn: () => undefined, info: () => undefined },
    });
    server = createServer(app);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  after(() => server.close());

  const page = async (search: string): Promise<string> => {
    const { port } = server.address() as AddressInfo;
    return textIn(await (await fetch(`http://127.0.0.1:${port}/act/mute${search}`)).text());
  };

  it('says which issue it is about, where its address names one', async () => {
    assert.match(await page('?issue=7'), / Mute Error: <b> \(issue 7\) What /);
    assert.match(await page('?filter=shop'), / Mute What /);
    assert.deepEqual(asked, [['issue', '7']]);
  });
});
