import type { World } from '../parts.ts';

/** A command of the CLI. */
export interface Command {
  readonly summary: string;
  /** Gives back the exit code. */
  run(args: readonly string[], world: World): Promise<number>;
}

/** Every command, by its name, loaded when it is called. A new one adds its line here and its file or folder beside this one. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  demo: async () => (await import('./demo/index.ts')).demo,
};
