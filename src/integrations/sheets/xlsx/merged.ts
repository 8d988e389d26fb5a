/** Tags of the tabs of a workbook, in their order. */
export function tabsIn(workbook: string): readonly string[] {
  return [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => tag);
}

/**
 * Cells of a tab that are shown as one, as people name them: `C2:C4`. `fileOf`: the text of a file of the workbook; ''
 * where there is none. `tab`: its name or number, the first is 1.
 */
export function mergedIn(fileOf: (path: string) => string, tab: string | number): readonly string[] {
  const tabs = tabsIn(fileOf('xl/workbook.xml'));
  const tag = typeof tab === 'number' ? tabs[tab - 1] : tabs.find((it) => plain(valueIn(it, 'name')) === tab);
  const id = /\s\w+:id\s*=\s*["']([^"']*)["']/.exec(tag ?? '')?.[1];
  const links = [...fileOf('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)];
  const link = links.find(([it]) => valueIn(it, 'Id') === id)?.[0] ?? '';
  const target = valueIn(link, 'Target');
  const xml = fileOf(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  return [...xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]*>/g)]
    .map(([it]) => valueIn(it, 'ref'))
    .filter((cells) => /^[A-Z]+\d+:[A-Z]+\d+$/.test(cells));
}

function valueIn(tag: string, name: string): string {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
