import { decideWindows } from '../../../../src/core/alerts/decide/decide-windows.ts';
import type { WindowFacts } from '../../../../src/core/model/alerting/facts.ts';
import type { JsonObject } from '../../../../src/core/model/item.ts';
import { HOUR_MS } from '../../../../src/core/model/window.ts';
import { filterOf } from '../../build/reports.ts';
import { RULES } from '../engine/histories.ts';
import { type Place, reportFor } from './play.ts';

/** Keeps a window and decides it, as a run does. */
export async function fillWindow(facts: WindowFacts, { alerts, keep }: Pick<Place, 'alerts' | 'keep'>): Promise<void> {
  await keep([reportFor(facts)]);
  const rules = RULES.map((rule) => ({ ...rule, filter: facts.filter }));
  const filter = filterOf({ name: facts.filter, alerts: rules });
  const now = facts.window.end + HOUR_MS;
  await decideWindows([{ filter, facts }], { alerts, now, loadedAt: 1, pageOf: () => null });
}

/** What was kept last of a filter, without the ids of episodes: those are fixed when they are first kept. */
export async function stateIn({ alerts }: Pick<Place, 'alerts'>, filter = 'crm'): Promise<unknown> {
  const kept = await alerts.look(async (trx) =>
    (await trx.statesBefore([{ filter, at: Number.MAX_SAFE_INTEGER }])).get(filter),
  );
  return JSON.parse(JSON.stringify(kept ?? null), (key, value: JsonObject) => (key === 'id' ? undefined : value));
}
