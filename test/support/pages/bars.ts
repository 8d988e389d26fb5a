import type { Page } from 'playwright-core';

/** A bar as its path draws it, in the drawing's own units. */
export interface Bar {
  readonly left: number;
  readonly height: number;
}

/** The bars of an overview's chart: whole ones, or hollow ones. */
export async function barsOf(page: Page, filter: string, kind: 'bars' | 'open' | 'gaps'): Promise<readonly Bar[]> {
  const drawn = await page.evaluate<string>(
    `document.querySelector('[data-filter="${filter}"] svg path.${kind}')?.getAttribute('d') ?? ''`,
  );
  if (kind === 'gaps')
    return [...drawn.matchAll(/M(\d+) 0h(\d+)v32/g)].map(([, left, width]) => ({
      left: Number(left),
      height: Number(width),
    }));
  return [...drawn.matchAll(/M(\d+) 32v-(\d+)h2v(\d+)/g)].map(([, left, height, back]) => {
    if (height !== back) throw new Error(`a bar that does not end where it began: ${drawn}`);
    return { left: Number(left), height: Number(height) };
  });
}

/** A bar of a filter's own chart, as the browser lays it out: pixels above the axis. */
export interface ChartBar {
  readonly kind: string;
  readonly height: number;
}

/** Bars of a filter's own chart, by the slot that they stand in. */
export async function chartBars(page: Page): Promise<ReadonlyMap<number, ChartBar>> {
  const drawn = await page.evaluate<[string, string, number][]>(`(() => {
    return [...document.querySelectorAll('#chart .counts > path:not(.usual, .before)')].flatMap((path) => {
      const scale = path.getCTM().d;
      return path.getAttribute('d').split('M').slice(1).map((bar) => [path.getAttribute('class'), bar, scale]);
    });
  })()`);
  return new Map(
    drawn.map(([kind, bar, scale]) => {
      const [, left, height] = /^([\d.]+) 210v-([\d.]+)h4v/.exec(bar)!;
      return [Math.floor(Number(left) / 5), { kind, height: Number(height) * scale }];
    }),
  );
}

/** What each slot of a filter's own chart says, line by line, and where it leads; null: nowhere. */
export async function chartSlots(
  page: Page,
): Promise<readonly { readonly lines: readonly string[]; readonly href: string | null }[]> {
  const said = await page.evaluate<[string, string | null][]>(
    "[...document.querySelectorAll('#chart .slots > *')].map((slot) => [slot.dataset.said ?? slot.querySelector('title').textContent, slot.getAttribute('href')])",
  );
  return said.map(([text, href]) => ({ lines: text.split('\n'), href }));
}

/** What stands in an element for a reader, on one line. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return (
    await page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? 'no ${selector}'`)
  )
    .replace(/\s+/g, ' ')
    .trim();
}
