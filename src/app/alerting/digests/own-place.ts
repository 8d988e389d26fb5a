import type { OwnDeps } from '../../../core/digests/own/deps.ts';
import type { KeptDeps } from '../deps.ts';

/** Where the service runs, for its report. */
export function ownPlace({ disk, version, node = 'of a version that is not known' }: KeptDeps['place']): Place {
  return {
    version,
    node,
    disk(folder) {
      const found = disk.statfsSync?.(folder ?? '.');
      return found === undefined ? null : { bytes: found.bsize * found.blocks, free: found.bsize * found.bavail };
    },
  };
}

type Place = Pick<OwnDeps, 'disk' | 'version' | 'node'>;

/** What the report of the service is made of. */
export function ownOf({ ledger, inForce, place, channels }: KeptDeps): OwnDeps | undefined {
  if (ledger.own === undefined) return undefined;
  const { watches } = ledger;
  const wanted: Readonly<Record<string, () => readonly { readonly name: string }[]>> = {
    digest: () => inForce().digests,
    outbox: () => channels.map(({ channel }) => channel),
    // NOTE: watches have a part of their own.
    watch: () => [],
  };
  return {
    ...ownPlace(place),
    books: ledger.own,
    isWanted: ({ kind, name }) => wanted[kind]?.().some((it) => it.name === name) ?? true,
    hasBackup: () => inForce().backup !== undefined,
    watches: () => watches && { plans: inForce().watches, all: watches.all },
  };
}
