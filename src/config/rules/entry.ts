import * as z from 'zod/mini';
import { quote } from '../formats.ts';
import { either, map, text } from '../filters/kinds.ts';
import { optional, shapeOf } from '../filters/shape.ts';
import { isMap } from '../filters/sheet.ts';
import { readBy, reads } from '../filters/texts.ts';
import { words } from './editors.ts';
import { escalatedTo } from './maps/escalate.ts';
import { misfit, misfitOfEach, usualEach } from './fits.ts';
import { OWN, SHARED } from './options.ts';
import { noTwins } from './twins.ts';
import { EXAMPLES, PATTERN, readSentence } from './sentence.ts';

const MOST_RULES = 100;
const EXAMPLE = '{ when: events > 100, hold: 2 }';
const NOT_A_MAP = `an alert must be a sentence, or a map such as ${EXAMPLE}`;

const SENTENCE = text(readBy(readSentence), words(`a sentence such as ${EXAMPLES.join('; ')}`, PATTERN, EXAMPLES));

/** All that a map under `alerts` may have. */
export const OPTIONS = { when: { doc: 'the sentence', schema: SENTENCE }, ...OWN, ...SHARED };

const WITH_OPTIONS = map(shapeOf(OPTIONS, optional), 'is not an option of an alert', NOT_A_MAP).check(
  z.meta({ required: ['when'] }),
  z.check(({ value, issues }) => {
    for (const [path, message] of faultsOf(value)) issues.push({ code: 'custom', path, input: value, message });
  }),
);

type WithOptions = z.output<typeof WITH_OPTIONS>;

/** An alert as the file has it. */
export type Entry = string | WithOptions;

/** What it says of itself: a sentence alone says nothing else. */
export function optionsOf(entry: Entry): WithOptions {
  return typeof entry === 'string' ? { when: entry } : entry;
}

function faultsOf(entry: WithOptions): readonly (readonly [path: string[], message: string])[] {
  const { when, each, escalate } = entry;
  if (when === undefined) return [[[], `when is missing; write the sentence, such as ${EXAMPLE}`]];
  const read = readSentence(when);
  if ('fault' in read) return [];
  const { condition, normal } = read;
  const wrong = each === undefined ? undefined : misfitOfEach(each as 'issue' | 'filter', normal, condition);
  if (wrong !== undefined) return [[['each'], wrong]];
  const told = entry.tell === undefined ? undefined : [entry.tell].flat();
  if (escalate !== undefined && told?.length === 0)
    return [[['escalate'], 'nobody is told from the beginning; name a channel in tell, or remove it']];
  const twice = escalatedTo(escalate).find((name) => told?.includes(name));
  if (twice !== undefined) return [[['escalate'], `${quote(twice)} is told from the beginning; name others`]];
  const asked = { condition, each: (each as 'issue' | undefined) ?? usualEach(condition) };
  return Object.entries(entry).flatMap(([option, value]) => {
    const found = value === undefined || value === 'never' ? undefined : misfit(option, normal, asked);
    return found === undefined ? [] : [[[option], found] as const];
  });
}

/** A map that was meant as a sentence: in YAML a colon and a blank make one. */
const COLON = z
  .any()
  .check(reads(() => `is read as a map because of its colon; write the whole sentence in quotes, or ${EXAMPLE}`));

function formOf(given: unknown) {
  if (!isMap(given)) return SENTENCE;
  const keys = Object.keys(given);
  return keys.some((key) => key.includes(' ') || EXAMPLES.includes(key)) && !keys.includes('when')
    ? COLON
    : WITH_OPTIONS;
}

/** Which of a filter's alerts it is: its name, else its sentence in normal form. Undefined: it has neither. */
export function identityOf(entry: Entry): string | undefined {
  const { when, name } = optionsOf(entry);
  if (name !== undefined) return name;
  const read = readSentence(when ?? '');
  return 'normal' in read ? read.normal : undefined;
}

/** The list under `alerts` of a filter. */
export const ALERTS = z
  .array(either(formOf, [SENTENCE, WITH_OPTIONS], 'a sentence, or a map with `when` and options'), {
    error: 'must be a list of sentences; write [new, trending]',
  })
  .check(
    z.maxLength(MOST_RULES, { error: `has more than ${MOST_RULES} entries; split the filter` }),
    noTwins(identityOf),
  );
