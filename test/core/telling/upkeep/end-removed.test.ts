import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/model/filter.ts';
import { PERIOD_MS } from '../../../../src/core/model/window.ts';
import type { FilterHead } from '../../../../src/core/ports/alerting/alert-store.ts';
import { endRemoved, type FilesNow } from '../../../../src/core/telling/upkeep/end-removed.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { ruleWith } from '../../../support/build/users-rules.ts';
import { NOW } from '../../../support/time/clock.ts';

const MINUTE_MS = 60_000;
const RULES = { alerts: [ruleWith({ kind: 'new' }, 'issue')] };
const CRM = filterOf({ name: 'crm', ...RULES });
const SHOP = filterOf({ name: 'shop', ...RULES });

function files(filters: readonly Filter[], more: Partial<FilesNow> = {}): FilesNow {
  return { filters, named: new Set(filters.map(({ name }) => name)), isWhole: true, ...more };
}

/** Decided last by a window that ended so many minutes ago. */
function headOf(minutes: number): FilterHead {
  return { newest: NOW - minutes * MINUTE_MS - PERIOD_MS, print: '[1]', loadedAt: 1 };
}

function stage(first: FilesNow, heads: Readonly<Record<string, FilterHead>>) {
  const lasting = new Map(Object.entries(heads));
  const ended: string[] = [];
  let [now, inForce, asked] = [NOW, first, 0];
  const chore = endRemoved({
    inForce: () => inForce,
    now: () => now,
    lasting: async () => {
      asked++;
      return lasting;
    },
    end: async (filters) => {
      ended.push(...filters);
      for (const name of filters) lasting.delete(name);
      return filters.length;
    },
  });
  return {
    ended,
    asked: () => asked,
    files: (next: FilesNow) => void (inForce = next),
    /** A pass so many minutes later. */
    async pass(minutes = 0) {
      now += minutes * MINUTE_MS;
      await chore.work(scopeOf());
    },
  };
}

describe('what lasts of removed filters', () => {
  it('ends at the next pass when this process takes them away, and is not looked at again', async () => {
    const { ended, asked, files: change, pass } = stage(files([CRM, SHOP]), { crm: headOf(2), shop: headOf(2) });
    await pass();
    assert.deepEqual([ended, asked()], [[], 1]);
    change(files([CRM]));
    for (let turn = 0; turn < 3; turn++) await pass(5);
    assert.deepEqual([ended, asked()], [['shop'], 2]);
  });

  it('ends where a filter goes on without rules, and stays where its channels are lost', async () => {
    const [bare, frozen] = [filterOf({ name: 'crm' }), filterOf({ name: 'shop', frozen: ['new'] })];
    const { ended, files: change, pass } = stage(files([CRM, SHOP]), { crm: headOf(2), shop: headOf(2) });
    change(files([bare, frozen]));
    await pass();
    assert.deepEqual(ended, ['crm']);
  });

  it('of another time ends when no server has decided the filter for half an hour', async () => {
    const { ended, pass } = stage(files([CRM]), { crm: headOf(2), shop: headOf(2) });
    await pass();
    await pass(27);
    assert.deepEqual(ended, []);
    await pass(1);
    assert.deepEqual(ended, ['shop']);
  });

  it('stays while a file is left out, and of a filter that a fault of its own leaves out', async () => {
    const heads = { crm: headOf(60), shop: headOf(60) };
    const left = stage(files([], { isWhole: false }), heads);
    await left.pass();
    const named = stage(files([], { named: new Set(['crm']) }), heads);
    await named.pass();
    assert.deepEqual([left.ended, named.ended], [[], ['shop']]);
  });
});
