/** A session of the W3C's WebDriver protocol: the few commands that the tests need. */
export class WebDriverSession {
  private constructor(readonly url: string) {}

  static async start(driver: string, capabilities: object): Promise<WebDriverSession> {
    const { sessionId } = (await send('POST', `${driver}/session`, {
      capabilities: { alwaysMatch: capabilities },
    })) as { sessionId: string };
    return new WebDriverSession(`${driver}/session/${sessionId}`);
  }

  async currentTab(): Promise<string> {
    return (await send('GET', `${this.url}/window`)) as string;
  }

  async newTab(type: 'tab' | 'window'): Promise<string> {
    const { handle } = (await this.#post('/window/new', { type })) as { handle: string };
    return handle;
  }

  async switchTo(handle: string): Promise<void> {
    await this.#post('/window', { handle });
  }

  async navigate(url: string): Promise<void> {
    await this.#post('/url', { url });
  }

  /** Runs the body of a function, whose last argument is a callback for its result. */
  executeAsync(script: string, args: readonly unknown[]): Promise<unknown> {
    return this.#post('/execute/async', { script, args });
  }

  async closeTab(): Promise<void> {
    await send('DELETE', `${this.url}/window`);
  }

  async end(): Promise<void> {
    await send('DELETE', this.url);
  }

  #post(path: string, body: object): Promise<unknown> {
    return send('POST', `${this.url}${path}`, body);
  }
}

async function send(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebDriver ${method} ${new URL(url).pathname}: ${error}: ${message}`);
}
