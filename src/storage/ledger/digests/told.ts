import type { Fate, News } from '../../../core/model/alerting/alert.ts';
import type { ToldOfFilter } from '../../../core/ports/alerting/digest-store.ts';
import type { Window } from '../../../core/model/window.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named, withGiven } from '../../database/given-rows.ts';
import { textIn } from '../alerts/safe-text.ts';

/** Each once, of however many channels with the same fate. */
export async function toldIn(
  engine: Engine,
  filters: readonly string[],
  { start, end }: Window,
): Promise<readonly ToldOfFilter[]> {
  const rows = await withGiven(engine, NAMED, named(filters))
    .selectFrom('given')
    .innerJoin('sentry_monitor_tellings as telling', (join) =>
      join
        .onRef('telling.filter', '=', 'name')
        .on('telling.window_start', '>=', start)
        .on('telling.window_start', '<', end),
    )
    .select(['telling.filter', 'telling.rule', 'telling.alert_id', 'telling.news', 'telling.fate'])
    .select(({ fn }) => fn.min('telling.decided_at').as('at'))
    .groupBy(['telling.filter', 'telling.rule', 'telling.alert_id', 'telling.news', 'telling.fate'])
    .orderBy('at')
    .orderBy('telling.alert_id')
    .execute();
  return rows.map(({ filter, rule, alert_id: alertId, news, fate }) => ({
    filter,
    rule: textIn(rule),
    alertId: textIn(alertId),
    news: news as News,
    fate: fate as Fate,
  }));
}
