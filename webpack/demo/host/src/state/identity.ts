import type { User } from './auth';

/** Stands for the identity service: a token of this tab's own, after a moment. */
export async function fetchToken(user: User): Promise<string> {
  await delay(400);
  return newToken(user);
}

export function newToken(user: User): string {
  return `tok_${user.id}_${crypto.randomUUID().slice(0, 8)}`;
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
