import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';

export type Block = Readonly<Record<string, unknown>>;

/** By type and name of the resource: its blocks as the parser gives them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;

/** What of Terraform is on this machine; its providers cannot be fetched in a test. */
export function terraformHere(): 'validate' | 'fmt' | 'none' {
  if (spawnSync('terraform', ['version'], QUIET).status !== 0) return 'none';
  return inFolder('', (folder) => init(folder) === 0) ? 'validate' : 'fmt';
}

const QUIET = {
  stdio: 'ignore',
  env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_CLI_CONFIG_FILE: '' },
} as const;
const PROVIDER = 'terraform {\n  required_providers {\n    newrelic = { source = "newrelic/newrelic" }\n  }\n}\n';

/** With a folder of plug-ins it asks no registry. */
function init(cwd: string): number | null {
  return spawnSync(
    'terraform',
    ['init', '-input=false', '-backend=false', `-plugin-dir=${join(homedir(), '.terraform.d', 'plugins')}`],
    { ...QUIET, cwd },
  ).status;
}

/** What Terraform says against a text, formatting included; '' when all is well. */
export function objections(text: string, how: 'validate' | 'fmt'): string {
  return inFolder(text, (cwd) => {
    const told = { cwd, encoding: 'utf8', env: QUIET.env } as const;
    const form = spawnSync('terraform', ['fmt', '-check', '-diff', '-no-color', 'main.tf'], told);
    const said = form.status === 0 ? '' : `${form.stdout}${form.stderr}`;
    if (how === 'fmt' || init(cwd) !== 0) return said;
    const check = spawnSync('terraform', ['validate', '-no-color'], told);
    return check.status === 0 ? said : `${said}${check.stdout}${check.stderr}`;
  });
}

/** What Terraform itself makes of quoted texts. */
export function evaluated(quoted: readonly string[]): readonly string[] {
  const input = `jsonencode([${quoted.join(', ')}])\n`;
  const { stdout, stderr, status } = inFolder('# nothing\n', (cwd) =>
    spawnSync('terraform', ['console'], { input, encoding: 'utf8', env: QUIET.env, cwd }),
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(JSON.parse(stdout) as string) as string[];
}

export async function resourcesIn(text: string): Promise<Resources> {
  const { resource } = (await parse('main.tf', text)) as { resource: Resources };
  return resource;
}

/** A text as the parser gives it, in which interpolations are still to be made: none may be there. */
export function plainText(parsed: unknown): string {
  const text = parsed as string;
  return text.replaceAll(/\$\$\{|%%\{|[$%]\{/g, (mark) => {
    if (mark.length === 2) throw new Error(`an interpolation: ${text}`);
    return mark.slice(1);
  });
}

function inFolder<T>(text: string, act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-tf-'));
  try {
    writeFileSync(join(folder, 'main.tf'), text === '' ? PROVIDER : text);
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
