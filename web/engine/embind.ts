import { readWtf8 } from './codec/wtf8.js';
import type { EngineModule } from './module.js';

/**
 * The half of embind that is JavaScript, for functions over integers: tells of a function of the engine by its
 * name. Emscripten's own, with its types, strings and handles, is 4 kB of brotli.
 *
 * @see https://emscripten.org/docs/porting/connecting_cpp_and_javascript/embind.html
 */
export function registerFunction(
  engine: EngineModule,
  [name, , , , invoker, callee]: readonly number[],
): readonly [string, (...args: readonly number[]) => number] {
  const invoke = engine.__indirect_function_table.get(invoker!) as (...args: number[]) => number;
  return [textAt(engine.memory, name!), (...args) => invoke(callee!, ...args)];
}

function textAt({ buffer }: EngineModule['memory'], start: number): string {
  const bytes = new Uint8Array(buffer, start);
  return readWtf8(bytes, 0, bytes.indexOf(0));
}
