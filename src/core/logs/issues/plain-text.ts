/** Of a text that is compared, UTF-16 units. */
const MOST = 8_192;
const MOST_VALUE_WORDS = 2;
const KEPT = '\u0001';

/** Words whose number means something: it tells errors apart. */
const MEANING = /\b((?:https?|status|code|errno|exit|signal)(?: (?:code|status))?(?: ?[:=] ?| ))(-?\d+)\b/gi;
/** Words whose quoted name means something. */
const NAMED = 'attribute|column|constraint|relation|table|field|argument|module named|name';
const NAMES = new RegExp(`\\b(?:KeyError|AttributeError|NameError|${NAMED})\\b`);
const QUOTED = /(?<![\p{L}\p{N}])(?:'[^'\n]{0,500}'|"[^"\n]{0,500}"|`[^`\n]{0,500}`)(?![\p{L}\p{N}])/gu;

/** Two hosts are two things, two of the same kind are one: `db1.example.com`, `db2.example.com`. */
const HOST = /(?<![\w@.-])[a-z][\w-]{0,62}(?:\.[\w-]{1,63}){1,8}\.[a-z]{2,24}(?::\d+)?(?![\w.])/gi;

type Values = readonly (readonly [RegExp, string])[];

/** What stands for a value, in the order in which they are looked for; hosts come between the two. */
const FIRST: Values = [
  [/=\([^)\n]{0,500}\)/g, '=(…)'],
  [/\beyJ[\w-]{5,}(?:\.[\w-]+){1,2}/g, '<token>'],
  [/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g, '<email>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b0x[0-9a-f]+\b/gi, '<address>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '<ip>'],
];
const THEN: Values = [
  [/(?<![\p{L}\p{N}:/.])(?:\/[\p{L}\p{N}_.@%+~-]+){2,}\/?/gu, '<path>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/(?<![\p{L}\p{N}\u0001])(?=[\p{L}_+\-.]*\d)(?=\d*[\p{L}_+\-.])[\p{L}\p{N}_+\-.]{6,}/gu, '<id>'],
  [/(?<![\p{L}\p{N}.\u0001])-?\d+(?:[.,]\d+)*(?=(?:[a-zA-Zµ%]{1,2})?(?![\p{L}\p{N}]))/gu, '<n>'],
];

/**
 * A text without the values in it: numbers, ids, addresses, paths, times and what stands in quotes. A number that means
 * something (`HTTP 404`, `exit code 137`, `errno 28`) and the name in a text about a key, an attribute, a column or a
 * constraint stay.
 */
export function plainText(text: string): string {
  const kept: string[] = [];
  const keep = (value: string): string => `${KEPT}${String.fromCharCode(0xe000 + kept.push(value) - 1)}`;
  let plain = text.slice(0, MOST).replaceAll(KEPT, ' ');
  plain = plain.replace(MEANING, (_, word: string, number: string) => `${word}${keep(number)}`);
  plain = withoutQuoted(plain, keep);
  plain = without(plain, FIRST).replace(HOST, (host) => keep(host.replace(/\d+/g, '<n>')));
  plain = without(plain, THEN);
  return plain.replace(/\u0001(.)/gs, (_, index: string) => kept[index.charCodeAt(0) - 0xe000] ?? '').trimEnd();
}

/** Only the last name is kept: the others are what it was looked for in. */
function withoutQuoted(text: string, keep: (value: string) => string): string {
  const all = [...text.matchAll(QUOTED)];
  const last = NAMES.test(text) ? all.at(-1)?.index : undefined;
  return text.replace(QUOTED, (found, ...rest) => {
    const at = rest.find((it): it is number => typeof it === 'number');
    // A sentence in quotes is a text, and no value.
    if (found.split(' ', MOST_VALUE_WORDS + 1).length > MOST_VALUE_WORDS) return found;
    return at === last ? keep(found) : `${found[0]}…${found[0]}`;
  });
}

function without(text: string, values: Values): string {
  return values.reduce((plain, [value, name]) => plain.replace(value, name), text);
}
