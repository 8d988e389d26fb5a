import assert from 'node:assert/strict';
import type { ReadModel } from '../../../../src/core/ports/read-model.ts';
import type { Source } from '../../../../src/core/ports/source.ts';
import { homePage } from '../../../../src/server/pages/all/home.ts';
import { statusPage } from '../../../../src/server/pages/all/status.ts';
import { type Collect, createCollect } from '../../../../src/server/pages/data/collect.ts';
import { rememberRuns } from '../../../../src/server/pages/data/memory.ts';
import type { PageData } from '../../../../src/server/pages/data/model.ts';
import { RANGES } from '../../../../src/server/pages/view/view.ts';
import { filterOf, START, WINDOW } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const FILTERS = [filterOf({ name: 'shop' })];
const FIVE = 300_000;

describe('a ledger that a page waits for', () => {
  let now: number;
  /** Ends what waits for so many ms; a ledger that hangs answers once it is let go. */
  let pass: () => void;
  let letGo: (fault?: Error) => void;
  let isSlow: boolean;
  let readings: number;
  let waited: number[];
  let collect: Collect;

  beforeEach(() => {
    [now, isSlow, readings, waited] = [START + FIVE + 200_000, true, 0, []];
    const memory = rememberRuns({ now: () => now, server: 'host-1', dryRun: false });
    const gate = (): Promise<void> => new Promise((done, fail) => (letGo = (fault) => (fault ? fail(fault) : done())));
    const counted = { start: WINDOW.start, events: 77, complete: true, revision: 0 };
    const readModel: ReadModel = {
      ...memory.readModel,
      counts: async () => {
        readings++;
        if (isSlow) await gate();
        return { counts: new Map([['shop', [counted]]]), until: now };
      },
    };
    collect = createCollect({
      now: () => now,
      sleep: (ms) => new Promise((done) => (waited.push(ms), (pass = done))),
      inForce: () => ({ filters: FILTERS, faults: [] }) as never,
      sinks: [],
      source: {} as Source,
      memory,
      readModel,
      settleMs: 120_000,
      server: 'host-1',
      dryRun: false,
      openScope: () => ({ ...scopeOf(), close: () => undefined }),
    });
  });

  const look = (): Promise<PageData> => collect(FILTERS, { range: RANGES['1h'], at: null, before: false });
  /** Looks, and nobody waits any longer. */
  const lookInVain = async (): Promise<PageData> => {
    const looked = look();
    while (readings === 0 || waited.length === 0) await new Promise(setImmediate);
    pass();
    return looked;
  };
  const eventsIn = ({ filters }: PageData): number | undefined => filters[0]!.now?.events;
  const WHY = 'The ledger cannot be read: no answer within 5 s.';

  it('is done without after five seconds, and every page says so', async () => {
    const data = await lookInVain();
    assert.deepEqual([data.origin.runs, eventsIn(data), waited], ['memory', undefined, [5_000]]);
    assert.deepEqual(data.origin.troubles[0], { of: 'ledger', text: WHY });
    for (const page of [homePage, statusPage]) {
      const text = textIn(page(data, {}));
      assert.ok(text.includes(`Ledger in trouble . ${WHY}`) || text.includes(`Ledger in trouble. ${WHY}`), text);
      assert.match(text, /Counts come from .* memory of this server, host-1/);
    }
  });

  it('is right again by itself, and no page says anything of it any more', async () => {
    await lookInVain();
    isSlow = false;
    letGo();
    await new Promise(setImmediate);
    now += 2_001;
    const data = await look();
    assert.deepEqual([data.origin.runs, eventsIn(data), data.origin.troubles], ['ledger', 77, []]);
    assert.match(textIn(homePage(data, {})), /Ledger in order/);
  });

  it('is not asked again by others who look while it is at it, but is after a minute, or when it failed', async () => {
    await lookInVain();
    for (let n = 0; n < 3; n++) {
      now += 3_000;
      await lookInVain();
    }
    assert.equal(readings, 1);
    now += 51_000;
    await lookInVain();
    assert.equal(readings, 2, 'it may never answer');
    letGo(new Error('the ledger is away'));
    await new Promise(setImmediate);
    isSlow = false;
    assert.equal(eventsIn(await look()), 77);
    assert.equal(readings, 3);
  });
});
