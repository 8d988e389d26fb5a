import type { TriedMessage } from '../../core/alerts/trial/try-rules.ts';
import { tryRules } from '../../core/alerts/trial/try-rules.ts';
import type { WindowFacts } from '../../core/model/alerting/facts.ts';
import type { Filter } from '../../core/model/filter.ts';
import { DAY_MS } from '../../core/model/window.ts';
import { memoryAlerts } from '../../storage/memory/alerts/index.ts';
import { channelsInUse } from '../alerting/channels-in-use.ts';
import { pageOf } from '../alerting/decide.ts';
import type { Program } from '../assemble.ts';

/** As much as rules of a ledger look back at, and no message is forgotten. */
const REACH = { windowsMs: 2 * DAY_MS, daysMs: 90 * DAY_MS, messagesMs: Infinity };

/**
 * What the rules of these filters would have told whom from an instant on, epoch ms; this history may begin before it.
 * Nothing is sent, and nothing is kept.
 */
export async function tryOver(
  { live, channels, settings, openScope }: Program,
  filters: readonly Filter[],
  history: readonly WindowFacts[],
  from: number,
): Promise<readonly TriedMessage[]> {
  const scope = openScope('trial', DAY_MS);
  try {
    const messages = await tryRules({
      filters,
      history,
      from,
      channels: channelsInUse(channels, live.now()),
      mutes: [],
      delayMs: settings.settleMs,
      pageOf: pageOf({ publicUrl: settings.publicUrl, hasPage: settings.page }),
      memory: (now) => memoryAlerts(now, REACH),
      scope,
    });
    return messages.filter(({ at }) => Date.parse(at) > from);
  } finally {
    scope.close();
  }
}
