/* global __webpack_init_sharing__, __webpack_share_scopes__ -- webpack's */

/** Lets the tests open the host and remotes in any order; what fails to open is shown in its place. */
export function offerSite(loadHost) {
  const apps = {};
  const open = async (name, load) => {
    try {
      const { mount } = await load();
      apps[name] = await mount(name);
    } catch (error) {
      globalThis.document.body.append(
        `${name} failed: ${error.name} ${error.code}: ${error.message}`,
      );
    }
  };
  globalThis.site = {
    apps,
    openHost: () => open('host', loadHost),
    openRemote: (url, container) => open('remote', () => loadRemote(url, container)),
  };
}

async function loadRemote(url, container) {
  await new Promise((resolve, reject) => {
    const script = Object.assign(globalThis.document.createElement('script'), { src: url });
    Object.assign(script, { onload: resolve, onerror: reject });
    globalThis.document.head.append(script);
  });
  await globalThis[container].init(await shareScope());
  return (await globalThis[container].get('./app'))();
}

/** A page that was not built by webpack has none. */
async function shareScope() {
  if (typeof __webpack_init_sharing__ !== 'function') return {};
  await __webpack_init_sharing__('default');
  return __webpack_share_scopes__.default ?? {};
}
