/** How many random cases a property tries: a tenth of them in `npm test`, all of them in `npm run test:all`. */
export function runs(all: number): number {
  return process.env['TEST_ALL'] === undefined ? Math.ceil(all / 10) : all;
}
