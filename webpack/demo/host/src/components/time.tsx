export function Time({ at }: { at: number }) {
  const date = new Date(at);
  return <time dateTime={date.toISOString()}>{date.toTimeString().slice(0, 8)}</time>;
}
