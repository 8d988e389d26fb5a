#!/bin/sh
# read-excel-file 9.3.17: some times of a workbook are a millisecond early.
#
# A workbook keeps a time as a fraction of a day: 09:30:15 on 30 March 2026 is 46111.39600694444. Multiplied out this is a
# little less than the whole second, and the reader cuts off where it could round: the Date is 09:30:14.999. Whoever shows
# minutes shows 09:29 for 09:30:00 of some days.
#
# Exits 0 while the behaviour is as described, non-zero when it changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts read-excel-file@9.3.17 fflate@0.8.3
cat > times.mjs <<'JS'
import { strToU8, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/universal';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const link = (id, kind, target) => `<Relationship Id="${id}" Type="${rel}/${kind}" Target="${target}"/>`;
const files = {
  'xl/workbook.xml': `<workbook ${main} xmlns:r="${rel}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
    `${link('r1', 'worksheet', 'worksheets/sheet1.xml')}${link('r2', 'styles', 'styles.xml')}</Relationships>`,
  'xl/styles.xml': `<styleSheet ${main}><cellXfs count="1"><xf numFmtId="22"/></cellXfs></styleSheet>`,
  'xl/worksheets/sheet1.xml':
    `<worksheet ${main}><sheetData><row r="1"><c r="A1" s="0"><v>46111.39600694444</v></c></row></sheetData></worksheet>`,
};
const bytes = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const [[time]] = await readSheet(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
console.log('46111.39600694444:', time.toISOString());
JS
echo "read-excel-file 9.3.17, node $(node --version)"
node times.mjs | tee out.txt
if grep -q '2026-03-30T09:30:14.999Z$' out.txt; then
  echo 'as described: a millisecond early'
else
  echo 'CHANGED: no longer as described'; exit 1
fi
