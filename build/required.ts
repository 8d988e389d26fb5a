import type { Plugin } from 'rolldown';

/** How a source file makes itself a `require`, to load a package at once and only when it is wanted. */
const MADE = 'const require = createRequire(import.meta.url);';

/** What is required that way becomes a part of the build as well: the bundler knows `require`, if nobody makes it. */
export function required(root: string): Plugin {
  return {
    name: 'required',
    transform: (code, id) =>
      id.startsWith(`${root}/`) && !id.includes('/node_modules/') && code.includes(MADE)
        ? { code: code.replace(MADE, ''), map: null }
        : null,
  };
}
