declare module '*/engine.wasm' {
  /** The compiled engine, as tools/bundle.mjs puts it into the text. */
  const base64: string;
  export default base64;
}
