import type { Except } from '../../../core/model/alerting/rule.ts';
import { map, oneOrList, text } from '../../filters/kinds.ts';
import { atMost, oneLine, quietly } from '../../filters/texts.ts';
import { optional, shapeOf } from '../../filters/shape.ts';

const PATTERN = oneOrList(text(...oneLine(quietly), atMost(200)));

/** What of an issue is looked at, with what it may be. */
const PROPERTIES = {
  title: { doc: 'its title', schema: PATTERN },
  culprit: { doc: 'where in the code it comes from', schema: PATTERN },
  module: {
    doc: 'the module or file in its culprit: `app.js` of `app.js in load`, `index` of `fetch(index)`',
    schema: PATTERN,
  },
  level: { doc: 'its level', schema: PATTERN },
  project: { doc: 'its project', schema: PATTERN },
} as const;

/** Patterns by property; an issue that fits any of them is left out. */
export const EXCEPT = map(
  shapeOf(PROPERTIES, optional),
  'is no property of an issue',
  "must be a map; write { module: 'moz-extension*' }",
);

type Written = { readonly [P in keyof typeof PROPERTIES]?: string | readonly string[] | undefined };

/** Patterns as rules have them, a property each. */
export function exceptOf(written: Written): readonly Except[] {
  return Object.entries(written).flatMap(([property, patterns = []]) =>
    [patterns].flat().map((pattern) => ({ property: property as Except['property'], pattern })),
  );
}
