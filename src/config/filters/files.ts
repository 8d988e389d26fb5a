/** What is wrong in a filters file; what to do. */
export interface FilterFault {
  /** `config/filters/crm.yaml:12`; without the line when the file could not be read. */
  readonly where: string;
  readonly file: string;
  readonly text: string;
}

export interface FilterText {
  readonly path: string;
  readonly text: string;
}

/** What is needed of `node:fs`, which fits as it is. */
export interface FilterDisk {
  statSync(path: string): { isDirectory(): boolean; isFile(): boolean };
  readdirSync(path: string): string[];
  readFileSync(path: string): Uint8Array;
}

export interface FilterFiles {
  readonly files: readonly FilterText[];
  readonly faults: readonly FilterFault[];
}

const EXAMPLE = 'copy config/filters.example.yaml';

/** Reads a YAML file, or the `*.yaml` and `*.yml` files of a folder (not of its folders), by name. Never throws. */
export function readFilterFiles(path: string, disk: FilterDisk): FilterFiles {
  const names = attempt(() => (disk.statSync(path).isDirectory() ? disk.readdirSync(path) : undefined));
  if ('error' in names)
    return fault(
      path,
      whyNot(names.error, `does not exist; run init, ${EXAMPLE} to this place, or set FILTERS to another`),
    );
  if (names.value === undefined) return readOne(path, disk);
  const folder = path.replace(/\/+$/, '');
  const wanted = names.value.filter(isFiltersFile).sort();
  if (wanted.length === 0)
    return fault(path, `has no file *.yaml or *.yml in it; ${EXAMPLE} into it, or set FILTERS to another place`);
  const read = wanted.map((name) => readOne(`${folder}/${name}`, disk));
  return { files: read.flatMap(({ files }) => files), faults: read.flatMap(({ faults }) => faults) };
}

/** NOTE: editors keep their locks and swap files beside the file, with a dot in front. */
export function isFiltersFile(name: string): boolean {
  return /^[^.].*\.ya?ml$/.test(name);
}

function readOne(path: string, disk: FilterDisk): FilterFiles {
  const bytes = attempt(() => (disk.statSync(path).isFile() ? disk.readFileSync(path) : undefined));
  if ('error' in bytes)
    return fault(path, whyNot(bytes.error, 'does not exist; remove the link or restore what it points to'));
  if (bytes.value === undefined) return fault(path, 'is not a file; write the filters into a plain file');
  const { value } = bytes;
  const text = attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(value));
  if ('error' in text) return fault(path, 'is not UTF-8; save it with that encoding');
  return { files: [{ path, text: text.value }], faults: [] };
}

function whyNot(error: unknown, missing: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? missing
    : `cannot be read (${code}); check its rights and those of its folder`;
}

function attempt<T>(act: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}

function fault(path: string, text: string): FilterFiles {
  return { files: [], faults: [{ where: path, file: path, text }] };
}
