import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lettersText } from '../../build/letters.ts';
import { ROOT } from '../support/process/processes.ts';

describe('the letters of pictures', () => {
  it('are those of the font that is installed: if not, run build/letters.ts and look at a picture', () =>
    assert.ok(
      readFileSync(join(ROOT, 'src/platform/pictures/drawing/letters/inter.json'), 'utf8') === lettersText(),
      'made of another font',
    ));
});
