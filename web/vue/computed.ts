import { computed, shallowRef, watch, type ComputedRef } from 'vue';

import type { Source } from '../views/source.js';

/** What a source shows, for as long as the current scope lives; `find` may read what is reactive. */
export function shown<Value>(find: () => Source<Value>): ComputedRef<Value> {
  const changes = shallowRef(0);
  const source = computed(find);
  watch(
    source,
    ({ subscribe }, _last, onCleanup) => onCleanup(subscribe(() => (changes.value += 1))),
    { immediate: true, flush: 'sync' },
  );
  return computed(() => {
    void changes.value;
    return source.value.getSnapshot();
  });
}
