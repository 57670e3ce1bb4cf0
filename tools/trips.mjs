// Which files of web/ a call visits: V8 counts the functions that run, the source map says where they are from.

import { Session } from 'node:inspector/promises';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const dist = join(root, 'dist');

function mapOf(name) {
  const text = readFileSync(join(dist, name), 'utf8');
  const map = new SourceMap(JSON.parse(readFileSync(join(dist, `${name}.map`), 'utf8')));
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) if (text[i] === '\n') lineStarts.push(i + 1);
  return (offset) => {
    let line = lineStarts.findIndex((start) => start > offset) - 1;
    if (line < 0) line = lineStarts.length - 1;
    return map.findEntry(line, offset - lineStarts[line]).originalSource?.replace(/^(\.\.\/)+/, '');
  };
}

export async function visited(run) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const files = new Map();
  for (const name of ['index.js', 'react.js', 'redux.js', 'storage.js']) {
    const script = result.find(({ url }) => url === pathToFileURL(join(dist, name)).href);
    if (!script) continue;
    const sourceOf = mapOf(name);
    for (const {
      ranges: [{ startOffset, count }],
      functionName,
    } of script.functions) {
      if (count === 0) continue;
      const file = sourceOf(startOffset) ?? '?';
      files.set(file, [...(files.get(file) ?? []), functionName]);
    }
  }
  return files;
}
