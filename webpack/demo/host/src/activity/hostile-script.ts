const channelName = 'isthmus';

/** Posts what no Isthmus store would post, on a channel of the script's own. */
function post(message: unknown): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(message);
  channel.close();
}

export function postMalformed(): void {
  post({ isthmus: 'yes', action: ['not', 'an', 'action'] });
}

export function postUnlisted(): void {
  post({
    isthmus: 1,
    sender: crypto.randomUUID(),
    from: 'shared',
    seq: 1,
    clock: Date.now(),
    schemaVersion: 1,
    action: { type: 'admin/grant', payload: { role: 'owner' }, meta: { crossApp: true } },
  });
}
