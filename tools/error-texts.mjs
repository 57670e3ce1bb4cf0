// What errors and warnings say, which builds for production leave away: there `the slice '${key}' has ended` is
// `text(12, key)`, and dist has the texts themselves in a table that only development keeps. Each text has its number
// for ever: tools/error-texts.json has them in order, docs/ERRORS.md is made of that.
//
// `node tools/error-texts.mjs` takes up new texts, at the end.

import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { listFiles } from './files.mjs';
import { isMain, root } from './paths.mjs';

const list = 'tools/error-texts.json';
const page = 'docs/ERRORS.md';

/** Files whose texts are in no page for production: hints of development, what tests use, the JSON Schema. */
const without =
  /^web\/(store\/hints|testing)\/|^web\/(federation\/root-hint|program\/(program-schema|grammar))\.ts$/;

/** A text has as many words; what has less is a name or a part of a text. */
const FEWEST_WORDS = 3;

const TEXTS = 'isthmus:texts';

/** The texts that have numbers: the first has 1. */
export function knownTexts() {
  return JSON.parse(readFileSync(join(root, list), 'utf8'));
}

/** All texts in web, in the order of files and lines, each once. */
export function textsInUse() {
  const files = listFiles('web').filter((file) => /\.tsx?$/.test(file) && !without.test(file));
  const texts = new Map();
  for (const file of files.sort()) {
    for (const { text } of textsOf(file)) if (!texts.has(keyOf(text))) texts.set(keyOf(text), text);
  }
  return [...texts.values()];
}

/** The texts that are known and those of them that are in use now, with the names that their values have now. */
export function numbered(known, inUse) {
  const now = new Map(inUse.map((text) => [keyOf(text), text]));
  const kept = known.map((text) => now.get(keyOf(text)) ?? text);
  const keys = new Set(known.map(keyOf));
  return [...kept, ...inUse.filter((text) => !keys.has(keyOf(text)))];
}

/** docs/ERRORS.md. */
export function pageOf(texts) {
  const shown = (text) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
  const rows = texts.map((text, i) => `| ${i + 1} | ${shown(text)} |`);
  return `${readFileSync(join(root, page), 'utf8').split('\n| number')[0]}
| number | text |
|---|---|
${rows.join('\n')}
`;
}

/** esbuild's plugin that puts numbers in the place of the texts of these files, and makes the table of them. */
export function textNumbers(files) {
  const numbers = new Map(knownTexts().map((text, i) => [keyOf(text), i + 1]));
  return {
    name: 'text numbers',
    setup(build) {
      build.onResolve({ filter: /^isthmus:texts$/ }, () => ({ path: TEXTS, namespace: TEXTS }));
      build.onLoad({ filter: /./, namespace: TEXTS }, () => ({
        contents: tableOf(files, numbers),
        resolveDir: root,
      }));
      build.onLoad({ filter: /\/web\/.*\.tsx?$/ }, ({ path }) => {
        const file = relative(root, path).replaceAll('\\', '/');
        const loader = file.endsWith('x') ? 'tsx' : 'ts';
        return { contents: withNumbers(file, numbers), loader };
      });
    },
  };
}

/** Nothing of it but `text` is in a build for production; without a bundler nobody has said that it is one. */
function tableOf(files, numbers) {
  const members = new Map();
  for (const { text, parts } of files.flatMap(textsOf)) {
    const number = numbers.get(keyOf(text));
    if (number === undefined) continue;
    const names = parts.slice(1).map((_, i) => `v${i}`);
    const body = parts.map((part, i) => (i === 0 ? '' : `\${v${i - 1}}`) + escaped(part)).join('');
    members.set(number, `${number}: (${names}) => \`${body}\``);
  }
  return `
    const table = () => ({${[...members.values()].join(',\n')}});
    const SEE = ' (see docs/ERRORS.md of isthmus)';
    let whole;
    try { if (process.env.NODE_ENV !== 'production') whole = table(); } catch { whole = table(); }
    export const text = (number, ...values) =>
      whole ? whole[number](...values) : \`#\${number}(\${values.join(', ')})\`.replaceAll(SEE, '') + SEE;
  `;
}

function withNumbers(file, numbers) {
  const { code, texts } = parsed(file);
  const print = (from, to, inside) => {
    let printed = '';
    let at = from;
    for (const each of inside) {
      const number = numbers.get(keyOf(each.text));
      const values = each.values.map(({ start, end, inside }) => print(start, end, inside));
      printed += code.slice(at, each.start);
      printed +=
        number === undefined
          ? code.slice(each.start, each.end)
          : `/* @__PURE__ */ isthmusText(${[number, ...values].join(', ')})`;
      at = each.end;
    }
    return printed + code.slice(at, to);
  };
  if (texts.length === 0) return code;
  return `import { text as isthmusText } from '${TEXTS}'; ${print(0, code.length, texts)}`;
}

/** A value in a text, as the list shows it. */
const PLACE = /\{\w*\}/;

/** A text is known by its words; its values may be named otherwise. */
const keyOf = (text) => text.split(PLACE).join('{}');

const escaped = (text) => text.replace(/[\\`]|\$(?=\{)/g, '\\$&');

/** Those of a file with those that stand in their values. */
function textsOf(file) {
  const all = ({ values, ...text }) => [
    text,
    ...values.flatMap(({ inside }) => inside.flatMap(all)),
  ];
  return without.test(file) || !file.startsWith('web/') ? [] : parsed(file).texts.flatMap(all);
}

const cache = new Map();

function parsed(file) {
  const known = cache.get(file);
  if (known !== undefined) return known;
  const code = readFileSync(join(root, file), 'utf8');
  const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const result = { code, texts: without.test(file) ? [] : textsBelow(tree) };
  cache.set(file, result);
  return result;
}

function textsBelow(node) {
  const texts = [];
  ts.forEachChild(node, function visit(child) {
    if (isNoValue(child)) return;
    const found = textAt(child);
    if (found !== undefined) texts.push(found);
    else ts.forEachChild(child, visit);
  });
  return texts;
}

/** Types, and what stands in place of a name. */
function isNoValue(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTaggedTemplateExpression(node) ||
    (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression))
  );
}

function textAt(node) {
  const isPlain = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  if (!isPlain && !ts.isTemplateExpression(node)) return undefined;
  if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return undefined;
  const spans = isPlain ? [] : node.templateSpans;
  const parts = isPlain
    ? [node.text]
    : [node.head.text, ...spans.map(({ literal }) => literal.text)];
  const words = parts.join('.').match(/[A-Za-z]{2,}/g) ?? [];
  if (words.length < FEWEST_WORDS || !parts.join('').includes(' ')) return undefined;
  const values = spans.map(({ expression }) => ({
    ...{ start: expression.getStart(), end: expression.end },
    inside: textAt(expression) ? [textAt(expression)] : textsBelow(expression),
    name: ts.isIdentifier(expression) ? expression.text : '',
  }));
  let text = parts[0];
  values.forEach(({ name }, i) => (text += `{${name}}${parts[i + 1]}`));
  return { text, parts, values, start: node.getStart(), end: node.end };
}

if (isMain(import.meta.url)) {
  const texts = numbered(knownTexts(), textsInUse());
  writeFileSync(join(root, list), `${JSON.stringify(texts, null, 2)}\n`);
  writeFileSync(join(root, page), pageOf(texts));
}
