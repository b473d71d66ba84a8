/** The ways in which this machine may compute a step. */
import { backendNames, providers, type BackendName, type Provider } from '@fovea/tensor';

export type Route =
  | { readonly engine: 'compiled'; readonly provider: Provider }
  | { readonly engine: 'eager'; readonly backend: BackendName };

export const routes: readonly Route[] = [
  ...providers.map((provider) => ({ engine: 'compiled', provider }) as const),
  ...backendNames.map((backend) => ({ engine: 'eager', backend }) as const),
];

export function nameOf(route: Route): string {
  return route.engine === 'compiled' ? `onnxruntime ${route.provider}` : `eager ${route.backend}`;
}

/** What makes a run take it: environment variables; empty where it is the default. */
export function settingOf(route: Route): string {
  if (route.engine === 'eager') return `FOVEA_BACKEND=${route.backend}`;
  return route.provider === 'cpu' ? '' : `FOVEA_PROVIDER=${route.provider}`;
}
