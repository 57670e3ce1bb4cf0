import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query';
import { loadEngine } from 'isthmus';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { storeMakers, type StoreMaker } from './store-makers.js';

await loadEngine();

// A real server and the real fetch, which jsdom and a browser's origin rules would stand in for.
const requests: string[] = [];
let title = 'Emma';
const server = createServer(async (request, response) => {
  requests.push(`${request.method} ${request.url}`);
  if (request.method === 'PUT') title = await bodyOf(request);
  response.setHeader('content-type', 'application/json');
  if (request.url === '/missing') response.statusCode = 404;
  response.end(JSON.stringify({ title }));
});
async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return (JSON.parse(text) as { title: string }).title;
}
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
afterAll(() => void server.close());

const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl }),
  tagTypes: ['Book'],
  endpoints: (build) => ({
    book: build.query<{ title: string }, void>({ query: () => 'book', providesTags: ['Book'] }),
    missing: build.query<unknown, void>({ query: () => 'missing' }),
    rename: build.mutation<unknown, string>({
      query: (to) => ({ url: 'book', method: 'PUT', body: { title: to } }),
      invalidatesTags: ['Book'],
    }),
  }),
});
beforeEach(() => {
  requests.length = 0;
  title = 'Emma';
});

describe.each(storeMakers)('an RTK Query api over HTTP on %s', (_name, open) => {
  const openWithApi = (make: StoreMaker = open) =>
    make({ reducers: { api: api.reducer }, middleware: [api.middleware] }).store;

  it('fetches once, and again after a mutation', async () => {
    const store = openWithApi();
    const [first, second] = [1, 2].map(() => store.dispatch(api.endpoints.book.initiate()));
    expect((await first!).data).toEqual({ title: 'Emma' });
    expect((await second!).data).toEqual({ title: 'Emma' });
    await store.dispatch(api.endpoints.rename.initiate('Ada')).unwrap();
    const select = api.endpoints.book.select();
    await vi.waitFor(() => expect(select(store.getState() as never).data?.title).toBe('Ada'));
    expect(requests).toEqual(['GET /book', 'PUT /book', 'GET /book']);
    store.dispatch(api.util.resetApiState());
  });

  it('tells the status of a failure', async () => {
    const store = openWithApi();
    const { error } = await store.dispatch(api.endpoints.missing.initiate());
    expect(error).toMatchObject({ status: 404 });
    store.dispatch(api.util.resetApiState());
  });
});
