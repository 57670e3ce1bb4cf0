import type { PackageManager } from '../lock-files/installed.js';

export const ADD: Record<PackageManager, string> = {
  npm: 'npm install',
  yarn: 'yarn add',
  pnpm: 'pnpm add',
};

export const WHY: Record<PackageManager, string> = {
  npm: 'npm ls',
  yarn: 'yarn why',
  pnpm: 'pnpm why',
};
