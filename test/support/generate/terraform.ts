import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { TOOLS, toolHere } from '../process/tools.ts';

export type Block = Readonly<Record<string, unknown>>;

/** By type and name of the resource: its blocks as the parser gives them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;

const PROGRAM = toolHere('terraform') ?? toolHere('tofu');
const PLUGINS = [join(TOOLS, 'plugins'), join(homedir(), '.terraform.d', 'plugins')];

/** What of Terraform is on this machine; its providers cannot be fetched in a test. */
export function terraformHere(): 'validate' | 'fmt' | 'none' {
  if (PROGRAM === undefined) return 'none';
  return inFolder('', (folder) => init(folder) === 0) ? 'validate' : 'fmt';
}

const ENV = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_CLI_CONFIG_FILE: '' };
const PROVIDER = 'terraform {\n  required_providers {\n    newrelic = { source = "newrelic/newrelic" }\n  }\n}\n';

function run(args: readonly string[], cwd: string, input?: string): SpawnSyncReturns<string> {
  return spawnSync(PROGRAM!, args, { cwd, env: ENV, encoding: 'utf8', ...(input === undefined ? {} : { input }) });
}

/** With a folder of plug-ins it asks no registry. */
function init(cwd: string): number | null {
  const plugins = PLUGINS.find((folder) => existsSync(folder)) ?? PLUGINS[1]!;
  return run(['init', '-input=false', '-backend=false', `-plugin-dir=${plugins}`], cwd).status;
}

/** What Terraform says against a text, formatting included; '' when all is well. */
export function objections(text: string, how: 'validate' | 'fmt'): string {
  return inFolder(text, (cwd) => {
    const form = run(['fmt', '-check', '-diff', '-no-color', 'main.tf'], cwd);
    const said = form.status === 0 ? '' : `${form.stdout}${form.stderr}`;
    if (how === 'fmt' || init(cwd) !== 0) return said;
    const check = run(['validate', '-no-color'], cwd);
    return check.status === 0 ? said : `${said}${check.stdout}${check.stderr}`;
  });
}

/** What Terraform itself makes of quoted texts. */
export function evaluated(quoted: readonly string[]): readonly string[] {
  const input = `jsonencode([${quoted.join(', ')}])\n`;
  const { stdout, stderr, status } = inFolder('# nothing\n', (cwd) => run(['console'], cwd, input));
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
