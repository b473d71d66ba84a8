/** Prisma's Postgres driver adapter, mended where the schema engine asks more of it than the client does. */
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';

/** Postgres' internal one-byte "char", which system catalogues use and the adapter cannot read. */
const charOid = 18;
const textOid = 25;

export class MigrationAdapterFactory extends PrismaPg {
  #url;

  /** @param {string} url */
  constructor(url) {
    super({ connectionString: url }, { schema: new URL(url).searchParams.get('schema') ?? 'public' });
    this.#url = url;
  }

  async connect() {
    const adapter = await super.connect();
    readCharColumns(adapter);
    sendScriptsWhole(adapter);
    return adapter;
  }

  /** A database for the time of one comparison. The adapter's own is dropped while still connected to. */
  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const administrator = await this.connect();
    await administrator.executeScript(`CREATE DATABASE "${name}"`);
    const shadow = await new MigrationAdapterFactory(withDatabase(this.#url, name)).connect();
    const disconnect = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await disconnect();
      await administrator.executeScript(`DROP DATABASE "${name}" WITH (FORCE)`);
      await administrator.dispose();
    };
    return shadow;
  }
}

/** @param {string} url @param {string} name */
export function withDatabase(url, name) {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

/** Has "char" columns parsed as text, and reported as the character columns that the engine expects. */
function readCharColumns(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const charColumns = new WeakMap();
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== charOid) continue;
      field.dataTypeID = textOid;
      charColumns.set(query, [...(charColumns.get(query) ?? []), field.name]);
    }
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const name of charColumns.get(query) ?? [])
      result.columnTypes[result.columnNames.indexOf(name)] = ColumnTypeEnum.Character;
    return result;
  };
}

/** The adapter's own splits at every semicolon, those inside functions and texts included. */
function sendScriptsWhole(adapter) {
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
}
