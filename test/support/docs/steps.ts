import type { Block } from './read-page.ts';

/** One thing to do on a page, in its order. */
export type Step =
  | { readonly kind: 'run'; readonly line: number; readonly script: string; readonly ends: readonly number[] }
  /** What the step before must have said. */
  | { readonly kind: 'output'; readonly line: number; readonly text: string };

/** A block that no test can run, and why. */
export interface NotRun {
  readonly line: number;
  readonly reason: string;
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly notRun: readonly NotRun[];
  /** Of the page itself: what nobody would understand. */
  readonly faults: readonly string[];
}

/** Languages whose blocks are commands. */
const COMMANDS = ['sh', 'cron', 'given'];

/**
 * `sh` and `cron` blocks are run, unless their mark is `not run: <reason>`. `ends 1` (or `ends 1 or 22`) says with
 * what its last command ends, else with 0. A block marked `output` has what the commands before it said. A comment
 * `given:` has commands that no reader sees.
 */
export function planOf(blocks: readonly Block[]): Plan {
  const steps: Step[] = [];
  const notRun: NotRun[] = [];
  const faults: string[] = [];
  for (const block of blocks) {
    const { line, language, mark = '', text } = block;
    const reason = /^not run: (.+)$/.exec(mark)?.[1];
    const ends = /^ends (\d+(?: or \d+)*)$/.exec(mark)?.[1] ?? (mark === '' ? '0' : undefined);
    if (language === '') faults.push(`${line}: a block without a language; write sh, text or another behind the fence`);
    else if (mark === 'output') steps.push({ kind: 'output', line, text });
    else if (!COMMANDS.includes(language)) {
      if (mark !== '') faults.push(`${line}: the mark ${JSON.stringify(mark)} fits no block of ${language}`);
    } else if (reason !== undefined) notRun.push({ line, reason });
    else if (ends === undefined) faults.push(`${line}: the mark ${JSON.stringify(mark)} is not known`);
    else {
      const script = language === 'cron' ? fromCrontab(text) : text;
      steps.push({ kind: 'run', line, script, ends: ends.split(' or ').map(Number) });
    }
  }
  return { steps, notRun, faults };
}

/** What cron hands to the shell: without the five fields, and with `%` for `\%`. */
function fromCrontab(text: string): string {
  return text.replaceAll(/^(?:[\d*,/-]+ ){5}/gm, '').replaceAll('\\%', '%');
}
