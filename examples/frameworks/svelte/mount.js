import { mount as mountComponent, unmount } from 'svelte';
import Counter from './Counter.svelte';

export function mount(target) {
  const counter = mountComponent(Counter, { target });
  return () => unmount(counter);
}
