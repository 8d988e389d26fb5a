import { strToU8, zipSync, type Zippable } from 'fflate';

/** A tab: cells of its rows as XML, `<c r="A1" t="inlineStr">…`. */
export interface Tab {
  readonly name: string;
  readonly state?: string;
  readonly rows: string;
  /** XML that follows them. */
  readonly after?: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Styles: 0 as it is, 1 a date, 2 a time, 3 a date with its time, 4 hours. */
const STYLES =
  `${HEAD}<styleSheet ${MAIN}><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>` +
  '<numFmt numFmtId="165" formatCode="dd.mm.yyyy hh:mm"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>' +
  '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="21"/><xf numFmtId="165"/>' +
  '<xf numFmtId="166"/></cellXfs></styleSheet>';

/** A workbook as other programs write one. */
export function workbookOf(tabs: readonly Tab[], { is1904 = false, more = {} } = {}): Uint8Array {
  const sheets = tabs.map(({ name, state }, at) => {
    return `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`;
  });
  const links = tabs.map((_, at) => {
    return `<Relationship Id="rId${at + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`;
  });
  const files: Zippable = {
    'xl/workbook.xml': strToU8(
      `${HEAD}<workbook ${MAIN} xmlns:r="${REL}"><workbookPr${is1904 ? ' date1904="1"' : ''}/>` +
        `<sheets>${sheets.join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}` +
        `<Relationship Id="rId90" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': strToU8(STYLES),
    'xl/theme/theme1.xml': strToU8('<a:theme><a:fillToRect l="1" r="50000"/></a:theme>'),
    ...Object.fromEntries(
      tabs.map(({ rows, after = '' }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        strToU8(`${HEAD}<worksheet ${MAIN}><sheetData>${rows}</sheetData>${after}</worksheet>`),
      ]),
    ),
    ...more,
  };
  return zipSync(files);
}

/** Rows of cells, each as its XML without its address. */
export function rowsOf(...rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells, at) => {
      const all = cells.map((cell, column) =>
        cell.replace('<c', `<c r="${String.fromCharCode(65 + column)}${at + 1}"`),
      );
      return `<row r="${at + 1}">${all.join('')}</row>`;
    })
    .join('');
}

export function text(value: string): string {
  return `<c t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
}

export function number(value: string, style = 0): string {
  return `<c s="${style}"><v>${value}</v></c>`;
}
