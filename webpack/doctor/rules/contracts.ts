import { isDeepStrictEqual } from 'node:util';
import type { Finding, Severity } from '../finding.js';
import type { Build } from '../inputs.js';
import type { Contract } from '../manifest.js';
import { compareSchemas } from '../schema/compare-schemas.js';
import type { Schema } from '../schema/schema.js';

/** One app's contract for an action type. */
interface Side {
  readonly build: Build;
  readonly contract: Contract;
}

interface Difference {
  readonly severity: Severity;
  readonly text: string;
  readonly fix: string;
}

/** Compares what each two apps agree for the same action type, in both directions. */
export function checkContracts(builds: readonly Build[]): Finding[] {
  const sides = new Map<string, Side[]>();
  for (const build of builds) {
    for (const [type, contract] of Object.entries(build.manifest.contracts)) {
      sides.set(type, [...(sides.get(type) ?? []), { build, contract }]);
    }
  }
  const differing = [...sides].flatMap(([type, list]) => {
    return pairs(list).flatMap(([a, b]) => compare(type, a, b));
  });
  return [...differing, ...builds.flatMap(notCompared)];
}

/** The plugin's note stands in a manifest whose build names no slices. */
function notCompared({ name, file, manifest: { note } }: Build): Finding[] {
  if (note === undefined) return [];
  const message = 'its slices and contracts were not compared: the build does not name them';
  const fix =
    'list the modules that define its slices in the option slices of IsthmusFederationPlugin';
  return [{ severity: 'note', rule: 'contracts', app: name, file, message, fix }];
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));
}

function compare(type: string, a: Side, b: Side): Finding[] {
  if (isDeepStrictEqual(a.contract, b.contract)) return [];
  const differences = [...direction(a, b), ...direction(b, a), ...stores(a, b)];
  const found = differences.length > 0 ? differences : [compatible(a, b)];
  return found.map(({ severity, text, fix }) => ({
    severity,
    rule: 'contracts',
    app: b.build.name,
    file: b.build.file,
    message: `'${a.build.name}' and '${b.build.name}' contract '${type}' differently: ${text}`,
    fix,
  }));
}

/** Two apps of one store need the same contract, two versions of one app need not. */
function compatible(a: Side, b: Side): Difference {
  const isSameApp = a.build.name === b.build.name;
  const text = 'each takes what the other sends';
  const fix = isSameApp
    ? 'nothing: both may run at once'
    : `let one of them own it, and the other one leave it out: within one store the second is refused`;
  return { severity: isSameApp ? 'note' : 'warning', text, fix };
}

/** Which stores there are is known at run time only. */
function stores(a: Side, b: Side): Difference[] {
  const others = (['from', 'to'] as const).filter(
    (field) => !isDeepStrictEqual(a.contract[field] ?? '*', b.contract[field] ?? '*'),
  );
  if (others.length === 0) return [];
  const text = `they name other stores under ${others.join(' and ')}`;
  return [{ severity: 'warning', text, fix: 'name the same stores in both' }];
}

/** Why the receiver may drop what the sender sends. */
function direction(sender: Side, receiver: Side): Difference[] {
  return [...versions(sender, receiver), ...secrets(sender, receiver)];
}

function versions(sender: Side, receiver: Side): Difference[] {
  const target = receiver.contract.schemaVersion ?? 1;
  const own = sender.contract.schemaVersion ?? 1;
  const sent = sender.contract.emit ?? [own];
  const [from, to] = [sender.build.name, receiver.build.name];
  if (sent.includes(target)) return own === target ? payloads(sender, receiver) : [];
  if (sent.some((version) => carries(receiver.contract, version, target))) return [];
  const text = `'${from}' sends version ${sent.join(' and ')}, which '${to}' at version ${target} drops as 'version'`;
  const side = own > target ? `downcast to '${to}'` : `upcast to '${to}'`;
  const fix = `add ${side}, or emit: [${[target, own].sort((a, b) => a - b).join(', ')}] to '${from}'`;
  return [{ severity: 'error', text, fix }];
}

/** Whether casters lead from a version to the receiver's one, step by step. */
function carries(
  { upcast = {}, downcast = {} }: Contract,
  version: number,
  target: number,
): boolean {
  const isUp = version < target;
  for (let at = version; at !== target; at += isUp ? 1 : -1) {
    if (!Object.hasOwn(isUp ? upcast : downcast, String(at))) return false;
  }
  return true;
}

function payloads(sender: Side, receiver: Side): Difference[] {
  const sent = (sender.contract.payload ?? true) as Schema;
  const wanted = (receiver.contract.payload ?? true) as Schema;
  const verdict = compareSchemas(sent, wanted, receiver.contract.assertFormats === true);
  if (verdict.kind === 'fits') return [];
  const [from, to] = [sender.build.name, receiver.build.name];
  const where = verdict.at === '' ? 'the payload' : verdict.at;
  if (verdict.kind === 'unknown') {
    const text = `cannot tell whether '${to}' takes all that '${from}' sends (${where}: ${verdict.why})`;
    return [{ severity: 'warning', text, fix: 'make the schemas equal, or compare them by hand' }];
  }
  const text = `'${to}' may drop what '${from}' sends as 'schema': ${where} ${verdict.why}`;
  return [
    {
      severity: 'error',
      text,
      fix: `raise schemaVersion, with casters, where the payload changed`,
    },
  ];
}

/** What is never to arrive, and the sender does not keep at home. */
function secrets(sender: Side, receiver: Side): Difference[] {
  const kept = neverPaths(sender.contract);
  const lacking = neverPaths(receiver.contract).filter((path) => !kept.includes(path));
  if (lacking.length === 0) return [];
  const [from, to] = [sender.build.name, receiver.build.name];
  const text = `'${to}' drops what holds ${lacking.join(' or ')} as 'secret', and '${from}' sends it`;
  return [{ severity: 'error', text, fix: `list it under never in '${from}', too` }];
}

function neverPaths({ never = [] }: Contract): string[] {
  return never.map((one) => (typeof one === 'string' ? one : one.path));
}
