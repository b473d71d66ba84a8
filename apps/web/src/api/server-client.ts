/** The API as the dashboard's own server reaches it, for what is made there: titles and preview pictures. */
import { createClient, type Client } from '@fovea/client';

/** On each request: the launcher knows the address only when it starts the API. Throws where none is set. */
export function serverClient(): Client {
  const url = process.env.API_URL;
  if (!url)
    throw new Error('API_URL is not set: start the dashboard with API_URL naming the address of the API');
  return createClient(url, { cache: 'no-store' });
}
