import { quote } from '../../formats.ts';
import type { Complaint } from '../complaint.ts';
import type { FilterSet } from '../load.ts';
import { type Section, SECTIONS } from './part-keys.ts';

/** What filters may name. */
export interface Nameable {
  readonly section: Extract<Section, 'sources' | 'sinks'>;
  /** Names of what there is. */
  readonly enabled: readonly string[];
  /** Names of those that are set up wrong. */
  readonly broken: readonly string[];
}

export interface References {
  /** Names that nothing has: their files are at fault. */
  readonly complaints: readonly Complaint[];
  /** Names of what cannot be used now, which is another's fault: these filters are left out alone. */
  readonly losses: readonly Complaint[];
}

/** What is wrong with the parts that filters name. */
export function judgeReferences(set: FilterSet, { section, enabled, broken }: Nameable): References {
  const [complaints, losses]: [Complaint[], Complaint[]] = [[], []];
  const what = SECTIONS[section];
  const key = section === 'sinks' ? 'sinks' : 'source';
  const placeOf = (name: string): string | undefined => {
    const part = [...set.parts, ...set.lostParts].find((it) => it.section === section && it.name === name);
    return part === undefined ? undefined : `${part.file}:${part.line}`;
  };
  for (const filter of set.filters) {
    const names = [filter[key] ?? []].flat();
    for (const name of names) {
      const [place, shown] = [placeOf(name), quote(name)];
      const add = (to: Complaint[], text: string): void => void to.push({ filter: filter.name, key, text });
      if (broken.includes(name))
        add(losses, `${shown} is set up wrong in ${place}; ${filter.name} is left out until that is mended`);
      else if (enabled.includes(name)) continue;
      else if (place !== undefined)
        add(losses, `${shown} is set up in ${place}, and that file has faults; ${filter.name} is left out until then`);
      else if (set.isUnread)
        add(losses, `${shown} is not known, and a file that may set it up cannot be read; ${filter.name} is left out`);
      else add(complaints, `${shown} is not an enabled ${what}; ${remedy(enabled, section)}`);
    }
  }
  return { complaints, losses };
}

function remedy(enabled: readonly string[], section: Nameable['section']): string {
  const others = enabled.length === 0 ? '' : `write some of ${enabled.join(', ')}, or `;
  return section === 'sinks' ? `${others}enable it` : `${others}set it up under sources:`;
}
