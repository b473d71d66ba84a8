import { unwrap, type Unit } from '@fovea/client';
import { serverClient } from '../api/server-client.ts';
import type { UnitAddress } from './queries.ts';

/** On the server. Null where there is no such unit, or the API is away: the page itself says which. */
export async function readUnit({ model, layer, channel }: UnitAddress): Promise<Unit | null> {
  try {
    const path = { model, layer, channel };
    return unwrap(
      await serverClient().GET('/models/{model}/layers/{layer}/units/{channel}', { params: { path } }),
    );
  } catch {
    return null;
  }
}
