/** Parsed JSON as a test looks into it: what it holds is what the test is about. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;
