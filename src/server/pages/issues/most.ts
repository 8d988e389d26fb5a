/** Lines of a page, issues that are looked through, and events of a project among which users are counted. */
export const MOST = { lines: 50, issues: 20_000, events: 30_000 };
