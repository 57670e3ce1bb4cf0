import type { AnyNode } from 'acorn';
import { describe, expect, it } from 'vitest';
import { fileOfChunk, type FileOfChunk } from '../../../webpack/doctor/container/chunk-files.js';
import { readContainer } from '../../../webpack/doctor/container/container.js';
import { engineTraceIn } from '../../../webpack/doctor/container/engine-trace.js';
import { nodesIn, parseScript } from '../../../webpack/doctor/container/script.js';

function functionIn(text: string): FileOfChunk {
  const isFunction = (node: AnyNode) => /^(Arrow)?Function/.test(node.type);
  return [...nodesIn(parseScript(`(${text})`)!)].find(isFunction) as FileOfChunk;
}

describe('the file of a chunk follows from', () => {
  it.each<[string, string, string | number, string | undefined]>([
    ['its id', `(chunkId) => ("" + chunkId + ".js")`, 'app_js', 'app_js.js'],
    ['a hash', `e => e + "." + { 7: "aa", "app": "bb" }[e] + ".js"`, 'app', 'app.bb.js'],
    ['a name, if it has one', `e=>({7:"app"}[e]||e)+".js"`, 7, 'app.js'],
    ['its id, if it has none', `e=>({7:"app"}[e]||e)+".js"`, 8, '8.js'],
    ['a comparison', `e => (7 === e ? "app" : e) + ".js"`, 7, 'app.js'],
    ['a template', 'e => `js/${e}.${{ 7: "aa" }[e]}.js`', 7, 'js/7.aa.js'],
    ['a condition', `function (e) { if (e === 7) return "a.js"; return e + ".js"; }`, 7, 'a.js'],
    [
      'none that holds',
      `function (e) { if (e === 7) return "a.js"; return e + ".js"; }`,
      8,
      '8.js',
    ],
    ['a list', `e => { if ({ 7: 1 }[e]) return "some/" + e + ".js"; return e; }`, 7, 'some/7.js'],
    ['the hash of the build', `e => "js/" + e + "." + r.h() + ".js"`, 7, 'js/7.cafe.js'],
    ['a call, which is not made', `e => process.exit(e)`, 7, undefined],
    ['a loop, which is not run', `e => { for (;;); }`, 7, undefined],
    ['a variable, which is unknown', `e => e + x`, 7, undefined],
    ['an inherited member, which is none', `e => ({})[e]`, 'constructor', undefined],
  ])('%s', (_what, text, id, file) => {
    expect(fileOfChunk(functionIn(text), id, 'cafe')).toBe(file);
  });
});

describe('a container', () => {
  const names = `r.u = (id) => id + ".js";`;

  it.each<[string, string, object]>([
    [
      'of webpack offers isthmus',
      `var cart; ${names} register("isthmus", "1.2.3", () => (r.e("a").then(() => () => r(1))));`,
      { name: 'cart', offers: '1.2.3', files: ['a.js'] },
    ],
    [
      'minified by webpack offers isthmus',
      `var cart;(()=>{${names}o("redux","5.0.1",()=>r.e(2)),o("isthmus","1.2.3",()=>Promise.all([r.e(3),r.e(4)]).then(()=>()=>r(1)))})()`,
      { name: 'cart', offers: '1.2.3', files: ['3.js', '4.js'] },
    ],
    [
      'of Rspack offers isthmus',
      `${names} data = { default: [{ name: "isthmus", version: "1.2.3", factory: () => r.e(253), eager: 0 }] };`,
      { offers: '1.2.3', files: ['253.js'] },
    ],
    [
      'asks for isthmus and offers none',
      `${names} load("default", "isthmus", false, [0]); r.e(1);`,
      { offers: undefined, asksForIsthmus: true, files: ['1.js'] },
    ],
    [
      'knows isthmus by other names only',
      `${names} Symbol.for("isthmus"); eval("r.e(/*! app */ \\"app\\")");`,
      { offers: undefined, asksForIsthmus: false, files: ['app.js'] },
    ],
    [
      'as a module has no name',
      `export const get = () => 1;`,
      { name: undefined, files: undefined },
    ],
    [
      'has a public path',
      `r.p = "https://cdn.example/cart/";`,
      { publicPath: 'https://cdn.example/cart/' },
    ],
    ['lies in a folder of its build', `r.p = scriptUrl + "../";`, { publicPath: '../' }],
    ['lies beside its build', `r.p = scriptUrl;`, { publicPath: '' }],
  ])('%s', (_what, text, told) => {
    expect(readContainer(text)).toMatchObject(told);
  });

  it('is no page', () => expect(readContainer('<!doctype html>')).toBeUndefined());
});

describe('a script tells of the engine', () => {
  const nothing = {
    hasIsthmus: false,
    looksInFiles: false,
    holdsWasm: false,
    belowPublicPath: undefined,
    holdsLoaded: false,
    besideScript: undefined,
  };

  it.each<[string, string, object]>([
    ['nothing', `P(_ = "engine.wasm")`, {}],
    ['that isthmus is in it', `Symbol.for("isthmus")`, { hasIsthmus: true }],
    ['that it is shared by others', `Symbol.for("isthmus.engines")`, {}],
    ['where it was built', `new URL("./engine.wasm","file:///home/a.js")`, { looksInFiles: true }],
    [
      'so in development',
      `eval("new URL(\\"./engine.wasm\\", \\"file:///C:/a.js\\")")`,
      { looksInFiles: true },
    ],
    ['that it is within', `e.exports="data:application/wasm;base64,AGFzbQ=="`, { holdsWasm: true }],
    ['its file', `e.exports=s.p+"engine.7e1f.wasm"`, { belowPublicPath: 'engine.7e1f.wasm' }],
    [
      'its file among others',
      `e.exports=s.p+"sql.wasm"},2(e,t,s){e.exports=s.p+"engine.wasm"`,
      { belowPublicPath: 'engine.wasm' },
    ],
    ['where the runtime has it', `new URL(r.p + "7e1f.wasm", x)`, { belowPublicPath: '7e1f.wasm' }],
    ['what a loader made of it', `const i=s.p+"engine.wasm";`, { holdsLoaded: true }],
    ['the file beside it', `new URL("a.wasm", import.meta.url)`, { besideScript: 'a.wasm' }],
  ])('%s', (_what, text, told) => {
    expect(engineTraceIn(text)).toEqual({ ...nothing, ...told });
  });
});
