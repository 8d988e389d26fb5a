import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import type { Json } from '../support/e2e/json.ts';
import { ROOT } from '../support/process/processes.ts';

const MANIFESTS = join(ROOT, 'contrib/kubernetes');
const names = readdirSync(MANIFESTS);
/** Of each kind: its version, and its schema. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  CronJob: ['batch/v1', 'io.k8s.api.batch.v1.CronJob'],
  Deployment: ['apps/v1', 'io.k8s.api.apps.v1.Deployment'],
  PodDisruptionBudget: ['policy/v1', 'io.k8s.api.policy.v1.PodDisruptionBudget'],
  Service: ['v1', 'io.k8s.api.core.v1.Service'],
};
const schemas = strict(JSON.parse(readFileSync(join(ROOT, 'test/fixtures/kubernetes/v1.30.json'), 'utf8')));
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

/** Every object with named keys has no other ones: the API server refuses them too. */
function strict(schema: Json): Json {
  if (typeof schema !== 'object' || schema === null) return schema;
  const all = Array.isArray(schema)
    ? schema.map(strict)
    : Object.fromEntries(Object.entries(schema as object).map(([key, it]) => [key, strict(it)]));
  return 'properties' in all && schema.type === 'object' ? { ...all, additionalProperties: false } : all;
}

function faultsOf(object: Json): readonly string[] {
  const [version, name] = KINDS[object.kind as string] ?? assert.fail(`unknown kind ${String(object.kind)}`);
  const isRight = ajv.validate({ ...schemas, $ref: `#/definitions/${name}` }, object);
  const faults = isRight
    ? []
    : ajv.errors!.map((it) => `${it.instancePath} ${it.message!} ${JSON.stringify(it.params)}`);
  return object.apiVersion === version ? faults : [...faults, `${String(object.kind)} is of ${version}`];
}

function objects(): readonly Json[] {
  return names.flatMap((name) => parseAllDocuments(readFileSync(join(MANIFESTS, name), 'utf8')).map((it) => it.toJS()));
}

function only(kind: string): Json {
  const [found, ...more] = objects().filter((it) => it.kind === kind);
  assert.ok(found !== undefined && more.length === 0, kind);
  return found;
}

describe('the manifests for Kubernetes', () => {
  it('have no fault against the schemas of Kubernetes', () =>
    assert.deepEqual(
      objects().flatMap((it) => faultsOf(it)),
      [],
    ));

  for (const [what, right, wrong, fault] of [
    ['a key that does not exist', 'readOnlyRootFilesystem: true', 'readOnlyFilesystem: true', /readOnlyFilesystem/],
    ['a number as a text', 'replicas: 2', 'replicas: two', /\/spec\/replicas must be integer/],
    ['a text as a number', 'value: "3000"', 'value: 3000', /\/env\/1\/value must be string/],
    ['a key that is missing', 'selector:\n    matchLabels: *labels\n  strategy', 'strategy', /'selector'/],
    [
      'a key at the wrong place',
      '  replicas: 2',
      '  replicas: 2\n  automountServiceAccountToken: false',
      /automountServiceAccountToken/,
    ],
  ] as const) {
    it(`would be found to have ${what}`, () => {
      const text = readFileSync(join(MANIFESTS, 'deployment.yaml'), 'utf8');
      const spoilt = text.replace(right, wrong);
      assert.notEqual(spoilt, text);
      assert.match(faultsOf(parse(spoilt)).join('\n'), fault);
    });
  }

  it('are what docs/deploying.md says', () =>
    assert.deepEqual(
      objects()
        .map(({ kind }) => kind as string)
        .toSorted(),
      ['CronJob', 'Deployment', 'PodDisruptionBudget', 'Service'],
    ));

  it('run nothing as root, with privileges, or on a file system that it may write', () => {
    const pods = [only('Deployment').spec.template.spec, only('CronJob').spec.jobTemplate.spec.template.spec];
    for (const pod of pods) {
      assert.equal(pod.securityContext.runAsNonRoot, true);
      assert.equal(pod.securityContext.runAsUser, 65532);
      assert.equal(pod.automountServiceAccountToken, false);
      for (const { securityContext } of pod.containers)
        assert.deepEqual(securityContext, {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
    }
  });

  it('lead the post of the cron to the pods', () => {
    const { metadata, spec } = only('Service');
    const { template } = only('Deployment').spec;
    const [container] = template.spec.containers;
    assert.deepEqual(template.metadata.labels, spec.selector);
    assert.deepEqual(only('Deployment').spec.selector.matchLabels, spec.selector);
    assert.deepEqual(only('PodDisruptionBudget').spec.selector.matchLabels, spec.selector);
    assert.equal(container.ports[0].name, spec.ports[0].targetPort);
    const [, , command] = only('CronJob').spec.jobTemplate.spec.template.spec.containers[0].command;
    assert.ok(command.includes(`"http://${metadata.name}:${spec.ports[0].port}/run?at=$(date +%s)"`), command);
  });

  it('name the version of the project', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const [{ image }] = only('Deployment').spec.template.spec.containers;
    assert.equal(image, `registry.example.com/sentry-monitor:${version}`);
  });
});
