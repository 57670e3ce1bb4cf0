import { describe, expect, it } from 'vitest';
import { planSetup, requirementsFor } from '../../tools/setup-plan.mjs';

const complete = {
  node: '20.20.2',
  root: true,
  apt: true,
  present: requirementsFor('test').map(({ name }) => name),
  staleFolders: [] as string[],
};
const without = (...names: string[]) => complete.present.filter((name) => !names.includes(name));

describe('the set-up plan', () => {
  it('is empty on a machine that has everything, root or not', () => {
    const nothing = { packages: [], folders: [], refusal: null };
    expect(planSetup(complete)).toEqual(nothing);
    expect(planSetup({ ...complete, root: false, apt: false })).toEqual(nothing);
  });

  it('installs the Debian packages of what is missing', () => {
    const machine = { ...complete, present: without('em++', 'chromium', 'nlohmann/json.hpp') };
    expect(planSetup(machine)).toEqual({
      packages: ['emscripten', 'nlohmann-json3-dev', 'chromium'],
      folders: [],
      refusal: null,
    });
  });

  it('installs npm packages without root', () => {
    const machine = { ...complete, root: false, apt: false, staleFolders: ['.', 'webpack/demo'] };
    expect(planSetup(machine)).toMatchObject({ folders: ['.', 'webpack/demo'], refusal: null });
  });

  it('refuses without root, and says what root is to run', () => {
    const machine = { ...complete, root: false, present: without('em++', 'ninja') };
    expect(planSetup(machine).refusal).toBe(
      'Missing: ninja, em++.\n' +
        'This user is not root, so they cannot be installed from here. Run once as root:\n' +
        '  apt-get update && apt-get install --no-install-recommends ninja-build emscripten',
    );
  });

  it('refuses the other browsers in the same words', () => {
    const machine = { ...complete, root: false, present: [...complete.present, 'Xvfb'] };
    expect(planSetup(machine, 'matrix').refusal).toBe(
      'Missing: firefox-esr, WebKitWebDriver.\n' +
        'This user is not root, so they cannot be installed from here. Run once as root:\n' +
        '  apt-get update && apt-get install --no-install-recommends firefox-esr webkit2gtk-driver',
    );
  });

  it('refuses without apt-get, and lists what to install', () => {
    const machine = { ...complete, apt: false, present: without('doctest/doctest.h') };
    expect(planSetup(machine).refusal).toBe(
      'Missing: doctest/doctest.h.\n' +
        'There is no apt-get on this machine. Install what these Debian packages contain:\n' +
        '  doctest-dev',
    );
  });

  it('asks for formatters and other browsers only when they are wanted', () => {
    expect(planSetup(complete, 'lint').packages).toEqual(['clang-format', 'clang-tidy']);
    expect(planSetup(complete, 'matrix').packages).toEqual([
      'firefox-esr',
      'webkit2gtk-driver',
      'xvfb',
    ]);
  });

  it.each(['18.20.4', '20.11.0'])('refuses Node %s', (node) => {
    expect(planSetup({ ...complete, node }).refusal).toBe(
      `Node ${node} is too old: install Node 20.19 or newer.`,
    );
  });
});
