import assert from 'node:assert/strict';
import express from 'express';
import request from 'supertest';
import { LedgerTrouble } from '../../../../src/core/model/errors.ts';
import type { PageActs } from '../../../../src/server/pages/act/acts.ts';
import { proofFor } from '../../../../src/server/pages/act/forgery.ts';
import { actRoutes } from '../../../../src/server/pages/act/index.ts';
import { createLogBook } from '../../../support/build/scope.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const ANN = { name: 'ann', token: 'ann-token-0123456789' };
const NOW = Date.UTC(2026, 10, 20, 10);

describe('an act from a page while the ledger is away', () => {
  const away = (): Promise<never> => Promise.reject(new LedgerTrouble('the ledger cannot be reached: hunter2 is gone'));
  const acts = { unmute: away, about: away } as unknown as PageActs;
  const log = createLogBook();
  const app = express();
  actRoutes(
    app,
    (_request, response, next) => {
      response.locals['user'] = ANN;
      next();
    },
    {
      ...{ acts, log, now: () => NOW, publicUrl: 'https://monitor.example.com', changed: () => assert.fail() },
      redact: (text) => text.replaceAll('hunter2', '***'),
    },
  );

  it('is answered with a page that says so, asked or done, and without secrets', async () => {
    const asked = await request(app).get('/act/unmute?mute=m-1');
    const done = await request(app)
      .post('/act/unmute')
      .set('Origin', 'https://monitor.example.com')
      .type('form')
      .send({ mute: 'm-1', proof: proofFor(ANN, NOW) });
    for (const { status, text } of [asked, done]) {
      assert.equal(status, 503);
      assert.match(
        textIn(text),
        /The ledger cannot be reached: \*\*\* is gone\..*the messages show whether it was done/s,
      );
    }
    assert.deepEqual(log.lines, [], 'nobody is said to have acted');
  });
});

describe('the page that mutes', () => {
  it('says which issue it is about, where its address names one', async () => {
    const asked: unknown[] = [];
    const about: PageActs['about'] = async (...given) => {
      asked.push(given);
      return 'Error: <b> (issue 7)';
    };
    const app = express();
    actRoutes(app, (_request, { locals }, next) => next(void (locals['user'] = ANN)), {
      ...{ acts: { about } as PageActs, log: createLogBook(), now: () => NOW, publicUrl: undefined },
      ...{ redact: (text) => text, changed: () => undefined },
    });
    const page = async (search: string): Promise<string> => textIn((await request(app).get(`/act/mute${search}`)).text);

    assert.match(await page('?issue=7'), / Mute Error: <b> \(issue 7\) What /);
    assert.match(await page('?filter=shop'), / Mute What /);
    assert.deepEqual(asked, [['issue', '7']]);
  });
});
