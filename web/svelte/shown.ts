import { untrack } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Readable } from 'svelte/store';

import type { Source } from '../views/source.js';

/** A value for both worlds: `value.current` in runes and templates, `$value` as a store. */
export interface Shown<Value> extends Readable<Value> {
  /** The value now; what reads it in a template, `$derived` or `$effect` is run again when it changes. */
  readonly current: Value;
}

/** What a source shows. It is subscribed to only while something reads it; `find` may read what is reactive. */
export function shown<Value>(find: () => Source<Value>): Shown<Value> {
  const subscribers = new WeakMap<Source<Value>, () => void>();
  const follow = (source: Source<Value>): void => {
    let subscriber = subscribers.get(source);
    if (subscriber === undefined) {
      subscriber = createSubscriber(source.subscribe);
      subscribers.set(source, subscriber);
    }
    subscriber();
  };
  return {
    get current() {
      const source = find();
      follow(source);
      return source.getSnapshot();
    },
    subscribe(run) {
      const source = untrack(find);
      let last = source.getSnapshot();
      run(last);
      return source.subscribe(() => {
        const value = source.getSnapshot();
        if (!Object.is(value, last)) run((last = value));
      });
    },
  };
}
