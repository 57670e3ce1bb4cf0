// Only because this folder lies in another project, with a lock file of its own; isthmus needs no configuration.
export default {
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
};
