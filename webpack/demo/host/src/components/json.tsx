import { Fragment } from 'react';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g;

/** Indented JSON, its keys, strings and other values each in a colour of their own. */
export function Json({ value }: { value: unknown }) {
  return (
    <pre className="json" tabIndex={0}>
      {pieces(format(value, '')).map(({ text, kind }, index) =>
        kind ? (
          <span key={index} className={kind}>
            {text}
          </span>
        ) : (
          <Fragment key={index}>{text}</Fragment>
        ),
      )}
    </pre>
  );
}

const width = 38;

/** What fits on a line stays on one. */
function format(value: unknown, indent: string): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null) return line;
  if (indent.length + line.length <= width) return line;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => inner + format(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}"${key}": ${format(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

interface Piece {
  text: string;
  kind?: 'json-key' | 'json-string' | 'json-value';
}

function pieces(json: string): Piece[] {
  const result: Piece[] = [];
  let end = 0;
  for (const match of json.matchAll(token)) {
    result.push({ text: json.slice(end, match.index) });
    result.push({ text: match[0], kind: kindOf(match[1], match[2]) });
    end = match.index + match[0].length;
  }
  result.push({ text: json.slice(end) });
  return result;
}

function kindOf(quoted: string | undefined, colon: string | undefined): Piece['kind'] {
  if (!quoted) return 'json-value';
  return colon ? 'json-key' : 'json-string';
}
