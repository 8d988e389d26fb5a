import { groupOf } from '../../core/model/alerting/recipients.ts';
import { nearestOf } from '../../platform/nearest.ts';
import type { Tellable } from '../filters/parts/tells.ts';
import type { FilterFile, FilterSet } from '../filters/set/assemble.ts';
import type { LineFault } from '../filters/sheet.ts';
import { quote } from '../formats.ts';
import { isFoundLater, ofSheetHint } from '../reminders/found-later.ts';
import { lineIn, type PlacedDigest } from './placed.ts';

/** What is wrong with the filters and channels that digests name. */
export interface JudgedDigests {
  /** Names that nothing has: their files are at fault. */
  readonly faults: ReadonlyMap<FilterFile, readonly LineFault[]>;
  /** Names of what cannot be used now, which is another's fault. */
  readonly losses: ReadonlyMap<FilterFile, readonly LineFault[]>;
  /** Names of digests that are not made as long as that lasts. */
  readonly held: ReadonlySet<string>;
  /** Names of channels that are told nothing meanwhile. */
  readonly lost: ReadonlySet<string>;
  /** As it was given; undefined: there is none, or it is not known. */
  readonly admin: string | undefined;
}

/** What is wrong with a name; `isLost`: something else is, and the name is right. */
export interface Wrong {
  readonly text: string;
  readonly isLost: boolean;
}
export type JudgeName = (name: string) => Wrong | undefined;

/**
 * Of a file with other faults its wrong names alone: what else is lost with it, is said of it. `admin`: null: settings
 * that cannot be read may name it.
 */
export function judgeDigests(set: FilterSet, tellable: Tellable, admin?: string | null): JudgedDigests {
  const [faults, losses] = [new Map<FilterFile, LineFault[]>(), new Map<FilterFile, LineFault[]>()];
  const [held, lost] = [new Set<string>(), new Set<string>()];
  const judges = { filters: filterJudge(set), tell: channelJudge(set, tellable, 'a digest') };
  const add = (to: Map<FilterFile, LineFault[]>, file: FilterFile, fault: LineFault): void =>
    void to.set(file, [...(to.get(file) ?? []), fault]);
  for (const file of set.files)
    for (const digest of file.digests) {
      const own = file.faults.length > 0 ? [] : [sinceFault(digest, set), adminFault(digest, admin, judges.tell)];
      for (const fault of own) if (fault !== undefined) add(faults, file, fault);
      for (const key of ['filters', 'tell'] as const)
        for (const name of digest.named[key]) {
          const wrong = judges[key](name);
          if (wrong === undefined || (wrong.isLost && file.faults.length > 0)) continue;
          const text = `${digest.said}: ${key}: ${quote(name)} ${wrong.text}`;
          add(wrong.isLost ? losses : faults, file, { line: lineIn(digest, key), text });
          if (!wrong.isLost) continue;
          if (key === 'filters') held.add(digest.name);
          else lost.add(name);
        }
    }
  return { faults, losses, held, lost, admin: admin ?? undefined };
}

/** What is wrong with who gets a report that names nobody. NOTE: the admin's channel itself is judged elsewhere. */
function adminFault(digest: PlacedDigest, admin: string | null | undefined, judge: JudgeName): LineFault | undefined {
  if (admin === null || digest.written?.report !== true || digest.written.tell !== undefined) return undefined;
  const line = lineIn(digest, 'report');
  if (admin === undefined)
    return { line, text: `${digest.said}: tell is missing, and ADMIN_CHANNEL is not set; write one of both` };
  const wrong = judge(admin);
  if (wrong === undefined || wrong.isLost) return undefined;
  return { line, text: `${digest.said}: ADMIN_CHANNEL: ${quote(admin)} ${wrong.text}` };
}

/** What is wrong with a digest of what was stored: its filters are to read intakes alone. */
function sinceFault(digest: PlacedDigest, set: FilterSet): LineFault | undefined {
  const plan = set.digests.find(({ name }) => name === digest.name);
  if (plan?.since === undefined) return undefined;
  const parts = [...set.parts, ...set.lostParts].filter(({ section }) => section === 'intakes');
  const intakes = new Set(parts.map(({ name }) => name));
  const wrong = set.filters.find(
    ({ name, projects }) => plan.filters.includes(name) && projects.some((project) => !intakes.has(project)),
  );
  if (wrong === undefined) return undefined;
  const project = wrong.projects.find((it) => !intakes.has(it));
  const text =
    `${digest.said}: since: the filter ${wrong.name} reads ${project}, which is no intake: only of ` +
    'intakes it is known what was stored when; name filters of intakes alone, or leave since out';
  return { line: lineIn(digest, 'since'), text };
}

function filterJudge({ filters, files, isUnread }: FilterSet): JudgeName {
  const running = filters.map(({ name }) => name);
  const places = new Map(
    files.flatMap(({ path, filters: all }) => all.map((it) => [it.filter.name, `${path}:${it.line}`] as const)),
  );
  return (name) => {
    if (running.includes(name)) return undefined;
    if (places.has(name))
      return { text: `in ${places.get(name)} is left out; the digest is not made until then`, isLost: true };
    if (isUnread)
      return {
        text: 'is not known, and a file that may have it cannot be read; the digest is not made until then',
        isLost: true,
      };
    return { text: `is no filter; ${remedy(name, [...places.keys()], 'add it under filters:')}`, isLost: false };
  };
}

/** `what`: is to be read. */
export function channelJudge(set: FilterSet, { enabled, broken, pagers }: Tellable, what: string): JudgeName {
  const [usable, wrong, waking] = [enabled, broken, pagers].map(withGroups) as [Names, Names, Names];
  const channels = [...set.lostParts, ...set.parts].filter(({ section }) => section === 'channels');
  const places = new Map(
    channels.flatMap(({ name, file, line }) => [name, groupOf(name)].map((it) => [it, `${file}:${line}`] as const)),
  );
  const lost = (text: string): Wrong => ({ text: `${text}; it is told nothing until that is mended`, isLost: true });
  return (name) => {
    if (isFoundLater(name, set)) return undefined;
    const place = places.get(name);
    if (waking.has(name))
      return { text: `wakes people, and ${what} is to be read; tell another channel`, isLost: false };
    if (wrong.has(name)) return lost(`is set up wrong in ${place}`);
    if (usable.has(name)) return undefined;
    if (place !== undefined) return lost(`is set up in ${place}, and that file has faults`);
    if (set.isUnread) return lost('is not known, and a file that may set it up cannot be read');
    const known = [...new Set([...enabled, ...places.keys()].map(groupOf))];
    return {
      text: `is no channel; ${ofSheetHint(name, set)}${remedy(name, known, 'set it up under channels:')}`,
      isLost: false,
    };
  };
}

type Names = ReadonlySet<string>;

/** One recipient may be told alone, or all that one channel is set up for. */
function withGroups(names: readonly string[]): Names {
  return new Set(names.flatMap((name) => [name, groupOf(name)]));
}

/** A few names tell how they look; of many nobody reads all. */
const SHOWN = 10;

export function remedy(name: string, known: readonly string[], otherwise: string): string {
  const near = nearestOf(name, known);
  if (near !== undefined) return `did you mean ${near}?`;
  if (known.length === 0) return otherwise;
  const some = known.length > SHOWN ? [...known.slice(0, SHOWN), '…'] : known;
  return `write some of ${some.join(', ')}, or ${otherwise}`;
}
