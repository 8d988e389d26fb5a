import assert from 'node:assert/strict';
import type { Order } from '../../../src/core/ports/order.ts';
import { ofPlainRuns, type RunListener } from '../../../src/core/ports/run-listener.ts';
import { createListeners, type Listeners } from '../../../src/core/run/listeners.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { createLogBook, type LogBook, scopeOf } from '../../support/build/scope.ts';

const PLAIN: Order = { kind: 'plain', filters: [filterOf()], window: WINDOW, windowGiven: false };
const KEY = { reportId: 'crm-checkout@2026-11-20T10:00:00.000Z', revision: 0, sink: 'newrelic' };

/** Says what it heard. */
function hearer(name: string, heard: string[]): RunListener {
  const note = (what: string): void => void heard.push(`${name} ${what}`);
  return {
    name,
    begun: async ({ kind }) => note(`begun ${kind}`),
    read: () => note('read'),
    delivered: () => note('delivered'),
    ended: async ({ kind }, over) => note(`ended ${kind}${over === null ? ' broken' : ''}`),
  };
}

function breaks(name: string): RunListener {
  const fail = (): never => {
    throw new Error(`${name} broke`);
  };
  return { name, begun: fail, read: fail, delivered: fail, ended: fail };
}

function listenersOf(...all: readonly RunListener[]): { readonly listeners: Listeners; readonly log: LogBook } {
  const log = createLogBook();
  const openScope = () => ({ ...scopeOf(), close: () => undefined });
  return { listeners: createListeners(all, { openScope, log }), log };
}

/** All that a run tells. */
async function tellAll(listeners: Listeners, order: Order = PLAIN): Promise<void> {
  await listeners.begun(order, 'run-1');
  listeners.read({
    ask: { filter: filterOf(), window: WINDOW, want: 'full' },
    fault: { message: 'no', retryable: true },
  });
  listeners.delivered(KEY, [{ status: 'accepted' }]);
  await listeners.ended(order, 'run-1', null);
}

describe('listeners of a run', () => {
  it('that break are logged by name, break nothing, and keep nobody else from hearing', async () => {
    const heard: string[] = [];
    const { listeners, log } = listenersOf(breaks('one'), hearer('two', heard));
    await tellAll(listeners);
    assert.deepEqual(heard, ['two begun plain', 'two read', 'two delivered', 'two ended plain broken']);
    assert.deepEqual(
      log.lines.map(({ level, text, fields }) => [level, text, fields['observer'], fields['error']]),
      Array.from({ length: 4 }, () => ['error', 'observer broke', 'one', 'Error: one broke']),
    );
  });

  it('need not want to hear everything', async () => {
    const { listeners, log } = listenersOf({ name: 'deaf' });
    await tellAll(listeners);
    assert.deepEqual(log.lines, []);
  });

  it('of plain runs hear of no other, and of no end that broke', async () => {
    const heard: string[] = [];
    const listener = ofPlainRuns({
      name: 'switch',
      begun: async () => void heard.push('begun'),
      ended: async () => void heard.push('ended'),
    });
    const { listeners } = listenersOf(listener);
    await tellAll(listeners, { ...PLAIN, kind: 'repair' });
    await tellAll(listeners, { ...PLAIN, kind: 'debug' });
    assert.deepEqual(heard, []);
    await tellAll(listeners);
    assert.deepEqual(heard, ['begun']);
  });
});
