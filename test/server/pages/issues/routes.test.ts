import assert from 'node:assert/strict';
import express from 'express';
import request from 'supertest';
import { createAuthLimits } from '../../../../src/server/http/auth-limit.ts';
import { createPage, type PageOptions } from '../../../../src/server/pages/index.ts';
import { createLogBook } from '../../../support/build/scope.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore, type FakeStore } from '../../../support/events/fake-store.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const TOKEN = 'page-token-0123456789';

describe('issues of intakes over HTTP', () => {
  let store: FakeStore;
  beforeEach(() => {
    store = fakeStore();
    store.put('shop', eventOf('e1', { at: NOW - 1_000, issueId: 'a', title: 'no hunter2 here' }));
  });
  const look = (path: string) => {
    const options = {
      ...{ now: () => NOW, sleep: () => new Promise(() => undefined), server: 'host-1', token: TOKEN, users: [] },
      ...{ redact: (text: string) => text.replaceAll('hunter2', '***'), log: { warn: () => undefined } },
      ...{ memory: { version: () => 0, onPlainRun: () => undefined }, source: {}, inForce: () => ({ filters: [] }) },
      events: { store, projects: ['shop'] },
    } as unknown as PageOptions;
    const made = express();
    createPage(options)(
      made,
      createAuthLimits(() => NOW, createLogBook()),
    );
    return request(made).get(path).auth('x', TOKEN);
  };

  it('are a list, without secrets', async () => {
    const { status, text } = await look('/issues');
    assert.equal(status, 200);
    assert.match(textIn(text), /no \*\*\* here/);
    assert.doesNotMatch(text, /hunter2/);
  });

  it('and events say so when the ledger cannot be read', async () => {
    const away = async () => Promise.reject(new Error('hunter2 is away'));
    Object.assign(store, { held: away, newest: away, find: away });
    for (const path of ['/issues', '/events'])
      assert.match(
        textIn((await look(path)).text),
        /The ledger cannot be read: internal error: \*\*\* is away\./,
        path,
      );
  });

  it('are not there by an id that is no text, or longer than any', async () => {
    for (const id of ['%ZZ', 'x'.repeat(1_001)])
      assert.notEqual((await look(`/issues/${id}`)).status, 200, id.slice(0, 9));
  });
});
