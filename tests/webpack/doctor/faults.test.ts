import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import semver from 'semver';
import { describe, expect, it, onTestFinished } from 'vitest';
import isthmus from '../../../package.json' with { type: 'json' };
import { folderWith, manifest, npmLock, runDoctor, sharing } from './run-doctor.js';

const peerDependencies: Readonly<Record<string, string>> = isthmus.peerDependencies;
const versions = { redux: '5.0.1', react: '19.3.1', 'react-dom': '19.3.1', isthmus: '0.1.0' };
const item = {
  type: 'object',
  required: ['sku'],
  properties: { sku: { type: 'string' }, qty: { type: 'integer' } },
};
const cartContract = (others = {}) => ({
  'cart/add': { schemaVersion: 1, payload: item, ...others },
});

/** A host, and a cart that a test may have otherwise. */
function repos({ cartVersions = {}, host = {}, cart = {} } = {}): string {
  return folderWith({
    'host/package.json': { name: 'host' },
    'host/package-lock.json': npmLock(versions),
    'host/dist/isthmus-manifest.json': manifest('host', host),
    'cart/package.json': { name: 'cart' },
    'cart/package-lock.json': npmLock({ ...versions, ...cartVersions }),
    'cart/dist/isthmus-manifest.json': manifest('cart', cart),
  });
}

const cartSlice = { slices: [{ key: 'cart', schemaVersion: 1, native: true }] };

