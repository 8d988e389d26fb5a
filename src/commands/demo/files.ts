import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The demo's own filters file, and what else a demo has beside it. */
export interface DemoFiles {
  readonly env: Readonly<Record<string, string>>;
  add(name: string, text: string): void;
}

/** `folder`: where they may lie; `filters`: path of the demo's own. */
export function filesIn(folder: string, filters: string): DemoFiles {
  const files = join(folder, 'filters');
  mkdirSync(files);
  copyFileSync(filters, join(files, 'shop.yaml'));
  return { env: { FILTERS: files }, add: (name, text) => writeFileSync(join(files, name), text) };
}

/** What came within each five minutes, with a chart of the past half day. */
export const DIGESTS = `digests:
  # So often that nobody has to wait for it; a team would write Mon-Fri 09:00 Europe/Berlin.
  - { name: news, at: every 5m, filters: [shop, checkout, background], tell: [team, lead], chart: 12h }
`;
