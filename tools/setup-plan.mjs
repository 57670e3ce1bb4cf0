// What this project needs on a machine, and what to do about what is missing. No side effects.

/** Each thing that is needed, and the Debian package that brings it. */
const requirements = [
  { name: 'g++', debian: 'g++' },
  { name: 'cmake', debian: 'cmake' },
  { name: 'ninja', debian: 'ninja-build' },
  { name: 'em++', debian: 'emscripten' },
  { name: 'nlohmann/json.hpp', debian: 'nlohmann-json3-dev' },
  { name: 'doctest/doctest.h', debian: 'doctest-dev' },
  { name: 'chromium', debian: 'chromium' },
  { name: 'chromium-headless-shell', debian: 'chromium-headless-shell' },
  { name: 'clang-format', debian: 'clang-format', only: 'lint' },
  { name: 'clang-tidy', debian: 'clang-tidy', only: 'lint' },
  { name: 'clang++-14', debian: 'clang-14' },
  { name: 'libclang_rt', debian: 'libclang-rt-14-dev' },
  { name: 'firefox-esr', debian: 'firefox-esr', only: 'matrix' },
  { name: 'WebKitWebDriver', debian: 'webkit2gtk-driver', only: 'matrix' },
  { name: 'Xvfb', debian: 'xvfb', only: 'matrix' },
];

/** The requirements of `purpose`: 'test' is what all need, and 'lint' and 'matrix' add to it. */
export function requirementsFor(purpose) {
  return requirements.filter(({ only }) => only === undefined || only === purpose);
}

/**
 * Decides what to install.
 *
 * `machine`: { node: its version, root: boolean, apt: boolean, present: names of requirements
 * found, staleFolders: folders whose node_modules do not match their lock file }.
 * Returns { packages, folders, refusal }; a refusal is a message, and nothing is to be installed.
 */
export function planSetup(machine, purpose = 'test') {
  const missing = requirementsFor(purpose).filter(({ name }) => !machine.present.includes(name));
  const packages = missing.map(({ debian }) => debian);
  const plan = { packages, folders: machine.staleFolders, refusal: null };
  if (isTooOld(machine.node)) {
    return { ...plan, refusal: `Node ${machine.node} is too old: install Node 20.19 or newer.` };
  }
  if (packages.length === 0 || (machine.root && machine.apt)) return plan;
  return { ...plan, refusal: refusalFor(missing, machine.apt) };
}

// vite and eslint need Node 20.19.
function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < 20 || (major === 20 && minor < 19);
}

function refusalFor(missing, apt) {
  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.map(({ debian }) => debian).join(' ');
  const advice = apt
    ? `This user is not root, so they cannot be installed from here. Run once as root:\n` +
      `  apt-get update && apt-get install --no-install-recommends ${packages}`
    : `There is no apt-get on this machine. Install what these Debian packages contain:\n` +
      `  ${packages}`;
  return `Missing: ${names}.\n${advice}`;
}
