import assert from 'node:assert/strict';
import { type Browser, findingsIn } from '../support/pages/browser.ts';
import { hasPackaged } from '../support/pages/chromium.ts';
import { LOOKS, openMail } from '../support/digests/mail-looks.ts';
import { openDrawing } from '../support/looks/shoot.ts';
import { notRun } from '../support/process/tools.ts';

const describeMail = hasPackaged()
  ? describe
  : (title: string, _body: () => void): void => notRun(title, 'the Chromium of the npm package runs on Linux on x64');

describeMail('the mail of a digest in a browser', () => {
  let browser: Browser;
  before(async () => (browser = await openDrawing()));
  after(() => browser.close());

  for (const [name, look] of Object.entries(LOOKS))
    it(`${name}: fits its screen, shows its chart sharp, and can be read by everybody`, async () => {
      const { page, complaints, close } = await openMail(browser, look);
      const seen = await page.evaluate(() => {
        const image = document.querySelector('img')!;
        const { width, height } = image.getBoundingClientRect();
        const wide = document.documentElement.scrollWidth - window.innerWidth;
        return { wide, natural: [image.naturalWidth, image.naturalHeight], width, height, alt: image.alt };
      });
      assert.equal(seen.wide, 0, 'it scrolls sideways');
      assert.deepEqual(seen.natural, [1200, 648]);
      assert.ok(seen.width <= 600 && Math.abs(seen.width / seen.height - 1200 / 648) < 0.02, JSON.stringify(seen));
      assert.match(seen.alt, /at least .* events; most at Fri 20 Nov .*not counted/);
      // It is no page with landmarks, but a letter.
      const findings = (await findingsIn(page)).filter((it) => !/^(region|landmark-one-main):/.test(it));
      assert.deepEqual(findings, []);
      assert.deepEqual(complaints, []);
      await close();
    });

  it('whose pictures are not shown has the numbers instead', async () => {
    const { page, close } = await openMail(browser, LOOKS.light);
    await page.evaluate(() => document.querySelector('img')!.setAttribute('src', 'data:,'));
    const text = await page.evaluate(() => document.querySelector('img')!.alt);
    assert.match(text, /By hour from Thu 19 Nov 09:00: \d+, /);
    await close();
  });
});
