import type { TraceFrame } from '../tracebacks/traceback.ts';

/** Where a call is in the code, as it is the same on every machine and after every deploy. */
export interface Place {
  /** End of the path of one's own code; for a library its path within the library's folder. */
  readonly module: string;
  readonly function: string;
  /** Not of Python itself, and not of an installed package. */
  readonly isOwn: boolean;
}

const PACKAGES = /^.*[/\\](?:site|dist)-packages[/\\]/s;
const STANDARD = /^.*[/\\](?:lib(?:64)?[/\\]python\d[\d.]*(?:\.zip)?|python\d*[/\\]lib|node_modules)[/\\]/is;
const FROZEN = /^<frozen (.+)>$|^(node:.+)$/s;
const BUILD = /^(?:[\w]+[-_.])?(?=[0-9a-f]*\d)[0-9a-f]{7,64}$/;
const VERSION = /^(?:v?\d+(?:\.\d+)+.*|v?\d{6,}|releases|current|[\w]*venv[\w.-]*)$/;
const BUNDLE_HASH = /[-.](?=\w*\d)\w{8,}(?=\.\w+$)/;
/** Parts of an own path that are told apart. */
const PARTS = 2;

/** Files of a program are few, and asked for again and again. */
const known = new Map<string, Omit<Place, 'function'>>();
const MOST_KNOWN = 10_000;

export function placeOf({ path, function: name }: Pick<TraceFrame, 'path' | 'function'>): Place {
  let file = known.get(path);
  if (file === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(path, (file = fileOf(path)));
  }
  return { module: file.module, function: name ?? '', isOwn: file.isOwn };
}

function fileOf(path: string): Omit<Place, 'function'> {
  const frozen = FROZEN.exec(path);
  if (frozen !== null) return { module: frozen[1] ?? frozen[2]!, isOwn: false };
  for (const library of [PACKAGES, STANDARD])
    if (library.test(path)) return { module: slashed(path.replace(library, '')), isOwn: false };
  const parts = slashed(path)
    .split('/')
    .filter((part) => part !== '' && !BUILD.test(part) && !VERSION.test(part));
  const module = parts.slice(-PARTS).join('/').replace(BUNDLE_HASH, '');
  return { module: module === '' ? path : module, isOwn: true };
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
