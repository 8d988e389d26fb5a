import type { FoundPart } from '../../config/filters/load.ts';
import { UpstreamError } from '../../core/model/errors.ts';
import type { Calendar } from '../../core/model/people/calendar.ts';
import type { Sheet } from '../../core/model/people/sheet.ts';
import { agendaOf } from '../../core/people/calendars/agenda.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Watch } from '../../core/ports/watches/watch.ts';
import type { Feeds } from '../../core/reminders/facts/gather.ts';
import { openScope } from '../../core/run/scope.ts';
import { givenBy } from '../assemble.ts';
import { ownSettings } from '../configure.ts';
import { pluginDeps } from '../plugin-deps.ts';
import { lookedAtIn, madeLookedAt, partsByName } from '../watches/looked-at.ts';
import type { World } from '../world.ts';
import { silentVoice } from './silent.ts';

/** One sheet or calendar may take so long, ms. */
const LIMIT_MS = 30_000;

/** Sheets and calendars of files as they are now, each read once, without a ledger; to be closed. */
export function feedsNow(world: World, parts: readonly FoundPart[]): Feeds & { close(): void } {
  const given = givenBy(world);
  const { settings } = ownSettings(given);
  const { wanted } = lookedAtIn(parts, { given, allowed: settings?.fileSecrets });
  const configured = [...wanted.sheets, ...wanted.calendars].flatMap((it) => it.configured ?? []);
  const voice = silentVoice([...given.secrets, ...configured.flatMap((it) => it.secrets)]);
  const { privateHosts, fileRoots } = settings ?? {};
  const made = partsByName(madeLookedAt(wanted, pluginDeps(world, voice, { privateHosts, fileRoots })));
  const scope = openScope('schedule', { ...world, log: voice.log, deadlineMs: LIMIT_MS });
  const sheets = readOnce<Sheet>(made.sheets, world, scope);
  const calendars = readOnce<Calendar>(made.calendars, world, scope);
  return {
    sheets: { read: async (name) => ({ good: await sheets(name), last: null }) },
    calendars: {
      async read(name, span) {
        const { found, at } = await calendars(name);
        return { good: { found: agendaOf(found, span), at }, last: null };
      },
    },
    close: () => scope.close(),
  };
}

interface Now<T> {
  readonly found: T;
  readonly at: number;
}

function readOnce<T>(
  all: ReadonlyMap<string, Watch>,
  { now }: Pick<World, 'now'>,
  scope: Scope,
): (name: string) => Promise<Now<T>> {
  const read = new Map<string, Promise<Now<T>>>();
  const look = async (name: string): Promise<Now<T>> => {
    const part = all.get(name);
    if (part === undefined)
      throw new UpstreamError(`${name}: it is not set up, or has a fault`, { service: name, retryable: false });
    const { answer } = await part.look(scope);
    return { found: JSON.parse(answer ?? 'null') as T, at: now() };
  };
  return (name) => {
    const known = read.get(name) ?? look(name);
    read.set(name, known);
    return known;
  };
}