describe('isthmus doctor', () => {
  it('passes a healthy set with exit code 0', async () => {
    const folder = repos({
      host: { contracts: cartContract() },
      cart: { contracts: cartContract(), ...cartSlice },
    });
    const { code, output } = await runDoctor(folder, 'host', 'cart');
    expect(output).toBe(
      '2 lock files, 2 builds, 0 served entries: 0 errors, 0 warnings, 0 notes\n',
    );
    expect(code).toBe(0);
  });

  it('takes another minor for a note', async () => {
    const { code, output } = await runDoctor(
      repos({ cartVersions: { redux: '5.0.0' } }),
      'host',
      'cart',
    );
    expect(output).toContain('redux is 5.0.1 in host, 5.0.0 in cart');
    expect(output).toContain('0 errors, 0 warnings, 1 notes');
    expect(code).toBe(0);
  });

  it.each([
    ['redux', '4.2.1', 'npm install redux@^5.0.1'],
    ['react', '18.3.1', 'npm install react@^19.3.1'],
    ['isthmus', '1.0.0', 'npm install isthmus@^1.0.0'],
  ])('names the app with another major of %s', async (name, version, fix) => {
    const { code, output } = await runDoctor(
      repos({ cartVersions: { [name]: version } }),
      'host',
      'cart',
    );
    const app = name === 'isthmus' ? 'host' : 'cart';
    expect(output).toContain(`error   ${app} (versions): ${name} `);
    expect(output).toContain(`fix  ${fix}`);
    expect(code).toBe(1);
  });

  it.each([
    ['redux', '4.1.2', '5.0.1'],
    ['react', '15.7.0', '19.3.1'],
    ['@reduxjs/toolkit', '1.8.6', '1.9.0'],
  ])('names the app with a %s that is older than isthmus needs', async (name, version, wanted) => {
    const range = peerDependencies[name]!;
    const message = `${name} ${version} is older than isthmus needs: ${range}`;
    const installed = repos({ cartVersions: { [name]: version } });
    const both = await runDoctor(installed, 'host', 'cart');
    expect(both.output).toContain(`error   cart (versions): ${message}`);
    expect(both.output).toContain(`fix  npm install ${name}@^${wanted}\n`);
    const built = repos({ cart: { versions: { [name]: version } } });
    const alone = await runDoctor(built, 'cart/dist/isthmus-manifest.json');
    expect(alone.output).toContain(`error   cart (versions): ${message}`);
    expect(alone.output).toMatch(/fix {2}build it with .* or later/);
    expect([both.code, alone.code]).toEqual([1, 1]);
  });

  it('asks for nothing that isthmus does not need', async () => {
    const oldest = Object.entries(peerDependencies).map(([name, range]) => {
      return [name, semver.minVersion(range)!.version] as const;
    });
    const folder = folderWith({
      'package-lock.json': npmLock({ ...Object.fromEntries(oldest), isthmus: '0.1.0' }),
    });
    expect((await runDoctor(folder, '.')).output).toContain('0 errors, 0 warnings, 0 notes');
  });

  it('names a react-dom that does not fit its react', async () => {
    const folder = folderWith({
      'package-lock.json': npmLock({ ...versions, 'react-dom': '18.3.1' }),
    });
    const { code, output } = await runDoctor(folder, '.');
    expect(output).toContain('react-dom 18.3.1 does not work with react 19.3.1');
    expect(code).toBe(1);
  });

  it.each<[string, object, string, string]>([
    [
      'lacks isthmus',
      sharing('isthmus', undefined),
      `'isthmus' is not in the shared block, unlike 'host'`,
      `add 'isthmus'`,
    ],
    [
      'does not share react',
      sharing('react', undefined),
      `'react' is not in the shared block, unlike 'host'`,
      `add 'react'`,
    ],
    [
      'has no singleton',
      sharing('redux', { singleton: false }),
      `'redux' is shared, but not as a singleton`,
      'singleton: true',
    ],
    [
      'is eager',
      sharing('react', { eager: true }),
      `'react' is shared eagerly`,
      'take eager: true out',
    ],
    [
      'is strict',
      sharing('isthmus', { strictVersion: true }),
      `'isthmus' has strictVersion`,
      'strictVersion: false',
    ],
    [
      'wants another major',
      sharing('react', { requiredVersion: '^18.0.0' }),
      `'react' is wanted as ^18.0.0, and 'host' brings 19.3.1`,
      'same major',
    ],
  ])('names a build whose shared block %s', async (_name, cart, message, fix) => {
    const { code, output } = await runDoctor(repos({ cart }), 'host', 'cart');
    expect(output).toContain(`error   cart (shared): ${message}`);
    expect(output).toMatch(new RegExp(`fix  .*${fix}`));
    expect(code).toBe(1);
  });

  it('warns of a range that refuses another minor', async () => {
    const cart = sharing('react', { requiredVersion: '^19.4.0' });
    const { code, output } = await runDoctor(repos({ cart }), 'host', 'cart');
    expect(output).toContain(
      `warning cart (shared): 'react' is wanted as ^19.4.0, and 'host' brings 19.3.1`,
    );
    expect(code).toBe(0);
    const strict = await runDoctor(repos({ cart }), '--warnings-as-errors', 'host', 'cart');
    expect(strict.code).toBe(1);
  });

  it('names both owners of a slice', async () => {
    const { code, output } = await runDoctor(
      repos({ host: cartSlice, cart: cartSlice }),
      'host',
      'cart',
    );
    expect(output).toContain(`error   cart (slices): the slice 'cart' belongs to 'host'`);
    expect(output).toContain(`and to 'cart'`);
    expect(code).toBe(1);
  });

  it.each<[string, object, string, string]>([
    [
      'requires more',
      { payload: { ...item, required: ['sku', 'qty'] } },
      `/qty is required, and may be left out`,
      'schemaVersion',
    ],
    [
      'takes fewer types',
      { payload: { ...item, properties: { sku: { type: 'string' }, qty: { type: 'string' } } } },
      `/qty may be number, which is not taken`,
      'casters',
    ],
    [
      'is closed',
      { payload: { ...item, additionalProperties: false } },
      `/* nothing is allowed here any more`,
      'schemaVersion',
    ],
    [
      'has a version that nothing leads to',
      { schemaVersion: 2 },
      `'host' sends version 1, which 'cart' at version 2 drops as 'version'`,
      `add upcast to 'cart'`,
    ],
    [
      'keeps a secret',
      { never: ['/coupon'] },
      `'cart' drops what holds /coupon as 'secret'`,
      'never',
    ],
  ])('names the contract that %s', async (_name, others, message, fix) => {
    const folder = repos({
      host: { contracts: cartContract() },
      cart: { contracts: cartContract(others) },
    });
    const { code, output } = await runDoctor(folder, 'host', 'cart');
    expect(output).toContain(
      `error   cart (contracts): 'host' and 'cart' contract 'cart/add' differently: `,
    );
    expect(output).toContain(message);
    expect(output).toMatch(new RegExp(`fix  .*${fix}`));
    expect(code).toBe(1);
  });

  it('finds the casters that lead from one version to the other', async () => {
    const next = { schemaVersion: 2, upcast: { 1: [] }, emit: [1, 2] };
    const folder = folderWith({
      'old.json': manifest('cart', { contracts: cartContract() }),
      'new.json': manifest('cart', { contracts: cartContract(next) }),
    });
    const { code, output } = await runDoctor(folder, 'old.json', 'new.json');
    expect(output).toContain('0 errors, 0 warnings, 1 notes');
    expect(code).toBe(0);
  });

  it('says what it cannot tell', async () => {
    const payload = { ...item, not: { required: ['debug'] } };
    const folder = repos({
      host: { contracts: cartContract() },
      cart: { contracts: cartContract({ payload }) },
    });
    const { code, output } = await runDoctor(folder, 'host', 'cart');
    expect(output).toContain(`cannot tell whether 'cart' takes all that 'host' sends`);
    expect(code).toBe(0);
  });

  it('reads what describeContracts() gives', async () => {
    const list = (payload: object) => [
      { store: 'shared', type: 'cart/add', owners: ['cart'], contract: { payload } },
    ];
    const folder = folderWith({
      'old.json': list(item),
      'new.json': list({ ...item, maxProperties: 1 }),
    });
    const { code, output } = await runDoctor(folder, 'old.json', 'new.json');
    expect(output).toContain('maxProperties is 1');
    expect(code).toBe(1);
  });

  it.each([
    [['--sjon', '.'], /Unknown option '--sjon'.*Usage: isthmus doctor/s],
    [[], /Nothing to look at.*Usage: isthmus doctor/s],
    [['nowhere'], /nowhere: there is no such file or folder/],
    [
      ['empty'],
      /empty: holds neither a lock file .* nor an isthmus-manifest\.json nor a remoteEntry\.js/,
    ],
    [['http://'], /http:\/\/: is no address/],
    [['other.json'], /other\.json: is neither an isthmus-manifest\.json .* at \/manifestVersion/],
    [['http://localhost:1/remoteEntry.js'], /isthmus-manifest\.json: no answer/],
  ])('ends with exit code 2 on %j', async (args, message) => {
    const folder = folderWith({ 'empty/readme.txt': '', 'other.json': { manifestVersion: 2 } });
    const { code, errors, output } = await runDoctor(folder, ...args);
    expect(errors).toMatch(message);
    expect(output).toBe('');
    expect(code).toBe(2);
  });

  it('writes annotations for GitHub', async () => {
    const folder = repos({ cartVersions: { react: '18.3.1', 'react-dom': undefined } });
    const { code, output } = await runDoctor(folder, '--github', 'host', 'cart');
    expect(output).toBe(
      '::error file=cart/package-lock.json,title=isthmus doctor%3A versions::cart: react 18.3.1, but 19.3.1 in host: a page runs one major of it%0Afix: npm install react@^19.3.1\n',
    );
    expect(code).toBe(1);
  });
});

