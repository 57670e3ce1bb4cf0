import { z } from 'zod';

import { UnreadableInput } from './unreadable-input.js';

const share = z.looseObject({
  singleton: z.boolean().optional(),
  strictVersion: z.boolean().optional(),
  requiredVersion: z.union([z.string(), z.literal(false)]).optional(),
  eager: z.boolean().optional(),
});

const stores = z.union([z.literal('*'), z.array(z.string())]);

const contract = z.looseObject({
  from: stores.optional(),
  to: stores.optional(),
  schemaVersion: z.number().int().positive().optional(),
  never: z.array(z.union([z.string(), z.looseObject({ path: z.string() })])).optional(),
  payload: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
  assertFormats: z
    .union([z.boolean(), z.looseObject({ annotations: z.array(z.string()) })])
    .optional(),
  upcast: z.record(z.string(), z.unknown()).optional(),
  downcast: z.record(z.string(), z.unknown()).optional(),
  emit: z.array(z.number()).optional(),
});

const buildManifest = z.looseObject({
  manifestVersion: z.literal(1),
  name: z.string().min(1),
  versions: z.record(z.string(), z.string()).default({}),
  exposes: z.array(z.string()).default([]),
  shared: z.record(z.string(), share).optional(),
  engine: z.string().min(1).optional(),
  slices: z
    .array(z.looseObject({ key: z.string(), native: z.boolean().default(false) }))
    .default([]),
  contracts: z.record(z.string(), contract).default({}),
  note: z.string().optional(),
});

const descriptions = z.array(
  z.looseObject({ type: z.string(), owners: z.array(z.string()), contract }),
);

/** How a build shares one package. */
export type Share = z.infer<typeof share>;

/** What crosses, as `describeContracts()` tells it. */
export type Contract = z.infer<typeof contract>;

/** What IsthmusFederationPlugin writes beside remoteEntry.js; without `shared` only the rest is known. */
export type BuildManifest = z.infer<typeof buildManifest>;

/** No payload of a contract has so many. */
const MOST_LEVELS = 200;

/** The manifests in a text: one, or one for each owner in what `describeContracts()` gave. */
export function parseManifests(text: string, place: string): BuildManifest[] {
  const json = parseJson(text, place);
  if (Array.isArray(json)) return ofDescriptions(checked(descriptions, json, place));
  return [checked(buildManifest, json, place)];
}

function ofDescriptions(list: z.infer<typeof descriptions>): BuildManifest[] {
  const byOwner = new Map<string, Record<string, Contract>>();
  for (const { type, owners, contract } of list) {
    for (const owner of owners) {
      byOwner.set(owner, { ...byOwner.get(owner), [type]: contract });
    }
  }
  const rest = { manifestVersion: 1 as const, versions: {}, exposes: [], slices: [] };
  return [...byOwner].map(([name, contracts]) => ({ ...rest, name, contracts }));
}

function parseJson(text: string, place: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UnreadableInput(place, `is no JSON (${(error as Error).message})`);
  }
  if (isDeeper(json, MOST_LEVELS)) throw new UnreadableInput(place, 'is nested too deeply');
  return json;
}

/** What is compared level by level must not end the stack. */
function isDeeper(json: unknown, levels: number): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return levels === 0 || Object.values(json).some((each) => isDeeper(each, levels - 1));
}

function checked<T>(schema: z.ZodType<T>, json: unknown, place: string): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const where = path.length === 0 ? '' : ` at /${path.join('/')}`;
  const what = 'neither an isthmus-manifest.json nor what describeContracts() gives';
  throw new UnreadableInput(place, `is ${what}${where}: ${message}`);
}
