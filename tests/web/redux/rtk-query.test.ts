// @vitest-environment jsdom
import { createApi, fetchBaseQuery, setupListeners, type FetchArgs } from '@reduxjs/toolkit/query';
import { loadEngine } from 'isthmus';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { storeMakers } from './store-makers.js';

await loadEngine();

interface Post {
  id: number;
  title: string;
}

/** What a server would hold, behind a `fetch` of its own; every request is written down. */
function createBackend() {
  const posts = new Map([1, 2].map((id) => [id, { id, title: `Post ${id}` }]));
  const requests: string[] = [];
  let refusing = false;
  const fetchFn = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request;
    const { pathname } = new URL(request.url);
    requests.push(`${request.method} ${pathname}`);
    if (refusing) return Response.json({ reason: 'refused' }, { status: 409 });
    const id = Number(pathname.split('/')[2]);
    if (request.method === 'PATCH') {
      const changes = (await request.json()) as Partial<Post>;
      posts.set(id, { ...posts.get(id)!, ...changes });
    }
    return Response.json(id ? posts.get(id) : [...posts.values()]);
  };
  return { fetchFn, requests, refuse: () => (refusing = true) };
}

function createPostsApi(fetchFn: (input: RequestInfo | URL) => Promise<Response>) {
  return createApi({
    reducerPath: 'api',
    baseQuery: fetchBaseQuery({ baseUrl: 'http://posts.test/', fetchFn }),
    tagTypes: ['Post'],
    endpoints: (build) => ({
      posts: build.query<Post[], void>({ query: () => 'posts', providesTags: ['Post'] }),
      post: build.query<Post, number>({
        query: (id) => `posts/${id}`,
        providesTags: (_post, _error, id) => [{ type: 'Post', id }],
      }),
      rename: build.mutation<Post, Post>({
        query: ({ id, title }): FetchArgs => ({
          url: `posts/${id}`,
          method: 'PATCH',
          body: { title },
        }),
        invalidatesTags: (_post, _error, { id }) => [{ type: 'Post', id }],
      }),
      renameAtOnce: build.mutation<Post, Post>({
        query: ({ id, title }) => ({ url: `posts/${id}`, method: 'PATCH', body: { title } }),
        onQueryStarted: async ({ id, title }, { dispatch, queryFulfilled }) => {
          const patch = dispatch(
            api.util.updateQueryData('post', id, (draft) => void (draft.title = title)),
          );
          await queryFulfilled.catch(patch.undo);
        },
      }),
    }),
  });
}
let api: ReturnType<typeof createPostsApi>;
let backend: ReturnType<typeof createBackend>;
const leaving: (() => void)[] = [];

beforeEach(() => {
  backend = createBackend();
  api = createPostsApi(backend.fetchFn);
});
afterEach(() => leaving.splice(0).forEach((leave) => leave()));

type State = { api: ReturnType<typeof api.reducer> };

describe.each(storeMakers)('an RTK Query api that a remote brings to %s', (_name, open) => {
  function openWithApi() {
    const { store, join } = open<State>();
    const remote = join({ reducers: { api: api.reducer }, middleware: [api.middleware] });
    leaving.push(() => {
      store.dispatch(api.util.resetApiState());
      remote.leave();
    });
    return { store, remote };
  }

  it('fetches, keeps the data, and fetches once for two that ask', async () => {
    const { store } = openWithApi();
    const first = store.dispatch(api.endpoints.post.initiate(1));
    const second = store.dispatch(api.endpoints.post.initiate(1));
    expect((await first).data).toEqual({ id: 1, title: 'Post 1' });
    expect((await second).data).toBe((await first).data);
    await store.dispatch(api.endpoints.post.initiate(1));
    expect(backend.requests).toEqual(['GET /posts/1']);
    expect(api.endpoints.post.select(1)(store.getState() as never).isSuccess).toBe(true);
  });

  it('tells of an error with its status and data', async () => {
    const { store } = openWithApi();
    backend.refuse();
    const { error } = await store.dispatch(api.endpoints.post.initiate(1));
    expect(error).toEqual({ status: 409, data: { reason: 'refused' } });
  });

  it('fetches again what a mutation made invalid, and nothing else', async () => {
    const { store } = openWithApi();
    const post = store.dispatch(api.endpoints.post.initiate(1));
    await Promise.all([post, store.dispatch(api.endpoints.post.initiate(2))]);
    await store.dispatch(api.endpoints.rename.initiate({ id: 1, title: 'New' })).unwrap();
    const select = api.endpoints.post.select(1);
    await vi.waitFor(() => expect(select(store.getState() as never).data?.title).toBe('New'));
    expect(backend.requests.slice(2)).toEqual(['PATCH /posts/1', 'GET /posts/1']);
  });

  it('shows an optimistic update at once, and takes it back when the server refuses', async () => {
    const { store } = openWithApi();
    await store.dispatch(api.endpoints.post.initiate(1));
    const title = () => api.endpoints.post.select(1)(store.getState() as never).data?.title;
    backend.refuse();
    const mutation = store.dispatch(
      api.endpoints.renameAtOnce.initiate({ id: 1, title: 'Hoped for' }),
    );
    expect(title()).toBe('Hoped for');
    expect((await mutation).error).toMatchObject({ status: 409 });
    expect(title()).toBe('Post 1');
  });

  it('polls as long as somebody is subscribed', async () => {
    const { store } = openWithApi();
    const polling = store.dispatch(
      api.endpoints.posts.initiate(undefined, { subscriptionOptions: { pollingInterval: 10 } }),
    );
    await vi.waitFor(() => expect(backend.requests.length).toBeGreaterThan(2));
    polling.unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { length } = backend.requests;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(backend.requests).toHaveLength(length);
  });

  it('forgets everything on resetApiState', async () => {
    const { store } = openWithApi();
    await store.dispatch(api.endpoints.posts.initiate());
    store.dispatch(api.util.resetApiState());
    expect(store.getState().api.queries).toEqual({});
    await store.dispatch(api.endpoints.posts.initiate());
    expect(backend.requests).toHaveLength(2);
  });

  it('fetches again when the page gets the focus, if it is told to', async () => {
    const { store } = openWithApi();
    const stop = setupListeners(store.dispatch as never, (dispatch, { onFocus }) => {
      const focus = () => void dispatch(onFocus());
      window.addEventListener('focus', focus);
      return () => window.removeEventListener('focus', focus);
    });
    const options = { subscriptionOptions: { refetchOnFocus: true } };
    await store.dispatch(api.endpoints.post.initiate(1, options));
    window.dispatchEvent(new Event('focus'));
    await vi.waitFor(() => expect(backend.requests).toHaveLength(2));
    stop();
  });

  it('takes endpoints that are injected later', async () => {
    const { store } = openWithApi();
    const { endpoints } = api.injectEndpoints({
      endpoints: (build) => ({ late: build.query<Post, void>({ query: () => 'posts/2' }) }),
    });
    expect((await store.dispatch(endpoints.late.initiate())).data?.title).toBe('Post 2');
  });

  it('removes data that nobody uses, in its time', async () => {
    const { store } = openWithApi();
    const brief = api.injectEndpoints({
      endpoints: (build) => ({
        brief: build.query<Post, void>({ query: () => 'posts/1', keepUnusedDataFor: 0.01 }),
      }),
    });
    const query = store.dispatch(brief.endpoints.brief.initiate());
    await query;
    query.unsubscribe();
    await vi.waitFor(() => expect(store.getState().api.queries).toEqual({}));
  });
});
