declare module 'counter/mount' {
  export function mount(element: HTMLElement): () => void;
}
