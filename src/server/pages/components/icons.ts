import type { Health } from '../findings/health.ts';

const BARS = '<path fill="#5b8ac4" d="M1 15v-4h3v4zM5 15V8h3v7zM9 15v-5h3v5zM13 15V2h2v13z"/>';

/** The bars, with what is to be seen of it in a row of tabs: told apart by form and colour. */
const BADGES = {
  calm: '',
  trend: '<path fill="#8f5be8" d="M8 0l5 8H3z"/>',
  warn: '<path fill="#e0a100" d="M8 0l6 10H2z"/><path fill="#000" d="M7.2 3.4h1.6l-.3 3.4h-1zM7.3 7.5h1.4v1.4H7.3z"/>',
  bad: '<circle cx="6" cy="6" r="6" fill="#d3302f"/><path stroke="#fff" stroke-width="1.8" d="M3.5 3.5l5 5m0-5l-5 5"/>',
} as const;

type Badge = keyof typeof BADGES;

/** The icons by their paths. */
export const ICONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(BADGES).map(([badge, drawn]) => [
    pathOf(badge as Badge),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${BARS}${drawn}</svg>`,
  ]),
);

/** Of a page that is in such a state. */
export function iconOf(health: Health): string {
  return pathOf(health === 'good' || health === 'idle' ? 'calm' : health);
}

function pathOf(badge: Badge): string {
  return badge === 'calm' ? '/page.svg' : `/page-${badge}.svg`;
}
