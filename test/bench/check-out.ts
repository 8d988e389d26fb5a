import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/process/processes.ts';

/**
 * Kept between benchmarks: to install packages takes longer than to measure. NOTE: Node runs no TypeScript of a folder
 * in node_modules.
 */
const KEPT = join(homedir(), '.cache/sentry-monitor/bench');

/**
 * Folder with an earlier commit's files and what its own lock file says that it runs with. Throws where git lacks the
 * commit.
 */
export function checkOut(commit: string): string {
  const folder = join(KEPT, commit);
  if (existsSync(folder)) return folder;
  const place = `${folder}-${process.pid}`;
  const archive = `${place}.tar`;
  mkdirSync(place, { recursive: true });
  try {
    execFileSync('git', ['archive', '--format=tar', '-o', archive, commit], { cwd: ROOT, stdio: 'pipe' });
    execFileSync('tar', ['-xf', archive, '-C', place]);
    execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: place, stdio: 'pipe' });
    renameSync(place, folder);
  } catch (error) {
    throw new Error(`the benchmark compares with commit ${commit}, which cannot be had here: ${String(error)}`, {
      cause: error,
    });
  } finally {
    for (const left of [place, archive]) rmSync(left, { recursive: true, force: true });
  }
  return folder;
}
