// A hook for modules: whoever asks for `vite` gets the package that has its release under another name.

let chosen = 'vite';

export function initialize(name) {
  chosen = name;
}

export function resolve(specifier, context, next) {
  return next(specifier === 'vite' ? chosen : specifier, context);
}
