import type { Action } from 'redux';

import { isNativeSlice, keyOf, type AnySlice } from '../../api/slice.js';
import { notCrossing } from './not-crossing.js';

/** Slices that converge as soon as there is a log: until then they take what crosses as other slices do. */
export class ComingSlices {
  readonly #byKey = new Map<string, { readonly slice: AnySlice; call?: () => void }>();

  /** Returns whether it is still to come. */
  add(slice: AnySlice): () => boolean {
    const coming = { slice };
    this.#byKey.set(keyOf(slice), coming);
    return () => this.#byKey.get(keyOf(slice)) === coming;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  keys(): readonly string[] {
    return [...this.#byKey.keys()];
  }

  delete(key: string): void {
    this.#byKey.delete(key);
  }

  /** Calls back once the slice has the state of all; false where it is not to come. */
  whenBegun(key: string, call: () => void): boolean {
    const coming = this.#byKey.get(key);
    if (coming !== undefined) coming.call = call;
    return coming !== undefined;
  }

  /** It is in the log, which may yet wait for others. */
  begun(slice: AnySlice, whenShared: (call: () => void) => boolean): void {
    const { call } = this.#byKey.get(keyOf(slice))!;
    this.#byKey.delete(keyOf(slice));
    if (call !== undefined && !whenShared(call)) call();
  }

  /** Whether actions of a type cross by themselves. */
  owns(type: string): boolean {
    return this.keys().some((key) => type.startsWith(`${key}/`) && type !== `${key}/teardown`);
  }

  /** Of an action that does not cross. What a slice of JavaScript's makes of it is not known before. */
  assertCrossing(action: Action): void {
    for (const [key, { slice }] of this.#byKey) {
      const handles = isNativeSlice(slice) ? slice.types.includes(action.type) : false;
      if (handles && action.type !== `${key}/teardown`) throw notCrossing(key, action);
    }
  }
}
