/** Runs webpack or Rspack, whose errors and warnings both reject. */
export function bundle(compile, options) {
  return new Promise((resolve, reject) => {
    const compiler = compile(options, (error, stats) => {
      const text =
        stats?.hasErrors() || stats?.hasWarnings() ? stats.toString('errors-warnings') : '';
      if (error ?? text) return reject(error ?? new Error(text));
      compiler.close(resolve);
    });
  });
}
