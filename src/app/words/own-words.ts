import type { FoundPart } from '../../config/filters/load.ts';
import type { PartKey } from '../../config/filters/parts/part-keys.ts';
import type { Fault } from '../../core/model/fault.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Outcome } from '../../core/model/item.ts';
import type { Answer } from '../../core/model/reading.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Sink } from '../../core/ports/sink.ts';
import type { Source } from '../../core/ports/source.ts';
import { partKinds } from '../part-kinds.ts';

/** Where a file sets a part up, and by which keys. */
export interface InFile {
  readonly part: FoundPart;
  readonly keys: readonly PartKey[];
}

/** Undefined: the environment sets it up. */
export function inFile(
  { name, vendor }: { readonly name: string; readonly vendor: string },
  parts: readonly FoundPart[],
): InFile | undefined {
  const part = name === vendor ? undefined : parts.find((it) => it.name === name);
  return part && { part, keys: partKinds.vendors[part.section][vendor] ?? [] };
}

/** A part that a file sets up has no variables but those that the file names: the others are keys, in its lines. */
export function inItsWords(finding: Finding, file: InFile | undefined): Finding {
  if (file === undefined) return finding;
  const { part, keys } = file;
  const say = renamed(finding.say, file, (key) => key);
  const key = keys.find(({ env }) => env === finding.variable);
  if (key === undefined) return { ...finding, say };
  if (key.sensitive) return { ...finding, say, variable: nameOf(key, part) };
  return { ...finding, say, variable: undefined, where: `${part.file}:${part.lines.get(key.key) ?? part.line}` };
}

/** Says of its troubles what to do in that file. */
export function sourceInItsWords(source: Source, file: InFile | undefined): Source {
  if (file === undefined) return source;
  return {
    ...source,
    prepare: async (filters, scope) => (await source.prepare(filters, scope)).map((it) => inItsWords(it, file)),
    async *read(asks, scope) {
      for await (const answer of source.read(asks, scope)) yield answerIn(answer, file);
    },
  };
}

/** As `sourceInItsWords`. */
export function sinkInItsWords(sink: Sink, file: InFile | undefined): Sink {
  if (file === undefined) return sink;
  return { ...sink, send: async (items, scope) => (await sink.send(items, scope)).map((it) => outcomeIn(it, file)) };
}

function answerIn(answer: Answer, file: InFile): Answer {
  if ('fault' in answer) return { ask: answer.ask, fault: faultIn(answer.fault, file) };
  const { ask, reading } = answer;
  return { ask, reading: { ...reading, gaps: gapsIn(reading.gaps, file) } };
}

function outcomeIn(outcome: Outcome, file: InFile): Outcome {
  return 'fault' in outcome ? { ...outcome, fault: faultIn(outcome.fault, file) } : outcome;
}

function faultIn(fault: Fault, file: InFile): Fault {
  const { message, gaps } = fault;
  return { ...fault, message: inRun(message, file), ...(gaps === undefined ? {} : { gaps: gapsIn(gaps, file) }) };
}

function gapsIn(gaps: readonly Gap[], file: InFile): readonly Gap[] {
  return gaps.map((gap) => (gap.detail === undefined ? gap : { ...gap, detail: inRun(gap.detail, file) }));
}

/** NOTE: without the line, which moves while the program runs. */
function inRun(text: string, file: InFile): string {
  return renamed(text, file, (key) => `${key} in ${file.part.file}`);
}

function renamed(text: string, { part, keys }: InFile, ofKey: (key: string) => string): string {
  return text.replace(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g, (word) => {
    const key = keys.find(({ env, sensitive }) => word === env || (sensitive && word === `${env}_FILE`));
    if (key === undefined) return word;
    return key.sensitive ? word.replace(key.env, nameOf(key, part)) : ofKey(key.key);
  });
}

function nameOf({ key, sensitive }: PartKey, { texts }: FoundPart): string {
  return sensitive ? (texts[key] ?? key) : key;
}
