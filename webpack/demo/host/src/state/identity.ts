import type { User } from './auth';

const storageKey = 'isthmus-demo.user';

/** Stands for the identity service: a token of this tab's own, after a moment. */
export async function fetchToken(user: User): Promise<string> {
  await delay(400);
  return newToken(user);
}

export function newToken(user: User): string {
  return `tok_${user.id}_${crypto.randomUUID().slice(0, 8)}`;
}

/** The user is remembered across reloads; the token never is. */
export function rememberUser(user: User | null): void {
  if (user) localStorage.setItem(storageKey, JSON.stringify(user));
  else localStorage.removeItem(storageKey);
}

export function rememberedUser(): User | null {
  const stored = localStorage.getItem(storageKey);
  return stored ? (JSON.parse(stored) as User) : null;
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
