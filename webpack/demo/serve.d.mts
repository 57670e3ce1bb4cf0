export interface DemoPorts {
  host?: number;
  cart?: number;
  profile?: number;
}

export interface DemoFolders {
  host?: string;
  cart?: string;
  profile?: string;
}

export interface DemoOptions {
  ports?: DemoPorts;
  folders?: DemoFolders;
  cart?: string;
}

export interface DemoServer {
  urls: { host: string; cart: string; profile: string };
  close(): Promise<void>;
}

export function serveDemo(options?: DemoOptions): Promise<DemoServer>;
