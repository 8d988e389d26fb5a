import assert from 'node:assert/strict';
import { HOUR_MS, PERIOD_MS } from '../../../src/core/model/window.ts';
import type { Decided, KeptState, Told } from '../../../src/core/ports/alerting/alert-store.ts';
import { alertIn, type AlertStage, decide, factsIn, keptAlertIn, tellingIn } from '../../support/alerting/stage.ts';

/** 2026-11-20T10:00Z, a full hour. */
const AT = 1_795_168_800_000;
const HEAD = { filter: 'crm', newest: AT, print: 'abc', loadedAt: 5 };

/** What deciding leaves behind. */
export function decidingContract(get: () => AlertStage): void {
  const headOf = async (filter: string): Promise<unknown> =>
    get().alerts.transaction(async (trx) => (await trx.lock([filter])).get(filter));
  const stateBefore = async (at: number, filter = 'crm'): Promise<KeptState | undefined> =>
    get().alerts.look(async (trx) => (await trx.statesBefore([{ filter, at }])).get(filter));
  const states = (...windows: readonly number[]): Decided['states'] =>
    windows.map((window) => ({ filter: 'crm', window, state: { at: window, text: 'a\u0000b' } }));

  it('a head is known once it was written, and as it was written last', async () => {
    assert.equal(await headOf('crm'), undefined);
    assert.equal(await headOf('crm'), undefined, 'to look at it writes none');
    await decide(get().alerts, { heads: [{ ...HEAD, newest: null }] });
    assert.deepEqual(await headOf('crm'), { newest: null, print: 'abc', loadedAt: 5 });
    await decide(get().alerts, { heads: [HEAD] });
    assert.deepEqual(await headOf('crm'), { newest: AT, print: 'abc', loadedAt: 5 });
    assert.equal(await headOf('shop'), undefined);
  });

  it('heads are found by their names, or all that were written', async () => {
    await decide(get().alerts, { heads: [HEAD, { ...HEAD, filter: 'shop' }] }, ['crm', 'shop', 'api']);
    const heads = (filters?: readonly string[]): Promise<readonly string[]> =>
      get().alerts.look(async (trx) => [...(await trx.heads(filters)).keys()].sort());
    assert.deepEqual([await heads(), await heads(['shop', 'api'])], [['crm', 'shop'], ['shop']]);
    const shop = await get().alerts.look(async (trx) => (await trx.heads(['shop'])).get('shop'));
    assert.deepEqual(shop, { newest: AT, print: 'abc', loadedAt: 5 });
  });

  it('the newest state before an instant is found: the last of each hour and the newest', async () => {
    await decide(get().alerts, { states: states(AT - PERIOD_MS, AT, AT + PERIOD_MS) });
    await decide(get().alerts, { states: states(AT + 2 * PERIOD_MS) });
    assert.deepEqual(await stateBefore(AT + HOUR_MS), {
      window: AT + 2 * PERIOD_MS,
      state: { at: AT + 2 * PERIOD_MS, text: 'a\u0000b' },
    });
    assert.equal((await stateBefore(AT + 2 * PERIOD_MS))?.window, AT - PERIOD_MS, 'others of the hour are gone');
    assert.equal(await stateBefore(AT - PERIOD_MS), undefined);
    assert.equal(await stateBefore(AT + HOUR_MS, 'shop'), undefined);
  });

  it('states from a window on take the place of all from there on', async () => {
    const hours = [0, 1, 2, 3].map((hour) => AT + hour * HOUR_MS);
    await decide(get().alerts, { states: states(...hours) });
    await decide(get().alerts, { states: states(AT + HOUR_MS + PERIOD_MS) });
    assert.equal((await stateBefore(AT + 9 * HOUR_MS))?.window, AT + HOUR_MS + PERIOD_MS);
    assert.equal((await stateBefore(AT + HOUR_MS + PERIOD_MS))?.window, AT);
  });

  it('states of more than 48 hours before the newest are not kept', async () => {
    await decide(get().alerts, { states: states(AT, AT + HOUR_MS) });
    await decide(get().alerts, { states: states(AT + 49 * HOUR_MS) });
    assert.equal((await stateBefore(AT + 49 * HOUR_MS))?.window, AT + HOUR_MS);
    assert.equal(await stateBefore(AT + HOUR_MS), undefined);
  });

  it('alerts that last are found, and those that ended in or after a window; one that is known is replaced', async () => {
    const lasting = keptAlertIn('crm', AT);
    const ended = keptAlertIn('crm', AT - HOUR_MS, { until: AT - PERIOD_MS });
    await decide(get().alerts, { alerts: [lasting, ended, keptAlertIn('shop', AT)] }, ['crm', 'shop']);
    const found = (at: number): Promise<unknown> =>
      get().alerts.look(async (trx) => (await trx.alerts([{ filter: 'crm', at }])).get('crm') ?? []);
    assert.deepEqual(await found(AT), [lasting]);
    assert.deepEqual(await found(AT - PERIOD_MS), [ended, lasting]);
    const over = { ...lasting, until: AT + PERIOD_MS, alert: alertIn('crm', AT, { state: 'resolved' }) };
    await decide(get().alerts, { alerts: [over] });
    assert.deepEqual(await found(AT + PERIOD_MS), [over]);
    assert.deepEqual(await found(AT + 2 * PERIOD_MS), []);
  });

  it('who was told is known by all four names, and by the latest time', async () => {
    const key = { filter: 'crm', rule: 'new', subject: 'odd\u0000 "id"@2026', channel: 'ops' };
    const told = async (): Promise<readonly Told[]> =>
      get().alerts.look((trx) => trx.told([key, { ...key, channel: 'boss' }, { ...key, rule: 'any' }]));
    assert.deepEqual(await told(), []);
    await decide(get().alerts, { told: [{ ...key, at: AT }] });
    await decide(get().alerts, { told: [{ ...key, at: AT - 1 }] });
    assert.deepEqual(await told(), [{ ...key, at: AT }]);
    await decide(get().alerts, { told: [{ ...key, at: AT + 1 }] });
    assert.deepEqual(await told(), [{ ...key, at: AT + 1 }]);
  });

  it('a telling is kept once by its key, and the first one stays', async () => {
    const telling = tellingIn('ops', 'crm', AT);
    await decide(get().alerts, { tellings: [telling] });
    await decide(get().alerts, { tellings: [{ ...telling, decidedAt: 1, alert: alertIn('crm', AT, { value: 999 }) }] });
    const kept = await get().outbox.tellings({ from: AT, to: AT + 1 });
    assert.deepEqual(kept, [{ ...telling, fate: 'pending', messageId: null, reason: null }]);
  });

  it('what throws in the middle leaves nothing, and the next one goes on', async () => {
    const { alerts, outbox } = get();
    await decide(alerts, { heads: [HEAD], states: states(AT) });
    const failing = alerts.transaction(async (trx) => {
      await trx.lock(['crm']);
      await trx.keepFacts([factsIn('crm', AT)]);
      await trx.write({
        heads: [{ ...HEAD, print: 'other' }],
        states: states(AT + PERIOD_MS),
        alerts: [keptAlertIn('crm', AT)],
        tellings: [tellingIn('ops', 'crm', AT)],
        told: [{ filter: 'crm', rule: 'new', subject: '1', channel: 'ops', at: AT }],
      });
      throw new Error('a rule broke');
    });
    await assert.rejects(failing, /a rule broke/);
    assert.deepEqual(await headOf('crm'), { newest: AT, print: 'abc', loadedAt: 5 });
    assert.equal((await stateBefore(AT + HOUR_MS))?.window, AT);
    assert.deepEqual(await outbox.tellings({ from: 0, to: AT + HOUR_MS }), []);
    await alerts.look(async (trx) => {
      assert.deepEqual(await trx.facts([{ filter: 'crm', from: 0, to: AT + HOUR_MS }]), new Map());
      assert.deepEqual(await trx.alerts([{ filter: 'crm', at: 0 }]), new Map());
      assert.deepEqual(await trx.told([{ filter: 'crm', rule: 'new', subject: '1', channel: 'ops' }]), []);
    });
  });

  it('who looks changes nothing', async () => {
    await assert.rejects(get().alerts.look((trx) => trx.lock(['crm'])));
    await assert.rejects(get().alerts.look((trx) => trx.keepFacts([factsIn('crm', AT)])));
    await assert.rejects(
      get().alerts.look((trx) => trx.write({ heads: [HEAD], states: [], alerts: [], tellings: [], told: [] })),
    );
    assert.equal(await headOf('crm'), undefined);
  });

  it('two that decide the same filters do so one after the other, whatever order they name them in', async () => {
    const two = [get(), get().another()];
    const count = async (alerts: AlertStage['alerts'], filters: readonly string[]): Promise<void> =>
      alerts.transaction(async (trx) => {
        const heads = await trx.lock(filters);
        const next = Number(heads.get('crm')?.print ?? 0) + 1;
        await trx.statesBefore([{ filter: 'crm', at: AT }]);
        await trx.write({
          heads: filters.map((filter) => ({ ...HEAD, filter, print: String(next) })),
          states: [],
          alerts: [],
          tellings: [tellingIn('ops', 'crm', AT), tellingIn('ops', 'crm', AT + next * PERIOD_MS)],
          told: [],
        });
      });
    const orders = [
      ['crm', 'shop'],
      ['shop', 'crm'],
    ];
    await Promise.all([0, 1, 2, 3, 4, 5].map((turn) => count(two[turn % 2]!.alerts, orders[turn % 2]!)));
    assert.deepEqual(await headOf('shop'), { newest: AT, print: '6', loadedAt: 5 });
    assert.equal((await get().outbox.tellings({ from: AT, to: AT + HOUR_MS })).length, 7);
  });
}
