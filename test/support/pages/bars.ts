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

/**
 * Heights of the bars of a filter's own chart, by their words.
 * As the browser measures them, in units of the drawing.
 */
export async function titledBars(page: Page): Promise<ReadonlyMap<string, number>> {
  return new Map(
    await page.evaluate<[string, number][]>(
      "[...document.querySelectorAll('.scroll svg path > title')].map((title) => [title.textContent, title.parentElement.getBBox().height])",
    ),
  );
}

/** What stands in an element for a reader, on one line. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return (
    await page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? 'no ${selector}'`)
  )
    .replace(/\s+/g, ' ')
    .trim();
}
