import * as z from 'zod/mini';
import { type Action, ACTION_KINDS } from '../../../core/model/alerting/action.ts';
import type { Engine } from '../../database/engine.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { safeText } from '../alerts/safe-text.ts';
import { parse } from '../codec.ts';

const ActionText = z.object({
  id: z.string(),
  at: z.number(),
  by: z.string(),
  kind: z.enum(ACTION_KINDS),
  target: z.string(),
  text: z.string(),
});

function actionIn({ action }: { readonly action: string }): Action {
  return parse(ActionText, action, 'an action');
}

export async function keepAction({ db }: Engine, action: Action): Promise<boolean> {
  const kept = await db
    .insertInto('sentry_monitor_actions')
    .values({
      action_id: safeText(action.id),
      at: action.at,
      kind: action.kind,
      target: safeText(action.target),
      action: JSON.stringify(action),
    })
    .onConflict((conflict) => conflict.column('action_id').doNothing())
    .returning('action_id')
    .execute();
  return kept.length > 0;
}

export async function actionsSince(
  { db }: Engine,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<readonly Action[]> {
  const rows = await db
    .selectFrom('sentry_monitor_actions')
    .select('action')
    .where('at', '>=', from)
    .orderBy('at', 'desc')
    .orderBy('action_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(actionIn);
}

/** By id of the alert, the first that said so. */
export async function acknowledgements(
  engine: Engine,
  alertIds: readonly string[],
): Promise<ReadonlyMap<string, Action>> {
  if (alertIds.length === 0) return new Map();
  const rows = await withGiven(engine, NAMED, named([...new Set(alertIds)].map(safeText)))
    .selectFrom('given')
    .innerJoin('sentry_monitor_actions as done', 'done.target', 'name')
    .select('done.action')
    .where('done.kind', '=', 'acknowledge')
    .orderBy('done.at', 'desc')
    .orderBy('done.action_id', 'desc')
    .execute();
  return new Map(rows.map(actionIn).map((action) => [action.target, action]));
}
