import type { FilterFault, FilterSet, FilterText } from '../filters/load.ts';

/** What these files come to; `unread`: faults of others that could not be read. */
export type Judge = (files: readonly FilterText[], unread: readonly FilterFault[]) => FilterSet;

/** Of each file the newest text that fits, and what is wrong with those that do not. */
export interface Chosen {
  /** By path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What they come to. Its faults are of single filters and connections: no file is left out for them. */
  readonly set: FilterSet;
  /** What keeps files out, by their paths. */
  readonly faults: readonly FilterFault[];
}

type Texts = ReadonlyMap<string, string>;

/** A text that is not in force yet. */
interface Candidate {
  readonly path: string;
  readonly text: string;
}

interface Read {
  readonly files: readonly FilterText[];
  readonly faults: readonly FilterFault[];
}

/**
 * Chooses between the texts just read and those in force. What is in force has the right of way: when a new text does
 * not go together with it, the new one is at fault, whatever their names are.
 */
export function choose(read: Read, inForce: ReadonlyMap<string, { readonly text: string }>, judge: Judge): Chosen {
  const changed = read.files.filter(({ path, text }) => inForce.get(path)?.text !== text);
  const paths = [...read.files.map(({ path }) => path), ...read.faults.map(({ file }) => file)];
  const base = new Map(
    paths.flatMap((path): [string, string][] => {
      const old = inForce.get(path);
      return old === undefined ? [] : [[path, old.text]];
    }),
  );
  const gone = [...inForce].filter(([path]) => !paths.includes(path)).map(([path, { text }]) => ({ path, text }));
  const { texts, refused, missed } = fitWithout(gone, base, changed, judge);
  const faults = [...read.faults, ...missed, ...refused].toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return { texts, set: judgeAll(texts, judge), faults };
}

/** A file that is gone stays in force while others that are in force need what it sets up: `missed`. */
function fitWithout(
  gone: readonly Candidate[],
  base: Texts,
  candidates: readonly Candidate[],
  judge: Judge,
): Fitted & { readonly missed: readonly FilterFault[] } {
  const fitted = fit(base, candidates, judge);
  if (gone.length === 0 || faultsOfFiles(judgeAll(fitted.texts, judge)).length === 0) return { ...fitted, missed: [] };
  const found = gone.map((it) => {
    const others = withAll(
      base,
      gone.filter((other) => other !== it),
    );
    return { it, need: faultsOfFiles(judgeAll(others, judge))[0] };
  });
  const needed = found.flatMap(({ it, need }) => (need === undefined ? [] : [{ it, need }]));
  const kept = withAll(
    base,
    needed.map(({ it }) => it),
  );
  const missed = needed.map(({ it: { path }, need: { where, text } }) => ({
    where: path,
    file: path,
    text: `is gone, but ${where} needs it: ${text}`,
  }));
  return { ...fit(kept, candidates, judge), missed };
}

interface Fitted {
  readonly texts: Texts;
  readonly refused: readonly FilterFault[];
}

/** All of them at once, or all but those that are at fault then; else one by one, for as long as another one fits. */
function fit(base: Texts, candidates: readonly Candidate[], judge: Judge): Fitted {
  const faultsWith = (texts: Texts, more: readonly Candidate[]) => faultsOfFiles(judgeAll(withAll(texts, more), judge));
  const bad = new Set(faultsWith(base, candidates).map(({ file }) => file));
  const good = candidates.filter(({ path }) => !bad.has(path));
  const isGood = bad.size === 0 || faultsWith(base, good).length === 0;
  let texts = isGood ? withAll(base, good) : base;
  let open = isGood ? candidates.filter(({ path }) => bad.has(path)) : candidates;
  for (let before = Infinity; open.length < before;) {
    before = open.length;
    open = open.filter((candidate) => {
      const fits = faultsWith(texts, [candidate]).length === 0;
      if (fits) texts = withAll(texts, [candidate]);
      return !fits;
    });
  }
  return { texts, refused: open.flatMap((candidate) => faultsOf(candidate, texts, judge)) };
}

/** What is said of the others is its own fault: they are in force. */
function faultsOf(candidate: Candidate, texts: Texts, judge: Judge): readonly FilterFault[] {
  const { path } = candidate;
  const faults = faultsOfFiles(judgeAll(withAll(texts, [candidate]), judge));
  const own = faults.filter(({ file }) => file === path);
  if (own.length > 0) return own;
  return faults.map(({ where, text }) => ({ where: path, file: path, text: `does not go with ${where}: ${text}` }));
}

/** Those for which a whole file is left out. */
export function faultsOfFiles({ files, faults }: FilterSet): readonly FilterFault[] {
  const bad = new Set(files.filter((it) => it.faults.length > 0).map(({ path }) => path));
  return faults.filter(({ file }) => bad.has(file));
}

function withAll(texts: Texts, candidates: readonly Candidate[]): Texts {
  return new Map([...texts, ...candidates.map(({ path, text }) => [path, text] as const)]);
}

function judgeAll(texts: Texts, judge: Judge): FilterSet {
  return judge(
    [...texts].map(([path, text]) => ({ path, text })),
    [],
  );
}
