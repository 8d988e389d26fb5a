import assert from 'node:assert/strict';
import { placeOf } from '../../../../src/core/logs/issues/frame-place.ts';

describe('where a call stands', () => {
  const place = (path: string, name: string | null = 'f') => {
    const { module, function: called, isOwn } = placeOf({ path, function: name });
    return `${module} ${called} ${isOwn}`;
  };

  it('is the end of the path of own code, or within a library', () => {
    assert.equal(place('/srv/app/shop/views.py'), 'shop/views.py f true');
    assert.equal(place('/usr/lib/python3.12/json/decoder.py', null), 'json/decoder.py  false');
    assert.equal(place('C:\\venv\\Lib\\site-packages\\django\\core.py'), 'django/core.py f false');
  });

  it('is a name of its own for what Python has frozen, and the path itself where nothing is left of it', () => {
    assert.equal(place('<frozen importlib._bootstrap>'), 'importlib._bootstrap f false');
    assert.equal(place('/'), '/ f true');
  });
});
