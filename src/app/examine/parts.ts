import type { FoundPart } from '../../config/filters/load.ts';
import type { PartKey } from '../../config/filters/parts/part-keys.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Built, Configured, Disk } from '../../integrations/plugin.ts';
import type { Check } from './check.ts';

/** A part that is wanted and whose settings are good. */
export interface Examinable {
  readonly name: string;
  readonly configured: Configured<unknown>;
  readonly built: Built<unknown>;
  /** Those that it serves. */
  readonly filters: readonly Filter[];
  /** Where a file sets it up, and by which keys; undefined: the environment does. */
  readonly file?: { readonly part: FoundPart; readonly keys: readonly PartKey[] } | undefined;
}

/** What can be said without a network. */
export function inspectParts(parts: readonly Examinable[], disk: Disk): readonly Finding[] {
  return parts.flatMap((it) => inspectPart(it, disk));
}

function inspectPart(it: Examinable, disk: Disk): readonly Finding[] {
  return it.configured.inspect(it.name, disk).map((finding) => inItsWords(finding, it));
}

/** What cannot work as it is set up is not asked. */
export function checkOf(it: Examinable): Check {
  const { name, filters, built } = it;
  return {
    name,
    async *run(exam) {
      const known = inspectPart(it, exam.disk);
      yield* known;
      if (built.examine === undefined || known.some(({ status }) => status === 'failed')) return;
      for await (const finding of built.examine({ ...exam, filters })) yield inItsWords(finding, it);
    },
  };
}

/** Only what is known without a network. */
export function offlineCheckOf(it: Examinable): Check {
  return {
    name: it.name,
    async *run({ disk }) {
      yield* inspectPart(it, disk);
    },
  };
}

/** A part that a file sets up has no variables but those that the file names: the others are keys, in its lines. */
function inItsWords(finding: Finding, { file }: Examinable): Finding {
  if (file === undefined) return finding;
  const { part, keys } = file;
  const say = keys.reduce((text, key) => text.replaceAll(key.env, nameOf(key, part)), finding.say);
  const key = keys.find(({ env }) => env === finding.variable);
  if (key === undefined) return { ...finding, say };
  if (key.sensitive) return { ...finding, say, variable: nameOf(key, part) };
  return { ...finding, say, variable: undefined, where: `${part.file}:${part.lines.get(key.key) ?? part.line}` };
}

function nameOf({ key, sensitive }: PartKey, { texts }: FoundPart): string {
  return sensitive ? (texts[key] ?? key) : key;
}
