/** What both pages offer: a host whose remotes come and go. */

export interface ShopState {
  readonly auth: { readonly user: string | null; readonly token: string | null };
  readonly tenant: string;
  readonly cart?: { readonly items: readonly string[] };
  readonly badge?: number;
}

export interface Shop {
  mountCart(): void;
  unmountCart(): void;
  /** A second remote, which counts what is added. */
  mountBadge(): void;
  isReady(): boolean;
  /** What the host does once it has the session. */
  restore(user: string, token: string): void;
  login(user: string, token: string): void;
  switchTenant(tenant: string): void;
  /** In this tab only. */
  addHere(item: unknown): void;
  /** In every tab. */
  addEverywhere(item: unknown): void;
  /** A type that no remote has listed. */
  unlisted(): void;
  /** Another team's slice under a key that is taken. */
  takeCartKey(): void;
  state(): ShopState;
}
