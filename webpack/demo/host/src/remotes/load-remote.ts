export type RemoteName = 'cart' | 'profile';

/** What each remote exposes as './App'. */
export interface RemoteApp {
  mount(element: HTMLElement): () => void;
  mfId(): string;
}

interface Container {
  init(scope: unknown): Promise<void>;
  get(request: string): Promise<() => RemoteApp>;
}

declare const __webpack_init_sharing__: (scope: string) => Promise<void>;
declare const __webpack_share_scopes__: { default: unknown };

const containers: Record<RemoteName, string> = { cart: 'remoteCart', profile: 'remoteProfile' };
const loading = new Map<RemoteName, Promise<RemoteApp>>();
let entries: Promise<Record<RemoteName, string>> | undefined;

/** Loads a remote by the address in /config.json, once; a load that failed may be tried again. */
export function loadRemote(name: RemoteName): Promise<RemoteApp> {
  const known = loading.get(name);
  if (known) return known;
  const app = loadContainer(name);
  loading.set(name, app);
  app.catch(() => loading.delete(name));
  return app;
}

async function loadContainer(name: RemoteName): Promise<RemoteApp> {
  const url = (await remoteEntries())[name];
  await loadScript(url);
  const container = (globalThis as unknown as Record<string, Container>)[containers[name]];
  if (!container) throw new Error(`${url} did not define the container ${containers[name]}.`);
  await __webpack_init_sharing__('default');
  await container.init(__webpack_share_scopes__.default);
  const factory = await container.get('./App');
  return factory();
}

export function remoteEntries(): Promise<Record<RemoteName, string>> {
  entries ??= fetch('/config.json')
    .then((response) => response.json())
    .then((config: { remotes: Record<RemoteName, string> }) => config.remotes);
  return entries;
}

function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} could not be loaded.`));
    document.head.append(script);
  });
}
