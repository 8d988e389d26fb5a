import type { Issue, SandboxEvent } from '../types.ts';
import { tagsOf } from './project-events.ts';

/** An issue with what is known of its events, of which the story gives only the last hours'. Times are of arrival. */
export type IssueFacts = {
  readonly issue: Issue;
  readonly events: readonly SandboxEvent[];
  readonly count: number;
  readonly first: number;
  readonly last: number;
};

export type IssueTest = (facts: IssueFacts) => boolean;

/** `is:`, `has:` and `tag:value`; the first word without a colon begins a full-text search. */
export function issueTests(words: readonly string[]): IssueTest[] {
  const plain = words.findIndex((word) => !word.includes(':'));
  const terms = plain < 0 ? words : words.slice(0, plain);
  const tests = terms.map(termTest);
  return plain < 0 ? tests : [...tests, textTest(words.slice(plain).join(' '))];
}

function termTest(term: string): IssueTest {
  const name = term.slice(0, term.indexOf(':'));
  const value = term.slice(term.indexOf(':') + 1).replace(/^"+|"+$/g, '');
  if (name === 'is') return ({ issue }) => issue.status === value;
  if (name === 'level') return ({ issue }) => issue.level === value;
  const hasTag =
    (test: (value: string | undefined) => boolean, key: string): IssueTest =>
    ({ events }) =>
      events.some((event) => test(tagsOf(event)[key]));
  return name === 'has' ? hasTag((found) => found !== undefined, value) : hasTag((found) => found === value, name);
}

/** Whole words, all of them, whatever their case. */
function textTest(text: string): IssueTest {
  const wanted = wordsOf(text);
  return ({ issue, events }) => {
    const texts = [
      issue.title,
      issue.culprit ?? '',
      ...Object.values(issue.metadata),
      ...events.map((event) => event.message),
    ];
    const there = new Set(texts.flatMap(wordsOf));
    return wanted.every((word) => there.has(word));
  };
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '');
}
