import path from 'node:path';
import { root } from '../../../tools/paths.mjs';
import type { DemoFolders } from '../../../webpack/demo/serve.mjs';

/** webpack's builds are the demo's own, as `npm start` serves them. */
export type DemoBundler = 'webpack' | 'enhanced' | 'rspack';

/** Who builds which app of the demo. */
export type Mix = Readonly<Record<keyof typeof demoApps, DemoBundler>>;

export const demoBundlers: readonly DemoBundler[] = ['webpack', 'enhanced', 'rspack'];
export const demoApps = { host: 'host', cart: 'remote-cart', profile: 'remote-profile' } as const;

/** Each bundler builds each app once. */
export const mixes: readonly Mix[] = [
  { host: 'webpack', cart: 'enhanced', profile: 'rspack' },
  { host: 'enhanced', cart: 'rspack', profile: 'webpack' },
  { host: 'rspack', cart: 'webpack', profile: 'enhanced' },
];

/** Where a bundler's build of an app is, relative to the project. */
export function demoFolder(bundler: DemoBundler, app: keyof typeof demoApps): string {
  const builds = bundler === 'webpack' ? 'build/demo' : `build/matrix/demo-${bundler}`;
  return `${builds}/${demoApps[app]}`;
}

export function foldersOf(mix: Mix): DemoFolders {
  const folder = (app: keyof Mix) => path.join(root, demoFolder(mix[app], app));
  return { host: folder('host'), cart: folder('cart'), profile: folder('profile') };
}
