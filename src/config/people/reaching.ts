import type { Person } from '../../core/model/reminders/person.ts';
import type { PlacedPart } from '../filters/parts/placed.ts';
import { readBirthday } from './birthday.ts';

/** The vendors that reach a person, each by a channel of its own (`ann/slack`); the first one is asked first. */
export const REACHING = ['slack', 'telegram', 'email'] as const;
type Reaching = (typeof REACHING)[number];

/** Of those the ones that are asked with a key of a channel. */
const KEYED: readonly Reaching[] = ['slack', 'telegram'];

type Channel = Pick<PlacedPart, 'section' | 'name' | 'texts' | 'person'>;

/** The channels of a person; those whose key nobody knows are left out. A channel that is no person's stays alone. */
export function personChannels<P extends PlacedPart>(part: P, channels: readonly Channel[]): readonly P[] {
  if (part.person === undefined) return [part];
  return vendorsOf(part).flatMap((vendor): readonly P[] => {
    const key = KEYED.includes(vendor) ? keyOf(vendor, part, channels) : undefined;
    if (key !== undefined && 'fault' in key) return [];
    const texts = { [vendor]: part.texts[vendor]!, ...key };
    return [{ ...part, name: `${part.name}/${vendor}`, texts }];
  });
}

/** Why a person cannot be told by some vendor. */
export function unreachable(part: PlacedPart, channels: readonly Channel[]): readonly { key: string; text: string }[] {
  return vendorsOf(part).flatMap((vendor) => {
    const key = KEYED.includes(vendor) ? keyOf(vendor, part, channels) : undefined;
    return key !== undefined && 'fault' in key ? [{ key: vendor, text: key.fault }] : [];
  });
}

function vendorsOf({ person, texts }: Pick<PlacedPart, 'person' | 'texts'>): readonly Reaching[] {
  return person === undefined ? [] : REACHING.filter((vendor) => texts[vendor] !== undefined);
}

/** Which variable holds it. */
function keyOf(
  vendor: Reaching,
  { person, name }: Pick<PlacedPart, 'person' | 'name'>,
  channels: readonly Channel[],
): { readonly key: string } | { readonly fault: string } {
  const via = [person?.via ?? []].flat();
  const all = channels.filter(
    (it) => it.section === 'channels' && it.person === undefined && it.texts[vendor] !== undefined,
  );
  const own = via.length === 0 ? all : all.filter((it) => via.includes(it.name));
  const keys = [...new Set(own.flatMap(({ texts }) => texts['key'] ?? []))];
  if (keys.length === 1) return { key: keys[0]! };
  const whose = via.length === 0 ? 'set up' : `of ${via.join(', ')}`;
  if (keys.length === 0)
    return { fault: `no channel ${whose} is one of ${vendor}, whose key ${name} could be told with` };
  return { fault: `channels of ${vendor} have different keys (${keys.join(', ')}); write via: with the name of one` };
}

/** Of a file without faults. `there`: names of channels that were made of it. */
export function personOf({ name, person = {}, texts }: PlacedPart, there: ReadonlySet<string>): Person {
  const { birthday } = person;
  return {
    key: name,
    name: person.name ?? name,
    channels: REACHING.map((vendor) => `${name}/${vendor}`).filter((channel) => there.has(channel)),
    mail: texts['email']?.toLowerCase() ?? null,
    birthday: birthday === undefined ? null : readBirthday(birthday),
  };
}

/** A sheet whose rows are persons. */
export interface PeopleSheet {
  /** Its name under `sheets`. */
  readonly sheet: string;
  readonly file: string;
  readonly line: number;
}

interface File {
  readonly path: string;
  readonly parts: readonly PlacedPart[];
}

/** With a channel for each way that reaches a person. */
export function withPeople<P extends PlacedPart>(parts: readonly P[]): readonly P[] {
  return parts.flatMap((part) => personChannels(part, parts));
}

/** `parts`: what was made of the files. */
export function peopleIn(files: readonly File[], parts: readonly PlacedPart[]): readonly Person[] {
  const there = new Set(parts.map(({ name }) => name));
  return files.flatMap((file) =>
    file.parts.flatMap((part) =>
      part.person === undefined || part.peopleSheet !== undefined ? [] : personOf(part, there),
    ),
  );
}

export function sheetsOfPeople(files: readonly File[]): readonly PeopleSheet[] {
  return files.flatMap(({ path: file, parts }) =>
    parts.flatMap(({ peopleSheet: sheet, line }) => (sheet === undefined ? [] : { sheet, file, line })),
  );
}
