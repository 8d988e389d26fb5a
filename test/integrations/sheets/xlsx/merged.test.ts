import assert from 'node:assert/strict';
import { mergedIn } from '../../../../src/integrations/sheets/xlsx/merged.ts';

const WORKBOOK = '<workbook><sheets><sheet name="A &amp; B" r:id="rId2"/><sheet name="C"/></sheets></workbook>';
const LINK = '<Relationship Id="rId2" Target="/xl/worksheets/sheet7.xml"/>';
const MERGED = '<worksheet><x:mergeCell ref="A1:B2"/><mergeCell/><mergeCell ref="A3"/></worksheet>';

describe('cells of a tab that are shown as one', () => {
  const of = (tab: string | number, files: Readonly<Record<string, string>> = {}) => {
    const all: Readonly<Record<string, string>> = {
      'xl/workbook.xml': WORKBOOK,
      'xl/_rels/workbook.xml.rels': LINK,
      'xl/worksheets/sheet7.xml': MERGED,
      ...files,
    };
    return mergedIn((path) => all[path] ?? '', tab);
  };

  it('are found by the name of the tab, and by its number, wherever its file is', () => {
    assert.deepEqual([of('A & B'), of(1)], [['A1:B2'], ['A1:B2']]);
    const beside = LINK.replace('/xl/worksheets', 'worksheets');
    assert.deepEqual(of(1, { 'xl/_rels/workbook.xml.rels': beside }), ['A1:B2']);
  });

  it('are none of a tab that is not there, or whose file nothing names', () => {
    assert.deepEqual([of('D'), of(3), of('C'), of(1, { 'xl/_rels/workbook.xml.rels': '' })], [[], [], [], []]);
  });
});
