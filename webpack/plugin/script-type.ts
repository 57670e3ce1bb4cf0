import type { Compiler } from 'webpack';

/**
 * Lets the page see what a remote's container declares with `var`, which modules keep for themselves: Angular's
 * builder loads scripts as modules that are none.
 */
export function loadClassicScripts(compiler: Compiler): void {
  const { output } = compiler.options;
  if (output.scriptType === 'module' && !output.module) output.scriptType = 'text/javascript';
}
