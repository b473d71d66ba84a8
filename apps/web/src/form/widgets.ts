import { createContext, use, type ComponentType } from 'react';
import type { EditorProps } from './editor.ts';

/** Editors that a schema asks for by name (`widget: 'model'`), because its type alone does not say enough. */
export type Widgets = Readonly<Record<string, ComponentType<EditorProps>>>;

const WidgetsContext = createContext<Widgets>({});

export const WidgetsProvider = WidgetsContext.Provider;

export const useWidgets = (): Widgets => use(WidgetsContext);
