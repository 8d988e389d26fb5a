import assert from 'node:assert/strict';
import express from 'express';
import request from 'supertest';
import type { Order } from '../../../src/core/ports/order.ts';
import { rememberRuns } from '../../../src/server/pages/data/memory.ts';
import { createAuthLimits } from '../../../src/server/http/auth-limit.ts';
import { createPage } from '../../../src/server/pages/index.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { createLogBook, scopeOf } from '../../support/build/scope.ts';

describe('the overview of a service that runs', () => {
  let now = WINDOW.end + 150_000;
  const filters = [filterOf({ name: 'shop', projects: [] })];
  const start = (hasLedger: boolean) => {
    const own = rememberRuns({ now: () => now, server: 'host-1', dryRun: false });
    let reads = 0;
    const runs = async (): Promise<[]> => {
      reads += 1;
      return [];
    };
    const memory = { ...own, readModel: { ...own.readModel, runs } };
    const app = express();
    createPage({
      ...{ memory, sinks: [], source: { name: 'sentry' } as never, users: [], publicUrl: undefined },
      ...{ settleMs: 120_000, server: 'host-1', dryRun: false, token: 'x'.repeat(16), redact: (text) => text },
      ...(hasLedger ? { readModel: memory.readModel } : {}),
      inForce: () => ({ filters, faults: [] }) as never,
      openScope: () => ({ ...scopeOf(), close: () => undefined }),
      log: createLogBook(),
      now: () => now,
      sleep: () => new Promise(() => undefined),
    })(
      app,
      createAuthLimits(() => now, createLogBook()),
    );
    const look = async (query = ''): Promise<void> => {
      const auth = { authorization: `Bearer ${'x'.repeat(16)}` };
      await request(app).get(`/${query}`).set(auth).expect(200);
    };
    const run = async (kind: Order['kind']): Promise<void> => {
      now += 300_000;
      const order = { kind, filters, window: WINDOW, windowGiven: false };
      await memory.listener.begun!(order, scopeOf());
      await memory.listener.ended!(order, null, scopeOf());
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    };
    const since = (): number => {
      const before = reads;
      reads = 0;
      return before;
    };
    return { look, run, since };
  };

  it('is made after a plain run when somebody looked, and a look reads for itself what is new', async () => {
    const { look, run, since } = start(true);
    await run('plain');
    assert.equal(since(), 0, 'nobody looked');
    await look();
    assert.equal(since(), 1);
    await run('repair');
    assert.equal(since(), 0);
    await run('plain');
    assert.equal(since(), 1, 'made ahead');
    now += 10_000;
    await look();
    assert.equal(since(), 1, 'another server may have written meanwhile');
  });

  it('is not made ahead of a moment that is over, nor without a ledger: nobody asks Sentry for who may never look', async () => {
    const { look, run, since } = start(true);
    await look('?at=2026-11-19T10:00:00Z');
    since();
    await run('plain');
    assert.equal(since(), 0);
    const alone = start(false);
    await alone.look();
    assert.equal(alone.since(), 1);
    await alone.run('plain');
    assert.equal(alone.since(), 0);
  });
});
