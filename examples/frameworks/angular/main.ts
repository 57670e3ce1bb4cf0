// The builder wants an entry; the remote's is remoteEntry.js.
export {};
