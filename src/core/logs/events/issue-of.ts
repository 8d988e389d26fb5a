import type { Frame } from '../../model/events/event.ts';
import { placeOf } from '../issues/frame-place.ts';
import { groupingOf, type Grouping, type GroupingPatterns } from '../issues/grouping.ts';
import { type FormerMethod, issueKey, type Hash } from '../issues/issue-key.ts';
import { culpritOf, titleOf } from '../issues/title.ts';
import type { Chain } from '../tracebacks/traceback.ts';
import type { RecordRead } from './read-record.ts';

/** By what records are one issue. */
export interface IssueRules {
  readonly grouping: GroupingPatterns;
  /** So long as issues that it named may go on by the name of this one; absent: there is none. */
  readonly former?: FormerMethod;
}

/** What an event says of its issue. */
export interface IssueRead {
  readonly issueId: string;
  readonly former?: string;
  readonly grouping: Grouping;
  readonly title: string;
  readonly culprit: string | null;
  readonly frames: readonly Frame[];
}

/** NOTE: of an error that floods it is found out once, as its lines are read once. */
const known = new WeakMap<IssueRules, WeakMap<object, IssueRead>>();

export function issueOf(read: RecordRead, rules: IssueRules, hash: Hash): IssueRead {
  if (read.said === null) return findOut(read, rules, hash);
  let kept = known.get(rules);
  if (kept === undefined) known.set(rules, (kept = new WeakMap()));
  let issue = kept.get(read.said);
  if (issue === undefined) kept.set(read.said, (issue = findOut(read, rules, hash)));
  return issue;
}

function findOut(read: RecordRead, rules: IssueRules, hash: Hash): IssueRead {
  const { chains, head, message } = read;
  const grouping = groupingOf(read, rules.grouping);
  return {
    issueId: issueKey(grouping, hash),
    ...formerOf(read, rules, hash),
    grouping,
    title: titleOf(chains, message),
    culprit: culpritOf(chains, head),
    frames: framesOf(chains),
  };
}

function formerOf(read: RecordRead, { former, grouping }: IssueRules, hash: Hash): { readonly former?: string } {
  return former === undefined ? {} : { former: issueKey(former.groupingOf(read, grouping), hash, former.number) };
}

/** Of the exception that was raised last. */
function framesOf(chains: readonly Chain[]): readonly Frame[] {
  const frames = chains[0]?.at(-1)?.frames ?? [];
  return frames.map((frame) => {
    const { module, function: name } = placeOf(frame);
    return { module, function: name === '' ? null : name, line: frame.line, column: null };
  });
}
