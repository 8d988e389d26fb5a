import type { Command } from '../../../src/commands/command.ts';
import { commands } from '../../../src/commands/index.ts';
import { sections, textOf } from '../config/text.ts';

const PAGE = 'docs/cli.md';

/** The page of the commands as it must be, by its path: what the commands say of themselves. */
export async function cliTexts(): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(
    Object.entries(commands).map(async ([name, load]): Promise<[string, Command]> => [name, await load()]),
  );
  const sorted = all.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map([[PAGE, sections(textOf(PAGE), { commands: [table(sorted), ...sorted.map(chapter)].join('\n\n') })]]);
}

function table(all: readonly (readonly [string, Command])[]): string {
  const rows = all.map(([name, { summary }]) => `| [\`${name}\`](#${name}) | ${summary.replaceAll('|', '\\|')} |`);
  return ['| Command | |', '|---|---|', ...rows].join('\n');
}

function chapter([name, { help }]: readonly [string, Command]): string {
  return `## ${name}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\``;
}
