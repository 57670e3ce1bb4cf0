declare module '*.wasm' {
  /** A compiled file of the engine, as tools/bundle.mjs puts it into the text. */
  const base64: string;
  export default base64;
}
