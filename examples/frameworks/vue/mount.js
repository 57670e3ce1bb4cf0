import { createApp } from 'vue';
import Counter from './Counter.vue';

export function mount(element) {
  const app = createApp(Counter);
  app.mount(element);
  return () => app.unmount();
}
