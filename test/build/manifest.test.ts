import assert from 'node:assert/strict';
import { manifestOf } from '../../build/manifest.ts';

describe('the manifest of the built program', () => {
  it('says how it is used, which Node and which agent fit, and names no package that it holds', () =>
    assert.deepEqual(
      manifestOf({
        name: 'acme-monitor',
        version: '1.2.3',
        description: 'Counts',
        type: 'module',
        license: 'MIT',
        bin: { 'acme-monitor': 'bin/acme-monitor.js' },
        scripts: { test: 'mocha' },
        dependencies: { axios: '^1.0.0', newrelic: '^14.0.0' },
      }),
      {
        name: 'acme-monitor',
        version: '1.2.3',
        description: 'Counts',
        type: 'module',
        license: 'MIT',
        engines: { node: '>=24' },
        bin: { 'acme-monitor': 'bin/acme-monitor.js' },
        peerDependencies: { newrelic: '^14.0.0' },
        peerDependenciesMeta: { newrelic: { optional: true } },
      },
    ));
});
