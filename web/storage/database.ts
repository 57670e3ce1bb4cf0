const SNAPSHOTS = 'snapshots';

/**
 * A connection to a database with one object store. It opens on first use, gives way to whoever deletes
 * the database, and opens again when it is needed.
 */
export class Database {
  readonly #name: string;
  readonly #onLost: () => void;
  #open: IDBDatabase | undefined;
  #opening: Promise<void> | undefined;

  /** `onLost` is called when what was read may no longer be there. */
  constructor(name: string, onLost: () => void) {
    this.#name = name;
    this.#onLost = onLost;
  }

  /**
   * Runs the requests that `ask` makes and commits them, in this very task if the database is open: a page
   * that goes waits for no callback. Resolves with what `ask` returned, called when all is done.
   */
  async transact<T>(
    mode: IDBTransactionMode,
    ask: (snapshots: IDBObjectStore) => () => T,
  ): Promise<T> {
    let transaction = this.#begin(mode);
    while (transaction === undefined) {
      await this.#connect();
      transaction = this.#begin(mode);
    }
    return answered(transaction, ask(transaction.objectStore(SNAPSHOTS)));
  }

  #begin(mode: IDBTransactionMode): IDBTransaction | undefined {
    try {
      return this.#open?.transaction(SNAPSHOTS, mode);
    } catch (error) {
      if ((error as DOMException).name !== 'InvalidStateError') throw error;
      this.#lose(); // the browser is closing the connection
      return undefined;
    }
  }

  #connect(): Promise<void> {
    this.#opening ??= new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(this.#name);
      request.onupgradeneeded = () => void request.result.createObjectStore(SNAPSHOTS);
      request.onerror = () => reject(request.error!);
      request.onsuccess = () => {
        const database = request.result;
        database.onversionchange = () => (database.close(), this.#lose());
        database.onclose = () => this.#lose();
        this.#open = database;
        resolve();
      };
    }).finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  #lose(): void {
    this.#open = undefined;
    this.#onLost();
  }
}

function answered<T>(transaction: IDBTransaction, result: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(result());
    transaction.onabort = () => reject(transaction.error ?? new Error('the database was closed'));
    transaction.commit();
  });
}
