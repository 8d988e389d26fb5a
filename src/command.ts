import type { World } from './parts.ts';

/** A command of the CLI. */
export interface Command {
  readonly summary: string;
  /** Gives back the exit code. */
  run(args: readonly string[], world: World): Promise<number>;
}
