import { comment } from '../words.ts';

/** A value of an attribute; `ref`: an expression that is written as it is. */
export type HclValue = string | number | boolean | { readonly ref: string };

/** A block of Terraform: its attributes, then the blocks in it. */
export interface HclBlock {
  readonly comment?: readonly string[] | undefined;
  readonly type: string;
  readonly labels?: readonly string[] | undefined;
  readonly attributes?: Readonly<Record<string, HclValue>> | undefined;
  readonly blocks?: readonly HclBlock[] | undefined;
}

/** In the form that `terraform fmt` leaves alone. */
export function hcl(block: HclBlock, indent = ''): string {
  const { type, labels = [], attributes = {}, blocks = [] } = block;
  const inner = `${indent}  `;
  const head = comment(block.comment ?? []).replaceAll(/^(?=.)/gm, indent);
  const own = lines(attributes)
    .map((line) => `${inner}${line}\n`)
    .join('');
  const nested = blocks.map((one) => hcl(one, inner)).join('\n');
  const gap = own !== '' && nested !== '' ? '\n' : '';
  return `${head}${indent}${[type, ...labels.map(hclText)].join(' ')} {\n${own}${gap}${nested}${indent}}\n`;
}

function lines(attributes: Readonly<Record<string, HclValue>>): readonly string[] {
  const width = Math.max(...Object.keys(attributes).map(({ length }) => length));
  return Object.entries(attributes).map(([name, value]) => `${name.padEnd(width)} = ${written(value)}`);
}

function written(value: HclValue): string {
  if (typeof value === 'object') return value.ref;
  return typeof value === 'string' ? hclText(value) : String(value);
}

/** A text with its quotes: no interpolation, no directive. */
function hclText(text: string): string {
  const escaped = text
    .toWellFormed()
    .replaceAll(/[\\"]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[$%](?=\{)/g, '$&$&');
  return `"${escaped}"`;
}
