import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where everything that a running system keeps lies, unless it is told to use other servers. */
export const home = resolve(root, process.env.FOVEA_HOME ?? '.fovea');

export const stateFile = join(home, 'state.json');
