import type { Filter } from '../../core/model/filter.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Built, Configured, Disk } from '../../integrations/plugin.ts';
import { type InFile, inItsWords } from '../words/own-words.ts';
import type { Check } from './check.ts';

/** A part that is wanted and whose settings are good. */
export interface Examinable {
  readonly name: string;
  readonly configured: Configured<unknown>;
  readonly built: Built<unknown>;
  /** Those that it serves. */
  readonly filters: readonly Filter[];
  /** Where a file sets it up, and by which keys; undefined: the environment does. */
  readonly file?: InFile | undefined;
}

/** What can be said without a network. */
export function inspectParts(parts: readonly Examinable[], disk: Disk): readonly Finding[] {
  return parts.flatMap((it) => inspectPart(it, disk));
}

function inspectPart(it: Examinable, disk: Disk): readonly Finding[] {
  return it.configured.inspect(it.name, disk).map((finding) => inItsWords(finding, it.file));
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
      for await (const finding of built.examine({ ...exam, filters })) yield inItsWords(finding, it.file);
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
