import { quote } from '../../formats.ts';
import type { LineFault } from '../sheet.ts';

/** Something with a name that may stand once in all files. */
interface Named {
  readonly name: string;
  readonly line: number;
}

/** What of each file has a name that is taken, in the order of the files; `what` has it already. */
export function twinsOf<F extends { readonly path: string }>(
  files: readonly F[],
  what: string,
  namedIn: (file: F) => readonly Named[],
): (file: F) => readonly LineFault[] {
  const taken = new Map<string, string>();
  const found = new Map(
    files.map((file): [F, LineFault[]] => [
      file,
      namedIn(file).flatMap(({ name, line }) => {
        const first = taken.get(name);
        taken.set(name, first ?? `${file.path}:${line}`);
        return first === undefined
          ? []
          : [{ line, text: `${quote(name)} is taken by ${what} in ${first}; choose another` }];
      }),
    ]),
  );
  return (file) => found.get(file) ?? [];
}
