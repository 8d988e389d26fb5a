/** A function of the pages' script. It is never called here: only its text is used. */
type BrowserFunction = (...given: never[]) => unknown;

export const start: BrowserFunction;
export const FUNCTIONS: Readonly<Record<string, BrowserFunction>>;
