import { joinInputs, type Inputs, type Served } from '../inputs.js';
import { UnreadableInput } from '../unreadable-input.js';
import { addressOf, beside, ENTRY, MANIFEST } from './address.js';
import { isPage, isThere, type Answer, type Reader } from './answer.js';
import { readBare, readDescribed, type BuildFile } from './build.js';

/** What servers answer for a file that is not there; those of storage without a list of its files say 403. */
const ABSENT = [403, 404, 410];

/** A build on a server, by the address of its remoteEntry.js or manifest, or of the site that has them. */
export async function readServed(place: string, reader: Reader): Promise<Inputs> {
  const [manifest, entry] = await readBoth(place, reader);
  if (isThere(manifest.answer)) {
    const { builds, engines } = await readDescribed(manifest, entry, reader);
    const isServed = isThere(entry.answer);
    const remotes = builds.filter(({ manifest: { exposes } }) => isServed || exposes.length > 0);
    return joinInputs([{ builds, engines, served: remotes.map((each) => servedAs(each, entry)) }]);
  }
  refuse(manifest, entry);
  if (!isThere(entry.answer)) {
    return joinInputs([{ served: [servedAs({ name: entry.url.host }, entry)] }]);
  }
  const bare = await readBare(entry, reader);
  return joinInputs([bare, { served: bare.bareBuilds.map((each) => servedAs(each, entry)) }]);
}

function readBoth(place: string, reader: Reader): Promise<[BuildFile, BuildFile]> {
  const address = addressOf(place);
  if (address === undefined) throw new UnreadableInput(place, 'is no address');
  const isNamed = (extension: RegExp) => extension.test(address.pathname);
  const manifest = isNamed(/\.json$/) ? address : beside(address, MANIFEST);
  const entry = isNamed(/\.m?js$/) ? address : beside(address, ENTRY);
  return Promise.all([read(manifest), read(entry)]);

  async function read(url: URL): Promise<BuildFile> {
    return { url, answer: await reader.read(url) };
  }
}

/** Ends with what is neither a build nor at fault, such as a wrong address. */
function refuse(manifest: BuildFile, entry: BuildFile): void {
  if (!isAbsent(manifest.answer)) {
    throw new UnreadableInput(manifest.url.href, `the server answers ${manifest.answer.status}`);
  }
  const { status } = entry.answer;
  if (status === 200) return;
  const reason = `the server answers ${status}, and there is no ${MANIFEST} beside it`;
  throw new UnreadableInput(entry.url.href, reason);
}

function isAbsent(answer: Answer): boolean {
  return ABSENT.includes(answer.status) || (answer.status === 200 && isPage(answer));
}

function servedAs({ name }: { readonly name: string }, { url, answer }: BuildFile): Served {
  const { status, headers } = answer;
  return { app: name, url: url.href, status, headers, isPage: status === 200 && isPage(answer) };
}
