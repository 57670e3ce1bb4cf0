import { EngineError } from '../base/errors.js';
import type { ProgramDefinition } from '../engine/definitions.js';
import type { Engine } from '../engine/engine.js';
import { loadedEngine, requireEngine } from '../engine/load.js';
import { nameOf } from '../page/protocol.js';
import { firstCopy, PROTOCOL } from '../page/realm.js';
import { scriptsIn } from '../page/scripts.js';

/**
 * The engine is one per page, so a definition is compiled once and its number kept: now, where there is an engine,
 * else when it is first asked for.
 */
export function compileOnce(program: ProgramDefinition): () => number {
  let id: number | undefined;
  const definitionId = (): number => {
    try {
      return (id ??= defineFor(definitionId, program));
    } catch (error) {
      if (!(error instanceof EngineError) || error.code.startsWith('engine-')) throw error;
      const message = `slice '${program.name}'${whoseEngine(error.where)}: ${error.message}`;
      throw new EngineError('invalid-definition', message, error.where, {
        cause: error,
      });
    }
  };
  if (loadedEngine() !== undefined) definitionId();
  return definitionId;
}

/** The engine frees the program when nobody can call `user` any more. */
function defineFor(user: () => number, program: ProgramDefinition): number {
  const engine = requireEngine();
  const id = engine.define(program);
  abandoned.register(user, { engine, id });
  return id;
}

/** With the engine that knows the number: where pages follow one another in a realm, as in tests, it is not the page's. */
const abandoned = /* @__PURE__ */ new FinalizationRegistry<{
  readonly engine: Engine;
  readonly id: number;
}>(({ engine, id }) => engine.release(id));

/** A step that is missing may be newer than the engine, which another app has brought. */
function whoseEngine(where: string): string {
  if (!where.endsWith('/op')) return '';
  const [own, ...callers] = scriptsIn(new Error().stack);
  const app = callers.find((script) => script !== own);
  return `${app ? ` of ${app}` : ''}, on the engine of ${nameOf(firstCopy(PROTOCOL)!)}`;
}