describe('isthmus doctor asks servers', () => {
  const healthy = { 'Cache-Control': 'no-cache', 'Access-Control-Allow-Origin': '*' };

  it.each<[string, Record<string, string>, RegExp, number]>([
    ['that serve remoteEntry.js well', healthy, /0 errors, 0 warnings/, 0],
    [
      'that let it be cached',
      { ...healthy, 'Cache-Control': 'public, max-age=3600' },
      /error {3}cart \(serving\): Cache-Control .*max-age=3600/,
      1,
    ],
    [
      'that leave caching to browsers',
      { 'Access-Control-Allow-Origin': '*' },
      /error {3}cart \(serving\): .*none, so that browsers guess/,
      1,
    ],
    [
      'without CORS',
      { 'Cache-Control': 'no-cache' },
      /warning cart \(serving\): no Access-Control-Allow-Origin/,
      0,
    ],
  ])('%s', async (_name, headers, report, expected) => {
    const url = await serving((_request, response) => void response.writeHead(200, headers));
    for (const address of [`${url}/remoteEntry.js`, `${url}/isthmus-manifest.json`]) {
      const { code, output } = await runDoctor('.', address);
      expect(output).toMatch(report);
      expect(code).toBe(expected);
    }
  });

  it('that lack it', async () => {
    const url = await serving(({ url: asked }, response) => {
      response.writeHead(asked!.endsWith('.js') ? 404 : 200);
    });
    const { code, output } = await runDoctor('.', `${url}/isthmus-manifest.json`);
    expect(output).toContain('the server answers 404');
    expect(code).toBe(1);
  });

  async function serving(begin: (request: IncomingMessage, response: ServerResponse) => void) {
    const server = createServer((request, response) => {
      begin(request, response);
      response.end(JSON.stringify(manifest('cart')));
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }
});
