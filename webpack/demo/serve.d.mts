export interface DemoPorts {
  host?: number;
  cart?: number;
  profile?: number;
}

export interface DemoServer {
  urls: { host: string; cart: string; profile: string };
  close(): Promise<void>;
}

export function serveDemo(options?: { ports?: DemoPorts; cart?: string }): Promise<DemoServer>;
