/** A text without what a terminal or a log would take for commands: names in manifests may hold anything. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
