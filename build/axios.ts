import type { Plugin } from 'rolldown';

/** In a browser, axios sends by these; here it never gets to them. */
const UNUSED = /\/axios\/lib\/adapters\/(fetch|xhr)\.js$/;
const NOTHING = 'export const getFetch = () => null;\nexport default null;\n';
/** Forms of the browser, which nobody here sends. */
const UTILS = '/axios/lib/utils.js';
const FORM = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

/** Leaves out of axios what only looks at the globals of a browser: in Node each look loads all of undici, unused. */
export function httpOnly(): Plugin {
  const done = new Set<string>();
  return {
    name: 'axios-http-only',
    load(id) {
      if (!UNUSED.test(id)) return null;
      done.add(id);
      return { code: NOTHING, moduleType: 'js' };
    },
    transform(code, id) {
      if (!id.endsWith(UTILS) || !code.includes(FORM)) return null;
      done.add(id);
      return { code: code.replace(FORM, 'undefined'), map: null };
    },
    buildEnd(error) {
      if (error === undefined && done.size !== 3) this.error('axios looks elsewhere by now: see build/axios.ts');
    },
  };
}
