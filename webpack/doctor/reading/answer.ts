/** What a server, or the folder of a build, has at an address. */
export interface Answer {
  readonly status: number;
  /** By lower-case name; files have none. */
  readonly headers: Readonly<Record<string, string>>;
  /** As many bytes as were asked for. */
  readonly body: Buffer;
  readonly isWhole: boolean;
}

/** Reads the files of a build. */
export interface Reader {
  /** The origin of the page that is to use the build; undefined for one in a folder. */
  readonly pageOrigin: string | undefined;
  /** Whether an address is one that it may read: what a build names may be anything. */
  reaches(url: URL): boolean;
  /** @throws UnreadableInput without an answer. */
  read(url: URL, most?: number): Promise<Answer>;
}

/** Of scripts and manifests; no sound one is nearly as large. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** Whether there is a page, as servers of single-page apps send for what is not there. */
export function isPage({ body }: Answer): boolean {
  return /^\uFEFF?\s*</.test(body.subarray(0, 200).toString('utf8'));
}

export function isThere(answer: Answer): boolean {
  return answer.status === 200 && !isPage(answer);
}
