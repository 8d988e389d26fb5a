import type { ParseArgsOptionsConfig } from 'node:util';
import type { World } from '../app/world.ts';

/** A command of the CLI. */
export interface Command {
  /** At most 65 characters: it stands beside the name in the list of commands. */
  readonly summary: string;
  /**
   * What `--help` says, and what follows the words on a call that cannot be understood: lines of at most 80
   * characters, the last with its line break. It names every option.
   */
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /** Gives back the exit code. */
  run(args: readonly string[], world: World): Promise<number>;
}

/** A call that cannot be understood, or must not be done. Its message says what to do; the CLI adds the help. */
export class BadCall extends Error {
  override readonly name = 'BadCall';
  /** As the errors of `parseArgs` begin, so that the CLI knows both. */
  readonly code = 'ERR_PARSE_ARGS';
}
