import { describe, expect, it } from 'vitest';
import { folderWith, npmLock, runDoctor } from './run-doctor.js';

const dependencies = { redux: '^5.0.0', '@reduxjs/toolkit': '^2.5.0', react: '^18.2.0' };
const packageJson = { name: 'cart', dependencies };
const own = { redux: '5.0.1', '@reduxjs/toolkit': '2.5.1', react: '18.2.0' };

const npm1 = {
  lockfileVersion: 1,
  dependencies: {
    redux: { version: '5.0.1' },
    '@reduxjs/toolkit': { version: '2.5.1' },
    react: { version: '18.2.0' },
    'old-widgets': { version: '1.0.0', dependencies: { redux: { version: '4.2.1' } } },
  },
};

const yarn1 = `# yarn lockfile v1

"@reduxjs/toolkit@^2.5.0":
  version "2.5.1"
  resolved "https://example.org/toolkit.tgz"
  dependencies:
    redux "^5.0.1"

react@^18.2.0:
  version "18.2.0"

redux@^4.0.0:
  version "4.2.1"

redux@^5.0.0, redux@^5.0.1:
  version "5.0.1"
`;

const berry = `__metadata:
  version: 8
  cacheKey: 10c0

"@reduxjs/toolkit@npm:^2.5.0":
  version: 2.5.1
  resolution: "@reduxjs/toolkit@npm:2.5.1"
  languageName: node
  linkType: hard

"cart@workspace:.":
  version: 0.0.0-use.local
  resolution: "cart@workspace:."
  languageName: unknown
  linkType: soft

"react@npm:^18.2.0":
  version: 18.2.0
  resolution: "react@npm:18.2.0"
  languageName: node
  linkType: hard

"redux@npm:^4.0.0":
  version: 4.2.1
  resolution: "redux@npm:4.2.1"
  languageName: node
  linkType: hard

"redux@npm:^5.0.0, redux@npm:^5.0.1":
  version: 5.0.1
  resolution: "redux@npm:5.0.1"
  languageName: node
  linkType: hard
`;

const pnpm5 = `lockfileVersion: 5.4
specifiers:
  react: ^18.2.0
  redux: ^5.0.0
dependencies:
  '@reduxjs/toolkit': 2.5.1_react@18.2.0
  react: 18.2.0
  redux: 5.0.1
packages:
  /@reduxjs/toolkit/2.5.1_react@18.2.0:
    dev: false
  /react/18.2.0:
    dev: false
  /redux/4.2.1:
    dev: false
  /redux/5.0.1:
    dev: false
`;

const pnpm6 = `lockfileVersion: '6.0'
dependencies:
  '@reduxjs/toolkit':
    specifier: ^2.5.0
    version: 2.5.1(react@18.2.0)
  react:
    specifier: ^18.2.0
    version: 18.2.0
  redux:
    specifier: ^5.0.0
    version: 5.0.1
packages:
  /@reduxjs/toolkit@2.5.1(react@18.2.0):
    dev: false
  /react@18.2.0:
    dev: false
  /redux@4.2.1:
    dev: false
  /redux@5.0.1:
    dev: false
`;

const pnpm9 = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@reduxjs/toolkit':
        specifier: ^2.5.0
        version: 2.5.1(react@18.2.0)
      react:
        specifier: ^18.2.0
        version: 18.2.0
      redux:
        specifier: ^5.0.0
        version: 5.0.1
packages:
  '@reduxjs/toolkit@2.5.1':
    resolution: {integrity: sha512-a}
  react@18.2.0:
    resolution: {integrity: sha512-b}
  redux@4.2.1:
    resolution: {integrity: sha512-c}
  redux@5.0.1:
    resolution: {integrity: sha512-d}
`;

const files: [name: string, manager: string, file: string, content: unknown][] = [
  ['npm, version 1', 'npm', 'package-lock.json', npm1],
  [
    'npm, version 3',
    'npm',
    'package-lock.json',
    npmLock(own, { 'old/node_modules/redux': '4.2.1' }),
  ],
  [
    'npm-shrinkwrap',
    'npm',
    'npm-shrinkwrap.json',
    npmLock(own, { 'old/node_modules/redux': '4.2.1' }),
  ],
  ['Yarn 1', 'yarn', 'yarn.lock', yarn1],
  ['Yarn 4', 'yarn', 'yarn.lock', berry],
  ['pnpm, version 5', 'pnpm', 'pnpm-lock.yaml', pnpm5],
  ['pnpm, version 6', 'pnpm', 'pnpm-lock.yaml', pnpm6],
  ['pnpm, version 9', 'pnpm', 'pnpm-lock.yaml', pnpm9],
];

describe('isthmus doctor reads lock files', () => {
  it.each(files)('of %s', async (_name, manager, file, content) => {
    const folder = folderWith({ 'package.json': packageJson, [file]: content });
    const { code, output } = await runDoctor(folder, '--json', '.');
    const { repos, findings } = JSON.parse(output);
    expect(code).toBe(0);
    expect(repos).toMatchObject([{ name: 'cart', manager, versions: own }]);
    expect(findings).toMatchObject(
      [
        {
          severity: 'warning',
          rule: 'versions',
          app: 'cart',
          message: /redux 4\.2\.1 .* beside 5\.0\.1/,
        },
      ].map((finding) => ({ ...finding, message: expect.stringMatching(finding.message) })),
    );
  });

  it('finds what a workspace gets, in its own folder or in the repository', async () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': {},
        'apps/cart': { version: '1.0.0' },
        'node_modules/cart': { resolved: 'apps/cart', link: true },
        'node_modules/redux': { version: '5.0.1' },
        'node_modules/react': { version: '19.3.1' },
        'apps/cart/node_modules/react': { version: '18.2.0' },
      },
    };
    const files = { 'package-lock.json': lock, 'apps/cart/package.json': packageJson };
    const { output } = await runDoctor(folderWith(files), '--json', 'apps/cart');
    expect(JSON.parse(output).repos).toMatchObject([
      { name: 'cart', versions: { redux: '5.0.1', react: '18.2.0' } },
    ]);
  });

  it('finds the importer of a pnpm workspace', async () => {
    const lock = pnpm9.replace('  .:\n', '  apps/cart:\n');
    const files = { 'pnpm-lock.yaml': lock, 'apps/cart/package.json': packageJson };
    const { output } = await runDoctor(folderWith(files), '--json', 'apps/cart');
    expect(JSON.parse(output).repos).toMatchObject([{ versions: own }]);
  });

  it.each([
    ['package-lock.json', '{ "lockfileVersion": 3, '],
    ['yarn.lock', 'redux@^5.0.0:\n\tversion "5'],
    ['pnpm-lock.yaml', 'dependencies: [}'],
  ])('and says which one it cannot read: %s', async (file, content) => {
    const { code, errors } = await runDoctor(folderWith({ [file]: content }), '.');
    expect(code).toBe(2);
    expect(errors).toContain(file);
    expect(errors).toContain('cannot be read');
  });
});
