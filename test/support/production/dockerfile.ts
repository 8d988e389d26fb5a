import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/processes.ts';

export interface Instruction {
  /** Counted from 0; the last one is the image. */
  readonly stage: number;
  readonly word: string;
  readonly rest: string;
}

/** The instructions of our Dockerfile, a continued line as one. */
export function dockerfile(): readonly Instruction[] {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  let stage = -1;
  return lines.map((line) => {
    const [word = '', ...rest] = line.split(' ');
    if (word === 'FROM') stage += 1;
    return { stage, word, rest: rest.join(' ') };
  });
}

/** The image's own instructions of this word, in order. */
export function ofImage(word: string): readonly string[] {
  const all = dockerfile();
  const last = all.at(-1)!.stage;
  return all.filter((it) => it.stage === last && it.word === word).map(({ rest }) => rest);
}

/** The words of `CMD ["node", …]`, of a healthcheck as well. */
export function commandOf(text: string): readonly string[] {
  return JSON.parse(/\[.*\]$/.exec(text)![0]) as readonly string[];
}
