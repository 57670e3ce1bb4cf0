import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { folderAbove, isInside } from './paths.js';

const BUNDLER_CONFIG =
  /^(webpack|rspack|rsbuild|vite|craco|modern)\.config\.\w+$|^config-overrides\.js$/;
const FEDERATES = /FederationPlugin|module-federation|isthmus\/(webpack|vite)/;

/** Finds out, for a file, the bundler's config of another build that federates from its folder. */
export function otherBuilds(context: string): (file: string) => string | undefined {
  const configs = new Map<string, string | undefined>();
  const configIn = (folder: string): string | undefined => {
    if (!configs.has(folder)) configs.set(folder, federatedConfig(folder));
    return configs.get(folder);
  };
  return (file) => {
    if (isInside(context, file) || file.includes(`${sep}node_modules${sep}`)) return undefined;
    const folder = folderAbove(file, (each) => each !== file && configIn(each) !== undefined);
    return folder === undefined || isInside(folder, context) ? undefined : configIn(folder);
  };
}

function federatedConfig(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder).filter((name) => BUNDLER_CONFIG.test(name));
  const files = names.map((name) => join(folder, name));
  return files.find((file) => FEDERATES.test(readFileSync(file, 'utf8')));
}
