import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { nearestOf } from '../platform/nearest.ts';
import { BadCall } from './command.ts';

/** Options and positionals of a call. Throws a BadCall, which for a misspelt option says which one may be meant. */
export function readOptions<const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals });
  } catch (error) {
    throw new BadCall(faultOf(error as Error, Object.keys(options)));
  }
}

/** `text`: what was given for an option. Throws a BadCall where it is no whole number from 1 to `most`. */
export function countOf(option: string, text: string, most: number): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (count >= 1 && count <= most) return count;
  throw new BadCall(`--${option}: ${JSON.stringify(text)} is not a whole number from 1 to ${most}`);
}

function faultOf({ message }: Error, known: readonly string[]): string {
  const unknown = /^Unknown option '-{1,2}([^'=]+)/.exec(message)?.[1];
  if (unknown === undefined) return message;
  const nearest = nearestOf(unknown, known);
  const [dashes] = /(?<=')-+/.exec(message)!;
  return `unknown option ${dashes}${unknown}${nearest === undefined ? '' : `; did you mean --${nearest}?`}`;
}
