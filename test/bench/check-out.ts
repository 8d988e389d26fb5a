import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { ROOT } from '../support/process/processes.ts';

/** An earlier commit's files in a new folder, and its packages as its own lock file says. Throws where git lacks it. */
export function checkOut(commit: string, folder: string): void {
  const archive = `${folder}.tar`;
  mkdirSync(folder);
  try {
    execFileSync('git', ['archive', '--format=tar', '-o', archive, commit], { cwd: ROOT, stdio: 'pipe' });
  } catch (error) {
    throw new Error(`the benchmark compares with commit ${commit}, which git does not have here: ${String(error)}`, {
      cause: error,
    });
  }
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' });
}
