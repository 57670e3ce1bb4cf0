/** The addresses of scripts in a stack, innermost first, whichever browser has written it. */
export function scriptsIn(stack = ''): string[] {
  return stack.match(/(?:https?|file):\/\/[^\s()]+?(?=:\d+:\d+)/g) ?? [];
}
