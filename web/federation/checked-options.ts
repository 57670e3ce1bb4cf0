import type { MembershipOptions } from '../api/membership.js';
import { keyOf } from '../api/slice.js';
import { assertFunction, wrongArgument } from '../base/arguments.js';
import { IsthmusError } from '../base/errors.js';
import { isPlainObject } from '../base/plain-object.js';
import { asSlice } from '../store/lifecycle/toolkit-slice.js';

/** Checks what names an app or a store: `joinSharedStore({ app })`, `createIsolatedStore({ name })`. */
export function assertNamed(options: unknown, call: string, member: 'app' | 'name'): void {
  const example = `${call}({ ${member}: 'cart' })`;
  if (typeof options !== 'object' || options === null) {
    throw wrongArgument(`${call} takes options: ${example}`, options);
  }
  const name = (options as Record<string, unknown>)[member];
  if (typeof name === 'string' && name !== '') return;
  throw wrongArgument(`${call} needs a name in '${member}': ${example}`, name);
}

/** Checks what an app brings before anything of it is in the store. */
export function assertBrought({ app, slices, contract, middleware }: MembershipOptions): void {
  assertList(app, 'slices', slices);
  assertContracts(app, contract);
  assertList(app, 'middleware', middleware);
  const what = (i: number) => `middleware[${i}] of '${app}'`;
  middleware?.forEach((one, i) => assertFunction(one, what(i)));
  assertNamesDiffer(app, slices ?? []);
}

export function assertContracts(app: string, contract: unknown): void {
  if (contract === undefined) return;
  const wanted = `the contract of '${app}' is an object: { 'cart/add': { payload: schema } }`;
  if (!isPlainObject(contract)) throw wrongArgument(wanted, contract);
  for (const [type, one] of Object.entries(contract)) {
    if (!isPlainObject(one)) throw wrongArgument(`${wanted}, but not for '${type}'`, one);
  }
}

function assertList(app: string, name: string, list: unknown): void {
  if (list === undefined || Array.isArray(list)) return;
  throw wrongArgument(`the option '${name}' of '${app}' is an array`, list);
}

/** The same slice twice is held twice; of two with one name the second would replace the first. */
function assertNamesDiffer(app: string, slices: MembershipOptions['slices'] & object): void {
  const places = new Map<string, number>();
  slices.forEach((slice, i) => {
    const key = keyOf(asSlice(slice, `/slices/${i}`));
    const other = places.get(key);
    places.set(key, i);
    if (other === undefined || slices[other] === slice) return;
    const message = `'${app}' brings two slices named '${key}', slices[${other}] and slices[${i}]: rename one of them`;
    throw new IsthmusError('slice-exists', message);
  });
}
