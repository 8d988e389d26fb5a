import type { Frame } from '../../../core/model/events/event.ts';
import { isRecord, recordsIn, textOf } from '../../vendors/aws/json.ts';

/** What an event says of where it comes from. */
export interface Raised {
  /** Of the exception that was raised last. */
  readonly module: string | null;
  /** The newest call last. */
  readonly frames: readonly Frame[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Of an event without an exception: nothing, which is no fault. */
export function raisedIn(entries: unknown): Raised {
  const data = recordsIn(entries).find(({ type }) => type === 'exception')?.['data'];
  if (!isRecord(data)) return { module: null, frames: [] };
  // NOTE: some senders leave the list of exceptions out, and write the only one in its place.
  const all = 'values' in data ? recordsIn(data['values']) : [data];
  const last = all.at(-1);
  if (last === undefined) return { module: null, frames: [] };
  return { module: textOf(last['module']), frames: framesOf(last) };
}

function framesOf({ stacktrace }: Fields): readonly Frame[] {
  return isRecord(stacktrace) ? recordsIn(stacktrace['frames']).map(frameOf) : [];
}

function frameOf(frame: Fields): Frame {
  return {
    module: textOf(frame['module']) ?? textOf(frame['filename']),
    function: textOf(frame['function']),
    line: numberOf(frame['lineNo']),
    column: numberOf(frame['colNo']),
  };
}

function numberOf(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : null;
}
