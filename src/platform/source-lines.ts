import { SourceMap, type SourceMapping } from 'node:module';
import { join } from 'node:path';

/** Where a trace says that something was called: a file of a build, line and column. */
const PLACE = /(?:file:\/\/)?(\/[^\s"'()]+\.js):(\d+):(\d+)/g;

interface Disk {
  readFileSync(path: string): Uint8Array;
}

/**
 * Names the lines of the source in the traces that a text holds, where it names those of a build in `folder`. The maps
 * are read when the first such trace comes: Node's own --enable-source-maps would read them at every start.
 */
export function sourceLines(folder: string, disk: Disk): (text: string) => string {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(`${file}.map`, disk));
    return maps.get(file);
  };
  const built = join(folder, '/');
  return (text) => {
    if (!text.includes(built)) return text;
    return text.replace(PLACE, (place, file: string, line: string, column: string) => {
      const found: Partial<SourceMapping> | undefined = file.startsWith(built)
        ? mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1)
        : undefined;
      if (found?.originalSource === undefined) return place;
      const name = found.originalSource.replace(/^(\.\.\/)+/, '');
      return `${name}:${found.originalLine! + 1}:${found.originalColumn! + 1}`;
    });
  };
}

/** Undefined: there is none, and what the trace says has to do. */
function readMap(path: string, disk: Disk): SourceMap | undefined {
  try {
    return new SourceMap(
      JSON.parse(Buffer.from(disk.readFileSync(path)).toString()) as ConstructorParameters<typeof SourceMap>[0],
    );
  } catch {
    return undefined;
  }
}
