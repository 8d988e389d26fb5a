import {
  finalIn,
  frameIn,
  isGroupEnd,
  isBarred,
  isDated,
  isFatal,
  isGroupMarker,
  isIndented,
  isRemote,
  jointIn,
  markerAt,
  QUOTES,
  threadIn,
} from '../tracebacks/line-kinds.ts';
import { addLine, lastLine } from './body.ts';
import { beginMessage, takeMessage } from './message.ts';
import type { OpenRecord } from './stream-state.ts';

/**
 * What became of a line: it is the record's, or more of its message; or another traceback begins with it; or the
 * record is over, and the line is none of its; or it is somebody else's, and the record goes on.
 */
export type Step = 'taken' | 'said' | 'begins' | 'over' | 'foreign';

export interface StepRules {
  /** Lines after an exception belong to it until something else begins. */
  readonly carriesOn: boolean;
  /** So many lines of others may stand in between. */
  readonly lookBack: number;
}

/** Lines behind an exception that are kept for a joint that may follow. */
const MOST_AFTER = 8;

/** Takes a line without a header into a record, by Python's grammar. Changes the record. */
export function step(record: OpenRecord, text: string, rules: StepRules): Step {
  if (markerAt(text) >= 0 && !(record.phase === 'group' && isBarred(text) && !isGroupMarker(text))) return 'begins';
  switch (record.phase) {
    case 'none':
      return take(record, text);
    case 'frames':
      return inFrames(record, text, rules);
    case 'group':
      return inGroup(record, text, rules);
    case 'joint':
      return afterJoint(record, text, rules);
    case 'done':
      return afterFinal(record, text, rules);
  }
}

/** A marker, of a group or not: its traceback begins in the record. */
export function begin(record: OpenRecord, text: string): void {
  addLine(record.body, text);
  if (record.phase !== 'joint' && !record.isQuoted) record.tracebacks++;
  record.phase = isGroupMarker(text) ? 'group' : 'frames';
  record.isGroup = record.phase === 'group';
  record.isFatal = isFatal(text);
  record.foreign = 0;
}

function take(record: OpenRecord, text: string): 'taken' {
  addLine(record.body, text);
  record.foreign = 0;
  return 'taken';
}

function inFrames(record: OpenRecord, text: string, rules: StepRules): Step {
  if (frameIn(text) !== null) {
    record.frames++;
    return take(record, text);
  }
  if (text === '' || isIndented(text) || threadIn(text) !== null || isTrimmedSource(record, text))
    return take(record, text);
  if (!record.isFatal && !isDated(text) && finalIn(text) !== null) {
    record.phase = 'done';
    beginMessage(record, text);
    return take(record, text);
  }
  return notOurs(record, text, rules);
}

/** Source of a frame whose sender takes blanks away. */
function isTrimmedSource(record: OpenRecord, text: string): boolean {
  const before = lastLine(record.body) ?? '';
  return before.startsWith('File "') && frameIn(before) !== null && !isDated(text) && !/^[\w.]*Error\b/.test(text);
}

function inGroup(record: OpenRecord, text: string, rules: StepRules): Step {
  if (!isBarred(text)) return notOurs(record, text, rules);
  if (frameIn(text.replace(/^[\s|]+/, '')) !== null) record.frames++;
  // NOTE: a group whose last member is a group has no line of its own at its end: it may go on, or be over.
  if (isGroupEnd(text)) record.phase = 'done';
  return take(record, text);
}

function afterJoint(record: OpenRecord, text: string, rules: StepRules): Step {
  if (text.trim() === '' || isRemote(text)) return take(record, text);
  if (text === QUOTES) {
    record.isQuoted = true;
    return take(record, text);
  }
  record.phase = 'done';
  beginMessage(record, text);
  return finalIn(text) !== null && !isDated(text) ? take(record, text) : afterFinal(record, text, rules);
}

function afterFinal(record: OpenRecord, text: string, rules: StepRules): Step {
  if (record.isGroup && record.after.length === 0 && isBarred(text)) {
    record.phase = 'group';
    return inGroup(record, text, rules);
  }
  if (record.isQuoted && text === QUOTES) {
    record.isQuoted = false;
    return take(record, text);
  }
  if (jointIn(text) !== null) {
    for (const line of record.after.splice(0)) addLine(record.body, line);
    record.phase = 'joint';
    return take(record, text);
  }
  if (rules.carriesOn && record.head !== null) return take(record, text);
  return rules.carriesOn ? afterBare(record, text) : afterCarried(record, text);
}

/** Of a traceback in a file without headers: its message's lines, up to an empty one. */
function afterBare(record: OpenRecord, text: string): Step {
  if (record.after.length > 0) return text === '' ? keep(record, text) : 'over';
  if (text === '') return keep(record, text);
  record.uncertain++;
  return take(record, text);
}

/** Of a traceback whose lines came one by one, among others: its message goes on, or a joint does. */
function afterCarried(record: OpenRecord, text: string): Step {
  if (takeMessage(record, text)) return 'said';
  if (isDated(text) || record.after.length >= MOST_AFTER) return 'over';
  record.after.push(text);
  return 'foreign';
}

function keep(record: OpenRecord, text: string): Step {
  record.after.push(text);
  return record.after.length > MOST_AFTER ? 'over' : 'taken';
}

function notOurs(record: OpenRecord, text: string, { carriesOn, lookBack }: StepRules): Step {
  if (carriesOn && record.head !== null) return take(record, text);
  record.foreign++;
  return record.foreign > lookBack ? 'over' : 'foreign';
}
