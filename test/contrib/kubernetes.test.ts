import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Json } from '../support/e2e/json.ts';
import { ROOT } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { itWith, objectionsOf, toolHere } from '../support/generate/tools.ts';

const MANIFESTS = join(ROOT, 'contrib/kubernetes');
const names = readdirSync(MANIFESTS);
const validate = toolHere('kubectl-validate');

function objects(): readonly Json[] {
  return names.flatMap((name) =>
    parseAllDocuments(readFileSync(join(MANIFESTS, name), 'utf8')).map((it) => it.toJS() as Json),
  );
}

function only(kind: string): Json {
  const [found, ...more] = objects().filter((it) => it.kind === kind);
  assert.ok(found !== undefined && more.length === 0, kind);
  return found;
}

describe('the manifests for Kubernetes', () => {
  itWith('kubectl-validate', validate, 'finds nothing against its schemas', async (program) => {
    assert.equal(await objectionsOf(program, [MANIFESTS], { cwd: ROOT, quiet: true }), '');
  });

  itWith('kubectl-validate', validate, 'would find a key that does not exist', async (program) => {
    const text = readFileSync(join(MANIFESTS, 'deployment.yaml'), 'utf8');
    const files = folder({ 'deployment.yaml': text.replace('readOnlyRootFilesystem', 'readOnlyFilesystem') });
    const said = await objectionsOf(program, [files.path], { cwd: ROOT, quiet: true });
    files.remove();
    assert.match(said, /readOnlyFilesystem/);
  });

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
