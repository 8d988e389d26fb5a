import type { Complaint } from '../../../config/filters/complaint.ts';
import type { Filter } from '../../../core/model/filter.ts';
import { RESERVED } from './events.ts';
import { attribute } from './text.ts';

/** Attributes of an event; ours are 30 at most. */
const MAX_ATTRIBUTES = 254;
const OURS = 30;

/** Tags and labels that New Relic could not keep apart. */
export function vet(filters: readonly Filter[]): readonly Complaint[] {
  return filters.flatMap((filter) => [...vetTags(filter), ...vetLabels(filter), ...vetCount(filter)]);
}

function vetTags({ name, tags, labels }: Filter): readonly Complaint[] {
  const taken = new Map<string, string>(Object.keys(labels).map((key) => [`label.${attribute(key)}`, `label ${key}`]));
  return tags.flatMap((tag): Complaint[] => {
    const stored = attribute(tag);
    const other = taken.get(stored);
    taken.set(stored, `tag ${tag}`);
    if (RESERVED.has(stored))
      return [
        {
          filter: name,
          key: 'tags',
          text: `the tag ${tag} would hide a field of ours in New Relic (${stored}); leave it out`,
        },
      ];
    if (other === undefined) return [];
    return [
      {
        filter: name,
        key: 'tags',
        text: `the tag ${tag} and the ${other} would become one in New Relic (${stored}); leave one out`,
      },
    ];
  });
}

function vetLabels({ name, labels }: Filter): readonly Complaint[] {
  const taken = new Map<string, string>();
  return Object.keys(labels).flatMap((key): Complaint[] => {
    const other = taken.get(attribute(key));
    taken.set(attribute(key), key);
    if (other === undefined) return [];
    return [
      {
        filter: name,
        key: 'labels',
        text: `the labels ${other} and ${key} would become one in New Relic (label.${attribute(key)}); rename one`,
      },
    ];
  });
}

function vetCount({ name, tags, labels }: Filter): readonly Complaint[] {
  const count = OURS + tags.length + Object.keys(labels).length;
  if (count <= MAX_ATTRIBUTES) return [];
  return [
    {
      filter: name,
      key: 'labels',
      text: `${count} attributes with ours, New Relic takes ${MAX_ATTRIBUTES}; use fewer labels`,
    },
  ];
}
