import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Browser } from '../support/pages/browser.ts';
import { hasPackaged } from '../support/pages/chromium.ts';
import { differenceOf, SNAPSHOTS } from '../support/looks/compare.ts';
import { openDrawing, shoot } from '../support/looks/shoot.ts';
import { STATES } from '../support/looks/states.ts';
import { notRun } from '../support/process/tools.ts';

const describeLooks = hasPackaged()
  ? describe
  : (title: string, _body: () => void): void => notRun(title, 'the Chromium of the npm package runs on Linux on x64');

describeLooks('how the page looks', () => {
  let browser: Browser;
  before(async () => (browser = await openDrawing()));
  after(() => browser.close());

  for (const state of STATES)
    it(`as it did when it was last looked at: ${state.name}`, async () => {
      assert.equal(differenceOf(state.name, await shoot(browser, state)), null);
    });

  it('has no picture of a state that is none', () =>
    assert.deepEqual(readdirSync(SNAPSHOTS).toSorted(), STATES.map(({ name }) => `${name}.png`).toSorted()));
});
