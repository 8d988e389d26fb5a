import type { Issue } from '../types.ts';
import { SearchError, type SearchNode, type Term } from './ast.ts';
import { comparison, operand } from './match.ts';
import { valueTest } from './pattern.ts';

/** What conditions on an issue are asked of. Times are epoch milliseconds. */
export type IssueFacts = {
  readonly issue: Issue;
  readonly slug: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
};

export type IssueTest = (facts: IssueFacts) => boolean;

/** The issue search in its two halves. `events` has no parts when there is no condition on events. */
export type IssueSearch = {
  readonly issue: IssueTest;
  readonly events: { readonly kind: 'and'; readonly parts: readonly SearchNode[] };
};

export function splitIssueSearch(node: SearchNode): IssueSearch {
  const terms = termsOf(node);
  const tests = terms.filter(isAboutIssue).map(issueTest);
  const parts = terms.filter((term) => !isAboutIssue(term)).map((term): SearchNode => ({ kind: 'term', term }));
  return { issue: (facts) => tests.every((test) => test(facts)), events: { kind: 'and', parts } };
}

function termsOf(node: SearchNode): Term[] {
  return node.kind === 'term' ? [node.term] : node.parts.flatMap(termsOf);
}

const ABOUT_ISSUE = new Set([
  'is',
  'assigned',
  'issue',
  'issue.id',
  'issue.category',
  'issue.type',
  'issue.priority',
  'status',
  'firstSeen',
  'lastSeen',
  'timesSeen',
  'project',
  'project.name',
]);

function isAboutIssue(term: Term): boolean {
  return term.key.kind === 'field' && ABOUT_ISSUE.has(term.key.name);
}

function issueTest(term: Term): IssueTest {
  const test = positive(term);
  return term.negated ? (facts) => !test(facts) : test;
}

function positive(term: Term): IssueTest {
  const { key, test } = term;
  if (test.kind === 'has') return key.name === 'assigned' ? (facts) => facts.issue.assignedTo !== null : () => true;
  if (test.kind === 'compare') {
    const holds = comparison(test.by, operand(key, test.value));
    return (facts) => holds(numberOf(key.name, facts));
  }
  const patterns = test.kind === 'list' ? test.patterns : [test.pattern];
  if (key.name === 'is') {
    const tests = patterns.map((pattern) => statusTest(pattern.text));
    return (facts) => tests.some((one) => one(facts.issue));
  }
  const tests = patterns.map(valueTest);
  return (facts) => tests.some((one) => textsOf(key.name, facts).some(one));
}

function numberOf(name: string, facts: IssueFacts): number {
  if (name === 'firstSeen') return facts.first;
  if (name === 'lastSeen') return facts.last;
  return name === 'timesSeen' ? facts.count : Number(facts.issue.id);
}

function textsOf(name: string, { issue, slug, count }: IssueFacts): string[] {
  if (name === 'issue') return [issue.shortId];
  if (name === 'issue.id') return [issue.id];
  if (name === 'issue.category') return [issue.category];
  if (name === 'issue.type') return [issue.type];
  if (name === 'issue.priority') return [issue.priority ?? ''];
  if (name === 'status') return [issue.status];
  if (name === 'timesSeen') return [String(count)];
  if (name === 'project' || name === 'project.name') return [slug];
  return issue.assignedTo === null
    ? ['none']
    : [issue.assignedTo.name, issue.assignedTo.email ?? '', `#${issue.assignedTo.name}`];
}

const SUBSTATUS = new Set([
  'new',
  'ongoing',
  'escalating',
  'regressed',
  'archived_until_escalating',
  'archived_until_condition_met',
  'archived_forever',
]);

function statusTest(value: string): (issue: Issue) => boolean {
  if (value === 'unresolved' || value === 'resolved') return (issue) => issue.status === value;
  if (value === 'ignored' || value === 'archived') return (issue) => issue.status === 'ignored';
  if (value === 'assigned') return (issue) => issue.assignedTo !== null;
  if (value === 'unassigned') return (issue) => issue.assignedTo === null;
  if (value === 'linked') return () => false;
  if (value === 'unlinked') return () => true;
  if (value === 'for_review') return (issue) => issue.substatus === 'new' || issue.substatus === 'regressed';
  if (SUBSTATUS.has(value)) return (issue) => issue.substatus === value;
  throw new SearchError(`Invalid value for "is" search: ${value}`);
}
