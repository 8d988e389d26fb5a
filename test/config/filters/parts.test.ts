import assert from 'node:assert/strict';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { type FilterSet, loadFilters } from '../../../src/config/filters/load.ts';

const load = (...texts: readonly string[]): FilterSet =>
  loadFilters(
    texts.map((text, index) => ({ path: `${'abc'[index]!}.yaml`, text })),
    [],
    partKinds,
  );
const faultsOf = (text: string): readonly string[] =>
  load(text).faults.map((fault) => `${fault.where.slice('a.yaml:'.length)} ${fault.text}`);
const source = (keys: string): readonly string[] => faultsOf(`sources:\n  eu: { ${keys} }\n`);
const sink = (keys: string): readonly string[] => faultsOf(`sinks:\n  eu: { ${keys} }\n`);

const NOT_A_NAME =
  'is not the name of a variable; write the name of the one that holds the key (capitals, digits and _), ' +
  'never the key itself';
const KEYS = [
  'sntrys_eyJpYXQiOjE3MDAwMDAwMDB9',
  '0123456789abcdef0123456789abcdef01234567',
  '0123456789ABCDEF0123456789ABCDEF',
  'NRAK-0123456789ABCDEF',
  'eu01xx0123456789abcdef0123456789abcdNRAL',
  'Bearer 0123456789abcdef',
];

describe('sources and sinks of a file', () => {
  it('become the texts that the environment would have', () => {
    const { parts, faults } = load(
      'sources:\n  eu:\n    sentry: acme-eu\n    key: EU_TOKEN\n    maxRows: 200\n    baselines: [1h, 7d]\n' +
        'sinks: { nr: { newrelic: 0012, key: NR_KEY }, an: { anodot: AN_KEY, eventsAs: gauge } }\n',
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(
      parts.map(({ section, name, line, texts }) => [section, name, line, texts]),
      [
        ['sources', 'eu', 2, { sentry: 'acme-eu', key: 'EU_TOKEN', maxRows: '200', baselines: '1h,7d' }],
        ['sinks', 'nr', 7, { newrelic: '0012', key: 'NR_KEY' }],
        ['sinks', 'an', 7, { anodot: 'AN_KEY', eventsAs: 'gauge' }],
      ],
    );
  });

  it('may stand alone in a file', () => {
    assert.deepEqual(faultsOf('sinks: { an: { anodot: AN_KEY } }\n'), []);
    assert.match(faultsOf('defaults: { top: 3 }\n')[0]!, /^1 filters is missing; /);
  });

  for (const key of KEYS) {
    it(`are refused with a key in place of its variable, and nobody sees it: ${key.slice(0, 14)}…`, () => {
      assert.deepEqual(source(`sentry: acme-eu, key: '${key}'`), [`2 key: ${NOT_A_NAME}`]);
      assert.deepEqual(sink(`anodot: '${key}'`), [`2 anodot: ${NOT_A_NAME}`]);
    });
  }

  it('show no key that stands anywhere else', () => {
    const key = KEYS[1]!;
    const all = [
      ...sink(`newrelic: ${key}, key: NR_KEY, region: ${key}`),
      ...source(`sentry: '${key} ${key}', key: A_KEY, url: 'https://${key}@de.sentry.io'`),
      ...source(`sentry: acme-eu, key: A_KEY, concurrency: ${key}`),
      ...faultsOf(`sources: { ${key}: { sentry: acme, key: A_KEY } }`),
    ];
    assert.equal(all.length, 6, all.join('\n'));
    assert.deepEqual(
      all.filter((text) => text.includes(key.slice(0, 12))),
      [],
    );
  });

  it('may name the vendor’s own variable, and no other setting of the service', () => {
    assert.deepEqual(source('sentry: acme-eu, key: SENTRY_AUTH_TOKEN'), []);
    for (const name of ['TRIGGER_TOKEN', 'LEDGER_URL', 'NEW_RELIC_LICENSE_KEY', 'ANODOT_TOKEN', 'PORT'])
      assert.deepEqual(source(`sentry: acme-eu, key: ${name}`), [
        `2 key: ${name} is a setting of the service; name a variable of your own`,
      ]);
    assert.deepEqual(sink('anodot: AWS_SECRET_ACCESS_KEY'), [
      "2 anodot: AWS_SECRET_ACCESS_KEY is for Amazon's tools; name a variable of your own",
    ]);
    assert.deepEqual(sink('anodot: PAY_KEY_FILE'), [
      '2 anodot: PAY_KEY_FILE names a file; write PAY_KEY, and set either',
    ]);
  });

  it('are refused for what is wrong or missing, with line and remedy', () => {
    assert.deepEqual(source('sentry: acme-eu'), ['2 eu: key is missing; name the variable that holds it']);
    assert.deepEqual(sink('newrelic: 1'), ['2 eu: key is missing; name the variable that holds it']);
    assert.deepEqual(sink('key: A_KEY'), [
      "2 eu: does not say which vendor's sink it is; write one of the keys anodot, newrelic",
    ]);
    assert.deepEqual(sink('anodot: A_KEY, newrelic: 1'), [
      '2 eu: is of anodot and of newrelic; make two of it, or keep one of these keys',
    ]);
    assert.deepEqual(source('sentry: acme-eu, key: A_KEY, concurency: 3'), [
      '2 "concurency" is not a key of sentry; did you mean concurrency?',
    ]);
    assert.deepEqual(source('sentry: acme-eu, key: A_KEY, maxRows: 5'), [
      '2 maxRows: "5" is not a whole number from 100 to 100000; write digits only, without a unit',
    ]);
    assert.deepEqual(source('sentry: acme-eu, key: A_KEY, url: '), [
      '2 url: has no value; write one or remove the key',
    ]);
    assert.deepEqual(faultsOf('sinks: [anodot]\n'), ['1 sinks must be a map of names; write { acme: { anodot: … } }']);
    assert.deepEqual(faultsOf('sinks: { pay: A_KEY }\n'), [
      '1 pay: must be a map of keys; write { anodot: … } with what is needed',
    ]);
  });

  it('have names of their own: neither twice in all files, nor those of the environment', () => {
    const one = 'sources: { eu: { sentry: acme-eu, key: A_KEY } }\n';
    const { faults, parts } = load(one, 'sinks:\n  eu: { anodot: A_KEY }\n', one);
    assert.deepEqual(
      faults.map(({ where, text }) => `${where} ${text}`),
      [
        'b.yaml:2 "eu" is taken by what is set up in a.yaml:1; choose another',
        'c.yaml:1 "eu" is taken by what is set up in a.yaml:1; choose another',
      ],
    );
    assert.equal(parts.length, 1);
    for (const name of ['sentry', 'newrelic', 'anodot', 'dead-mans-switch'])
      assert.match(
        faultsOf(`sinks: { ${name}: { anodot: A_KEY } }`)[0]!,
        new RegExp(`^1 ${name} is the name of what the environment sets up; choose another`),
      );
    assert.match(faultsOf('sinks: { Pay: { anodot: A_KEY } }')[0]!, /^1 "Pay" does not fit; write lower-case letters/);
  });
});
