import { expect, it } from 'vitest';
import { chooseFolders, packageFolders } from '../../tools/matrix-folders.mjs';

it('runs the folders that are named, or all of them', () => {
  expect(chooseFolders(['vite'])).toEqual(['vite']);
  expect(chooseFolders([])).toEqual(expect.arrayContaining(['apps', 'browsers', 'examples']));
});

it('refuses a name that no folder has, and says which there are', () => {
  expect(() => chooseFolders(['vite', 'vita'])).toThrow(/has no folder vita, only apps browsers/);
});

it("installs a chosen folder's packages, and those of the apps that its tests build", () => {
  expect(packageFolders(['vite'])).toEqual(['tests/matrix/vite']);
  expect(packageFolders(['browsers', 'bundlers'])).toEqual([
    'tests/matrix/browsers',
    'tests/matrix/bundlers',
  ]);
  expect(packageFolders(['examples'])).toContain('examples/webpack-react');
});

it('installs nothing where there is no package.json', () => {
  expect(packageFolders(['examples'])).not.toContain('tests/matrix/examples');
});
