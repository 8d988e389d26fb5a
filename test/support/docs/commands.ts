import { spawnSync } from 'node:child_process';

/** A script as a person would type it: one command after the other, of one or several lines each. */
export function commandsIn(script: string): readonly string[] {
  const commands: string[] = [];
  let held: string[] = [];
  for (const line of script.split('\n')) {
    held.push(line);
    const text = held.join('\n');
    if (text.trim() === '' || text.trim().startsWith('#')) held = [];
    else if (isWhole(text)) {
      commands.push(text);
      held = [];
    }
  }
  if (held.join('').trim() !== '') throw new Error(`no whole command: ${held.join('\n')}`);
  return commands;
}

/** Not in the middle of a quotation, a loop, a here-document or a continued line. */
function isWhole(text: string): boolean {
  if (text.endsWith('\\')) return false;
  const word = /<<-?\s*(['"]?)(\w+)\1/.exec(text)?.[2];
  if (word !== undefined && !new RegExp(`^\\s*${word}$`, 'm').test(text)) return false;
  return spawnSync('sh', ['-n'], { input: text }).status === 0;
}

/** Whether the command goes on until Ctrl-C, so that a reader gives it a terminal of its own. */
export function staysUp(command: string): boolean {
  return /npm (start|run (-s )?(sandbox|dev)\b|run demo -- --serve)/.test(command) && !command.includes('--help');
}
