import { isMap, isScalar, type Node } from 'yaml';
import type { FilterAlert } from '../../core/model/filter.ts';
import { quote } from '../formats.ts';
import { suggest } from './suggest.ts';
import type { Sheet } from './yaml.ts';

type Kind = 'above' | 'anomaly' | 'missing' | 'trending';

/** What is wrong with a value; what to do. Undefined: nothing. */
const KINDS: { readonly [K in Kind]: (value: unknown) => string | undefined } = {
  above: (value) => (isWhole(value) ? undefined : 'must be a whole number of events; write digits only, such as 100'),
  anomaly: isYesOrNo,
  missing: isYesOrNo,
  trending: (value) =>
    typeof value === 'number' && value >= 0 && value <= MOST
      ? undefined
      : 'must be a score; write a number such as 4 (a clear surge), or 0 for any',
};

const MOST = 1e9;

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST;
}

function isYesOrNo(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'must be yes or no; write true or false, without quotes';
}

/** Reads the key `alert` of a filter. */
export function alertOf(
  value: Node,
  report: (text: string, at?: Node | number) => void,
  sheet: Sheet,
): FilterAlert | undefined {
  if (!isMap(value)) {
    report('must be a map; write { missing: true }');
    return undefined;
  }
  const found: [string, unknown][] = [];
  for (const { key, line, value: node } of sheet.entries(value, ({ line: at, text }) => report(text, at))) {
    const given: unknown = isScalar(node) ? node.value : undefined;
    const fault = Object.hasOwn(KINDS, key)
      ? KINDS[key as Kind](given)
      : `is no kind of alert; ${suggest(key, Object.keys(KINDS))}`;
    if (fault === undefined) found.push([key, given]);
    else report(`${quote(key)} ${fault}`, line);
  }
  return Object.fromEntries(found);
}
