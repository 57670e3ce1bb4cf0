// `node tools/check-layers.mjs` refuses includes and imports against the order of the layers, and circles of
// imports. TypeScript's are dependency-cruiser's work, by the rules of .dependency-cruiser.mjs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';
import { listFiles } from './files.mjs';
import { layerOf, mayUse } from './layer-rules.mjs';
import { isMain, root } from './paths.mjs';
import { main } from './process.mjs';

const include = /^\s*#include\s*"([^"]+)"/gm;
const emscripten = /#include\s*<emscripten\b/;

/** The problems of a C++ file, given its path in the project and its text. */
export function checkFile(path, text) {
  const layer = layerOf(path);
  const problems = [...text.matchAll(include)].map(([, name]) => judge(layer, name));
  if (!layer.startsWith('bindings') && emscripten.test(text)) {
    problems.push('an Emscripten include belongs into bindings only.');
  }
  return problems.filter(Boolean).map((problem) => `${path}: ${problem}`);
}

/** Includes are written from src, or name bindings; those of one folder include each other without it. */
function judge(layer, name) {
  const folder = name.startsWith('bindings/') ? '' : name.includes('/') ? 'src/' : `${layer}/`;
  const to = layerOf(folder + name);
  if (to === undefined) return `${layer} may not use "${name}".`;
  return !mayUse(layer, to) && `${layer} may not use ${to} ("${name}").`;
}

/** What the rules say of the TypeScript and JavaScript of these folders of the project in `baseDir`. */
export async function checkImports(folders, baseDir = root) {
  const { forbidden, options } = config;
  const { output } = await cruise(folders, {
    ...options,
    ...{ baseDir, validate: true, ruleSet: { forbidden } },
  });
  const { modules, summary } = output;
  const isCircle = ({ type }) => type === 'cycle';
  return {
    files: modules.filter(({ source }) => isIn(folders, source)).length,
    problems: summary.violations.filter((each) => !isCircle(each)).map(shown),
    circles: summary.violations.filter(isCircle).map(({ from, cycle }) => {
      return [from, ...cycle.map(({ name }) => name)].join(' → ');
    }),
  };
}

const isIn = (folders, file) =>
  folders.some((folder) => file.startsWith(`${folder}/`)) && !file.includes('node_modules/');

const shown = ({ from, to, rule }) => `${from} may not use ${to}: ${rule.name}.`;

if (isMain(import.meta.url)) {
  await main(async () => {
    const native = ['src', 'bindings'].flatMap(listFiles).filter((file) => /\.(h|cpp)$/.test(file));
    const imports = await checkImports(['web', 'webpack', 'tests', 'tools']);
    const problems = native
      .flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8')))
      .concat(imports.problems);
    for (const problem of problems) console.error(problem);
    for (const circle of imports.circles) console.error(`circle: ${circle}`);
    const files = native.length + imports.files;
    const circles = imports.circles.length;
    console.log(`Layers: ${files} files, ${problems.length} problems, ${circles} circles.`);
    return problems.length + circles === 0 ? 0 : 1;
  });
}
