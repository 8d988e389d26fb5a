import { quote } from '../../../../config/formats.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Remark } from '../../../../core/ports/source.ts';
import { nearestOf } from '../../../../platform/nearest.ts';
import { number } from '../../../../platform/numbers.ts';
import { FIELDS, isField, isKnownKey, isSharedColumn } from './fields.ts';
import type { Node } from './nodes.ts';
import { readSearch } from './read-search.ts';

/** What Sentry has seen as tags in some projects. */
export interface SeenTags {
  readonly keys: ReadonlySet<string>;
  /** There are more, which it does not tell of. */
  readonly isCut: boolean;
  /** Of the time that was looked at. */
  readonly days: number;
}

/** A name that a filter asks for and that is no field of events. */
export interface AskedTag {
  readonly key: 'query' | 'tags';
  readonly name: string;
  /** Events have a field of this name, which is asked for without `tags[...]`. */
  readonly isField: boolean;
}

/** The names of a filter that can only be tags, each once for each key of the filter. */
export function tagsAskedBy({ query, tags }: Filter): readonly AskedTag[] {
  const inQuery = new Map(
    asked(readSearch(query ?? '').nodes).map(({ name, isField: is }): [string, AskedTag] => [
      name,
      { key: 'query', name, isField: is },
    ]),
  );
  const split = tags.filter((name) => !isField(name));
  return [...inQuery.values(), ...[...new Set(split)].map((name): AskedTag => ({ key: 'tags', name, isField: false }))];
}

function asked(nodes: readonly Node[]): readonly Omit<AskedTag, 'key'>[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'group') return asked(node.parts);
    if (node.kind !== 'term') return [];
    const { kind, name } = node.key;
    if (kind === 'field') return isKnownKey(name) ? [] : [{ name, isField: false }];
    return kind === 'tag' && !isSharedColumn(name) ? [{ name, isField: isField(name) }] : [];
  });
}

/** Of these names those that were never seen as tags. */
export function unseenOf(all: readonly AskedTag[], seen: SeenTags): readonly Remark[] {
  return all
    .filter(({ name }) => !seen.keys.has(name))
    .map((it) => ({ key: it.key, text: `${quote(it.name)} is ${said(it, seen)}; ${advice(it, seen)}` }));
}

function said({ isField: is }: AskedTag, { keys, isCut, days }: SeenTags): string {
  const no = is ? 'as tags[...] no field of events' : 'no field of events';
  return isCut
    ? `${no}, and not among the ${number(keys.size)} most frequent tags of ${days} days`
    : `${no}, and no tag that was seen in ${days} days`;
}

function advice({ name, isField: is }: AskedTag, { keys }: SeenTags): string {
  if (is) return `write ${name}: for the field`;
  const nearest = nearestOf(name, [...keys, ...FIELDS]);
  return nearest === undefined ? 'correct it, or leave it out' : `did you mean ${quote(nearest)}?`;
}
