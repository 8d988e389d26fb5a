import type { World } from '../app/world.ts';

/** A command of the CLI. */
export interface Command {
  readonly summary: string;
  /** What `--help` says, and what follows the words on a call that cannot be understood; ends with a line break. */
  readonly help: string;
  /** Gives back the exit code. */
  run(args: readonly string[], world: World): Promise<number>;
}
