import type { JsonObject } from '../../model/item.ts';
import type { Episode, FilterState, RuleState, SubjectState, Undecided } from './state.ts';

/** As it is kept. */
export function stateToJson({ rules }: FilterState): JsonObject {
  return { version: 1, rules: objectOf(rules, ruleToJson) };
}

/** What was kept; null where this version cannot read it: then the filter begins anew. */
export function stateFromJson(json: JsonObject): FilterState | null {
  if (json['version'] !== 1) return null;
  const { rules } = json as unknown as { readonly rules: Record<string, RuleJson> };
  const refs = new Map<string, Episode['ref']>();
  return { rules: mapOf(rules, (rule) => ruleFromJson(rule, refs)) };
}

type EpisodeJson = Omit<Episode, 'ref'> & { readonly id: string };
type SubjectJson = Omit<SubjectState, 'episode'> & { readonly episode: EpisodeJson | null };
type RuleJson = Omit<RuleState, 'subjects' | 'undecided'> & {
  readonly subjects: Record<string, SubjectJson>;
  readonly undecided: Record<string, Undecided>;
};

function ruleToJson({ subjects, undecided, ...rest }: RuleState): JsonObject {
  const json = { ...rest, subjects: objectOf(subjects, subjectToJson), undecided: Object.fromEntries(undecided) };
  return json as unknown as JsonObject;
}

function subjectToJson({ episode, ...rest }: SubjectState): SubjectJson {
  if (episode === null) return { ...rest, episode };
  const { ref, ...all } = episode;
  return { ...rest, episode: { ...all, id: ref.id } };
}

function ruleFromJson({ subjects, undecided, ...rest }: RuleJson, refs: Map<string, Episode['ref']>): RuleState {
  return {
    ...rest,
    subjects: mapOf(subjects, (subject) => subjectFromJson(subject, refs)),
    undecided: new Map(Object.entries(undecided)),
  };
}

function subjectFromJson({ episode, ...rest }: SubjectJson, refs: Map<string, Episode['ref']>): SubjectState {
  if (episode === null) return { ...rest, episode };
  const { id, ...all } = episode;
  const ref = refs.get(id) ?? { id };
  refs.set(id, ref);
  return { ...rest, episode: { ...all, ref } };
}

function mapOf<A, B>(all: Readonly<Record<string, A>>, make: (one: A) => B): ReadonlyMap<string, B> {
  return new Map(Object.entries(all).map(([name, one]) => [name, make(one)]));
}

function objectOf<A, B>(all: ReadonlyMap<string, A>, make: (one: A) => B): Record<string, B> {
  return Object.fromEntries([...all].map(([name, one]) => [name, make(one)]));
}
