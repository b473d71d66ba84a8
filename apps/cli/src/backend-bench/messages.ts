/** What `backend bench` and the process of a route say to each other. */
import type { Route } from './route.ts';

export interface RouteOrder {
  readonly route: Route;
  readonly model: string;
  /** That the step's objective reads. */
  readonly layer: string;
  /** Whether an adapter that is software may stand for a GPU. */
  readonly software: boolean;
}

export type ToRoute =
  | { readonly type: 'start'; readonly order: RouteOrder }
  /** Make some steps on that many pictures. */
  | { readonly type: 'time'; readonly batch: number };

export type FromRoute =
  | { readonly type: 'started' }
  /** Milliseconds of one step. */
  | { readonly type: 'time'; readonly milliseconds: number }
  /** Instead of either. */
  | { readonly type: 'unavailable'; readonly reason: string };
