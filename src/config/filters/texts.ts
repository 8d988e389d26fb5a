import * as z from 'zod/mini';
import { quote } from '../formats.ts';

/** Something that holds of a text, with what is wrong; what to do. */
export type Check = z.core.$ZodCheck<string>;

export type Issue = z.core.$ZodRawIssue;

/** Begins a fault's text; for texts in a map, whose name it gives. */
export type Lead = (issue: Issue) => string;

function nothing(): string {
  return '';
}

/** The text at fault, as it is shown. */
function shown({ input }: Issue): string {
  return quote(String(input));
}

/** A pattern that editors know too: of the whole text, without flags. */
export function matches(pattern: RegExp, fault: (text: string) => string, lead: Lead = nothing): Check {
  return z.regex(pattern, { error: (issue) => lead(issue) + fault(shown(issue)) });
}

export function holds(test: (text: string) => boolean, fault: (text: string) => string, lead: Lead = nothing): Check {
  return z.refine(test, { error: (issue) => lead(issue) + fault(shown(issue)) });
}

/** A text, or something else, that is read by itself; `faultOf` says what is wrong with it, and what to write. */
export function reads<T = string>(faultOf: (given: T) => string | undefined): z.core.$ZodCheck<T> {
  return z.check(({ value, issues }) => {
    const message = faultOf(value);
    if (message !== undefined) issues.push({ code: 'custom', input: value, message });
  });
}

/** A text that `read` reads; of one that it cannot, it gives the `fault`: what is wrong, and what to write. */
export function readBy(read: (text: string) => object): Check {
  return reads((text) => {
    const found = read(text);
    return 'fault' in found ? String(found.fault) : undefined;
  });
}

/** Editors say how it should look. */
export function fits(pattern: RegExp, looks: string): readonly Check[] {
  const fault = (text: string) => `${text} does not fit; write ${looks}`;
  return [matches(pattern, fault), z.meta({ patternErrorMessage: looks })];
}

/** Half of a character (a lone surrogate) cannot be sent as UTF-8. */
export function wellFormed(lead?: Lead): Check {
  const remedy = 'write the character itself or both halves of its \\u escape';
  return holds(
    (text) => text.isWellFormed(),
    (text) => `${text} has half a character; ${remedy}`,
    lead,
  );
}

export function notBlank(lead?: Lead): Check {
  return matches(/\S/, () => 'a text is blank; write something or remove it', lead);
}

export function atMost(length: number, lead: Lead = nothing): Check {
  const fault = (issue: Issue) => `${shown(issue)} is longer than ${length} characters; shorten it`;
  return z.maxLength(length, { error: (issue) => lead(issue) + fault(issue) });
}

/** A pattern that editors are not told: they see the text with what is dropped of it. */
export function quietly(pattern: RegExp, fault: (text: string) => string): Check {
  return holds((text) => pattern.test(text), fault);
}

/** On one line; white space around it counts. */
export function oneLine(must: (pattern: RegExp, fault: (text: string) => string) => Check = matches): readonly Check[] {
  return [
    notBlank(),
    must(/^[^\n\r\u0085\u2028\u2029]*$/, (text) => `${text} has a line break; write it on one line`),
    must(/^[^\u0000-\u0008\u000a-\u001f\u007f-\u009f]*$/, (text) => `${text} has control characters; remove them`),
  ];
}

/** Text for people or names, on one line. */
export function line(length: number): readonly Check[] {
  const trimmed = matches(/^\S(?:[\s\S]*\S)?$/, (text) => `${text} has white space around it; remove it`);
  return [...oneLine(), trimmed, atMost(length)];
}

/** One of the words; editors offer them. */
export function oneOf(words: readonly string[], what: string): readonly Check[] {
  return [
    holds(
      (text) => words.includes(text),
      (text) => `${text} is not ${what}; write some of ${words.join(', ')}`,
    ),
    z.meta({ enum: words }),
  ];
}

export const WEB_ADDRESS: readonly Check[] = [
  matches(/^[hH][tT][tT][pP][sS]?:\/\/\S+$/, notAnAddress),
  holds((text) => URL.canParse(text), notAnAddress),
  z.meta({ patternErrorMessage: 'an http or https address in full' }),
];

function notAnAddress(text: string): string {
  return `${text} is not an http or https address; write it in full, such as https://wiki.example.com/page`;
}
