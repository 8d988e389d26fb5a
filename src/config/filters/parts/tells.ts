import { groupOf } from '../../../core/model/alerting/recipients.ts';
import { nearestOf } from '../../../platform/nearest.ts';
import { quote } from '../../formats.ts';
import { isFoundLater, ofSheetHint } from '../../reminders/found-later.ts';
import type { Inherited } from '../../rules/compile.ts';
import { optionsOf } from '../../rules/entry.ts';
import { escalatedTo } from '../../rules/maps/escalate.ts';
import type { ChannelNames, FilterFile, FilterSet } from '../set/assemble.ts';
import type { LineFault } from '../sheet.ts';
import type { PlacedPart } from './placed.ts';

/** What alerts may tell. */
export interface Tellable {
  /** Names of channels that there are. */
  readonly enabled: readonly string[];
  /** Names of those that are set up wrong. */
  readonly broken: readonly string[];
  /** Names of those that wake people. */
  readonly pagers: readonly string[];
  /** Names of those that make tickets. */
  readonly trackers: readonly string[];
}

export interface Tells {
  /** Names that no channel has: their files are at fault. */
  readonly faults: ReadonlyMap<FilterFile, readonly LineFault[]>;
  /** Names of channels that cannot be used now, which is another's fault. */
  readonly losses: ReadonlyMap<FilterFile, readonly LineFault[]>;
  readonly channels: Omit<ChannelNames, 'held'>;
}

/** Where a channel is named. */
interface Naming {
  readonly name: string;
  readonly line: number;
  readonly lead: string;
}

/** What is wrong with the channels that alerts tell. */
export function judgeTells(set: FilterSet, { pagers, trackers, ...names }: Tellable): Tells {
  const lost = new Set<string>();
  const [enabled, broken] = [withGroups(names.enabled), withGroups(names.broken)];
  const channels = [...set.lostParts, ...set.parts].filter(({ section }) => section === 'channels');
  const places = new Map(
    channels.flatMap(({ name, file, line }) => [name, groupOf(name)].map((it) => [it, `${file}:${line}`])),
  );
  const whyLost = (name: string): string | undefined => {
    const place = places.get(name);
    if (broken.includes(name)) return `is set up wrong in ${place}; it is told nothing until that is mended`;
    if (enabled.includes(name)) return undefined;
    if (place !== undefined) return `is set up in ${place}, and that file has faults; it is told nothing until then`;
    return set.isUnread ? 'is not known, and a file that may set it up cannot be read; it is told nothing' : undefined;
  };
  const [faults, losses] = [new Map<FilterFile, LineFault[]>(), new Map<FilterFile, LineFault[]>()];
  for (const file of set.files) {
    for (const { name, line, lead } of namingsIn(file).filter((it) => !isFoundLater(it.name, set))) {
      const why = whyLost(name);
      if (why !== undefined) lost.add(name);
      if (why === undefined && enabled.includes(name)) continue;
      const to = why === undefined ? faults : losses;
      const said =
        why ?? `is no channel; ${ofSheetHint(name, set)}${remedy(name, [...new Set(names.enabled.map(groupOf))])}`;
      to.set(file, [...(to.get(file) ?? []), { line, text: `${lead}${quote(name)} ${said}` }]);
    }
    const needless = needlessAfters(file, withGroups(trackers));
    if (needless.length > 0) faults.set(file, [...(faults.get(file) ?? []), ...needless]);
  }
  return { faults, losses, channels: { lost, pagers: new Set(pagers) } };
}

/** One recipient may be told alone, or all that one channel is set up for. */
function withGroups(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => [name, groupOf(name)]))];
}

/** Channels that are told, at once or later. */
function namedBy({ tell = [], escalate }: Inherited): readonly { key: 'tell' | 'escalate'; name: string }[] {
  return [
    ...[tell].flat().map((name) => ({ key: 'tell' as const, name })),
    ...escalatedTo(escalate).map((name) => ({ key: 'escalate' as const, name })),
  ];
}

/** Each once: what the defaults say holds for many filters. */
function namingsIn({ filters, parts }: FilterFile): readonly Naming[] {
  const ofFilters = filters.flatMap(({ filter, line, lines, alertLines }): Naming[] => [
    ...namedBy(filter).map(({ key, name }) => ({ name, line: lines.get(key) ?? line, lead: `${key}: ` })),
    ...(filter.alerts ?? []).flatMap((entry, index) =>
      namedBy(optionsOf(entry)).map(({ key, name }) => {
        return { name, line: alertLines[index] ?? line, lead: `alerts[${index}]: ${key}: ` };
      }),
    ),
  ]);
  const all = [...ofFilters, ...parts.flatMap(namingsOfWatch)];
  return [...new Map(all.map((it) => [`${it.line} ${it.lead} ${it.name}`, it])).values()];
}

/** Alerts that want tickets after so many events, and tell nobody who makes any. */
function needlessAfters({ filters }: FilterFile, trackers: readonly string[]): readonly LineFault[] {
  return filters.flatMap(({ filter, line, alertLines }) =>
    (filter.alerts ?? []).flatMap((entry, index) => {
      const { after, tell = filter.tell ?? [] } = optionsOf(entry);
      if (after === undefined || [tell].flat().some((name) => trackers.includes(name))) return [];
      const text = `alerts[${index}]: after: is for tickets; tell a channel of the kind jira as well, or remove it`;
      return [{ line: alertLines[index] ?? line, text }];
    }),
  );
}

function namingsOfWatch({ name: watch, line, lines, watch: said, alertLines = [] }: PlacedPart): readonly Naming[] {
  if (said === undefined) return [];
  // Of a file with faults some may be lacking.
  const alerts = (said.alerts ?? []).filter(Boolean);
  return [
    ...namedBy(said).map(({ key, name }) => ({ name, line: lines.get(key) ?? line, lead: `${watch}: ${key}: ` })),
    ...alerts.flatMap((entry, index) =>
      (typeof entry === 'string' ? [] : namedBy(entry)).map(({ key, name }) => {
        return { name, line: alertLines[index] ?? line, lead: `${watch}: alerts[${index}]: ${key}: ` };
      }),
    ),
  ];
}

function remedy(name: string, enabled: readonly string[]): string {
  const near = nearestOf(name, enabled);
  return near === undefined
    ? `write some of ${enabled.join(', ')}, or set it up under channels:`
    : `did you mean ${near}?`;
}
