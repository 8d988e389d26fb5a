import { type Alert, ENDS } from '../../../model/alerting/alert.ts';
import type { Deploy } from '../../../model/alerting/deploy.ts';
import { SEVERITIES } from '../../../model/alerting/rule.ts';
import type { KeptTelling } from '../../../ports/alerting/outbox.ts';
import { orderKey } from './around.ts';

/** What a message names once: all that waits to be told of one alert, as it is now. */
export interface Entry {
  readonly alert: Alert;
  /** In their order, at least one. */
  readonly tellings: readonly KeptTelling[];
  /** Place in the order of what is open. */
  readonly at: number;
  /** The less, the worse. */
  readonly rank: number;
  readonly order: string;
  /** That something changes too often is news of its own, beside how it is; '': it is of how it is. */
  readonly steadiness: string;
  /** The release that it came with; undefined: none. */
  readonly deploy: Deploy | undefined;
  /** Bytes of the alert in JSON, its comma included. */
  readonly bytes: number;
}

/** `told`: ids of alerts of which the channel knows. An end that comes with its begin is one late alert. */
export function entriesOf(
  tellings: readonly KeptTelling[],
  told: ReadonlySet<string>,
  releaseOf: (telling: KeptTelling) => Deploy | undefined,
): readonly Entry[] {
  const places = new Map(tellings.map(({ key }, index) => [key, index]));
  const groups = Map.groupBy(tellings, ({ alert, news }) => JSON.stringify([alert.id, steadiness(news)]));
  return [...groups.values()].map((group): Entry => {
    const [first, last] = [group[0]!, group.at(-1)!.alert];
    const alert = isOverUnheard({ alert: last }, told) ? { ...last, late: true } : last;
    return {
      alert,
      tellings: group,
      at: places.get(first.key)!,
      rank: SEVERITIES.indexOf(alert.severity),
      order: orderKey(first),
      steadiness: steadiness(first.news),
      deploy: releaseOf(first),
      bytes: Buffer.byteLength(JSON.stringify(alert)) + 1,
    };
  });
}

function steadiness(news: KeptTelling['news']): string {
  return news === 'unsteady' || news === 'steady' ? 'steadiness' : '';
}

/** It was over before the channel heard that it began. */
export function isOverUnheard({ alert }: Pick<Entry, 'alert'>, told: ReadonlySet<string>): boolean {
  return alert.state === 'resolved' && !told.has(alert.id);
}

/** Nobody has to do anything about it any more. */
export function isEnd({ tellings }: Entry): boolean {
  return ENDS.includes(tellings.at(-1)!.news);
}
