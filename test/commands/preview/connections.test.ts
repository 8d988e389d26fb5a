import assert from 'node:assert/strict';
import { connectionChanges } from '../../../src/commands/preview/connections.ts';

type Parts = Parameters<typeof connectionChanges>[0];

const EU: Parts[number] = { section: 'sources', name: 'eu', texts: { sentry: 'acme-eu', key: 'ACME_EU_TOKEN' } };
const NR: Parts[number] = { section: 'sinks', name: 'eu-nr', texts: { newrelic: '7654321', region: 'us', key: 'A' } };

describe('what became of the connections of filters files', () => {
  const said = (before: Parts, now: Parts): unknown =>
    connectionChanges(before, now).map(({ section, name, change, what }) => [section, name, change, what]);

  it('is nothing where none differs, in whatever order they stand', () =>
    assert.deepEqual(said([EU, NR], [NR, { ...EU, texts: { key: 'ACME_EU_TOKEN', sentry: 'acme-eu' } }]), []));

  it('is what is new, what is gone, and each key that changed, came or went', () => {
    const changed = { ...NR, texts: { newrelic: '7654321', region: 'eu', eventUrl: 'https://nr.example.com' } };
    const other: Parts[number] = { section: 'sinks', name: 'eu-an', texts: { anodot: 'ACME_EU_AN' } };
    assert.deepEqual(said([EU, NR], [changed, other]), [
      ['sinks', 'eu-nr', 'changed', 'region: us → eu, key: A → -, eventUrl: - → https://nr.example.com'],
      ['sinks', 'eu-an', 'new', 'anodot: ACME_EU_AN'],
      ['sources', 'eu', 'removed', ''],
    ]);
  });

  it('takes a source and a sink of one name for two', () =>
    assert.deepEqual(
      said(
        [{ ...EU, name: 'x' }],
        [
          { ...EU, name: 'x' },
          { ...NR, name: 'x' },
        ],
      ),
      [['sinks', 'x', 'new', 'newrelic: 7654321, region: us, key: A']],
    ));
});
