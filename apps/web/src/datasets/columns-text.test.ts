import { expect, test } from 'vitest';
import { columnsText } from './columns-text.ts';

test('values stand in the order of the columns, with their units', () => {
  const columns = [
    { name: 'orientation', type: 'number' as const, unit: '°' },
    { name: 'radius', type: 'number' as const, unit: 'px' },
    { name: 'by', type: 'text' as const },
    { name: 'contrast', type: 'number' as const },
  ];
  const values = { by: 'Ada', contrast: null, orientation: 22.5, radius: 20 };
  expect(columnsText(values, columns)).toBe('22.5°, 20 px, Ada, –');
});
