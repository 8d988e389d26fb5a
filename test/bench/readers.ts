import type { Json } from '../support/e2e/json.ts';
import type { RemoteSandbox } from '../support/process/services.ts';

/** What a reader by pages found. */
export interface PagesRead {
  readonly ms: number;
  readonly requests: number;
  readonly events: number;
  /** Events by issue id. */
  readonly issues: ReadonlyMap<string, number>;
}

/**
 * Reads all events of a window, as good as that way can be: 100 a page, the projects at once, connections kept, no
 * pace, nothing held but counts. Within a project the pages follow each other, because a page's cursor comes with the
 * one before.
 */
export function readAllPages(sandbox: RemoteSandbox, projects: readonly string[], start: number): Promise<PagesRead> {
  return readPages(sandbox, projects, start, Infinity);
}

/** The same as the 2017 program did it: it stops at 1,000 events a project. */
export function readAsIn2017(sandbox: RemoteSandbox, projects: readonly string[], start: number): Promise<PagesRead> {
  return readPages(sandbox, projects, start, 1000);
}

async function readPages(
  sandbox: RemoteSandbox,
  projects: readonly string[],
  start: number,
  most: number,
): Promise<PagesRead> {
  const began = performance.now();
  const issues = new Map<string, number>();
  const read = await Promise.all(projects.map((project) => readProject(sandbox, project, { start, most, issues })));
  return {
    ms: performance.now() - began,
    requests: read.reduce((sum, it) => sum + it.requests, 0),
    events: read.reduce((sum, it) => sum + it.events, 0),
    issues,
  };
}

/** Adds to `issues`; ends after `most` events. */
async function readProject(
  { sentryUrl, keys }: RemoteSandbox,
  project: string,
  { start, most, issues }: { readonly start: number; readonly most: number; readonly issues: Map<string, number> },
): Promise<{ readonly requests: number; readonly events: number }> {
  let [requests, events] = [0, 0];
  const span = `start=${time(start)}&end=${time(start + 300_000)}&per_page=100`;
  for (let cursor: string | undefined = ''; cursor !== undefined && events < most;) {
    const response: Response = await fetch(
      `${sentryUrl}/api/0/projects/${keys.sentryOrg}/${project}/events/?${span}&cursor=${cursor}`,
      { headers: { authorization: `Bearer ${keys.sentryToken}` } },
    );
    const page = (await response.json()) as Json[];
    if (response.status !== 200) throw new Error(`${response.status}: ${JSON.stringify(page).slice(0, 300)}`);
    requests++;
    events += page.length;
    for (const { groupID } of page) issues.set(groupID, (issues.get(groupID) ?? 0) + 1);
    cursor = /rel="next"; results="true"; cursor="([^"]+)"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return { requests, events };
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}
