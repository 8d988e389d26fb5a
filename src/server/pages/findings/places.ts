import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

/** Where something is to be seen. */
export interface Place {
  readonly href: string;
  /** As it ends the sentence "See …". */
  readonly name: string;
}

export interface Places {
  filters(names: readonly string[]): Place;
  readonly issues: Place;
  readonly sinks: Place;
  readonly runs: Place;
  readonly files: Place;
  readonly ledger: Place;
  readonly alerts: Place;
  readonly channels: Place;
}

/** Pages as of the instant that is looked at. */
export function placesOf({ at }: View): Places {
  const to = (path: string, part = ''): string => `${addressOf(path, at === undefined ? {} : { at })}${part}`;
  return {
    filters: ([first, ...others]) =>
      first !== undefined && others.length === 0
        ? { href: to(`/filters/${first}`), name: first }
        : { href: to('/filters'), name: 'the filters' },
    issues: { href: to('/issues'), name: 'all issues' },
    sinks: { href: to('/status', '#sinks'), name: 'the sinks' },
    runs: { href: to('/status', '#runs'), name: 'the last runs' },
    files: { href: to('/status', '#files'), name: 'the files' },
    alerts: { href: '/#alerts', name: 'the alerts' },
    channels: { href: '/messages#channels', name: 'the channels' },
    ledger: { href: to('/status', '#origin'), name: 'where the numbers come from' },
  };
}
