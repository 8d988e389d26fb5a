import { Linter } from 'eslint';

/** What a browser has, of all that the pages' script uses. */
const BROWSER = [
  'AbortController',
  'CSS',
  'DOMParser',
  'Element',
  'FormData',
  'HTMLAnchorElement',
  'HTMLFormElement',
  'SubmitEvent',
  'Text',
  'URL',
  'URLSearchParams',
  'addEventListener',
  'clearTimeout',
  'document',
  'fetch',
  'history',
  'innerHeight',
  'innerWidth',
  'location',
  'scrollBy',
  'scrollTo',
  'scrollX',
  'scrollY',
  'setTimeout',
];

/** What is wrong with a text as a script of a browser: its syntax, and names that it does not have. */
export function faultsOfScript(text: string): readonly string[] {
  const globals = Object.fromEntries(BROWSER.map((name) => [name, 'readonly' as const]));
  return new Linter()
    .verify(text, [
      { languageOptions: { ecmaVersion: 2024, sourceType: 'script', globals }, rules: { 'no-undef': 'error' } },
    ])
    .map(({ message, line }) => `${line}: ${message}`);
}
