import type { Program } from '../../app/assemble.ts';
import type { KeyCheck } from '../../core/ports/source.ts';
import { askSources } from '../ask-each.ts';

export interface Warning {
  /** file:line. */
  readonly where: string;
  readonly text: string;
}

/** What is said of several filters. */
export interface SaidOf {
  /** Of the filters, with commas. */
  readonly names: string;
  readonly text: string;
}

/** What the source said of the names that filters ask for. */
export interface LiveCheck {
  readonly warnings: readonly Warning[];
  /** Filters of which this server cannot say anything. */
  readonly untold: readonly SaidOf[];
  /** Filters that it did not answer for. */
  readonly unasked: readonly SaidOf[];
}

export const NOT_ASKED: LiveCheck = { warnings: [], untold: [], unasked: [] };

const NOT_LEFT = 'was not asked, as it did not answer for the filters before';

type Answer = Exclude<KeyCheck, { readonly fault: unknown }>;

/** Asks the source which of the names that filters ask for it has never seen. */
export async function checkKeys(program: Program): Promise<LiveCheck> {
  const { answers, unanswered, left } = await askSources<Answer>(program, 'check', (source, filters, scope) => {
    if (source.checkKeys === undefined) throw new Error(`${source.name} cannot say which keys it has seen`);
    return source.checkKeys(filters, scope);
  });
  const byName = new Map(program.filters.filters.map((filter) => [filter.name, program.sourceOf(filter).name]));
  return {
    warnings: answers.flatMap((it) => placed(it, program)),
    untold: grouped(answers.flatMap((it) => ('untold' in it ? [[it.filter.name, it.untold]] : []))),
    unasked: grouped([
      ...unanswered.map(({ filter, error }): Said => [filter, error]),
      ...left.map((name): Said => [name, `${byName.get(name)!}: ${NOT_LEFT}`]),
    ]),
  };
}

function placed(it: Answer, { filters }: Program): readonly Warning[] {
  if (!('remarks' in it)) return [];
  return it.remarks.map(({ key, text }) => ({ where: filters.where(it.filter.name, key), text: `${key}: ${text}` }));
}

/** Name of a filter, and what is said of it. */
type Said = readonly [name: string, text: string];

/** Each text once. */
function grouped(all: readonly Said[]): readonly SaidOf[] {
  const byText = Map.groupBy(all, ([, text]) => text);
  return [...byText].map(([text, said]) => ({ names: said.map(([name]) => name).join(', '), text }));
}
