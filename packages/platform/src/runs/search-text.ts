/** Every text among the values, at any depth, and every unit as `layer:channel`; each once, one to a line. */
export const searchText = (...values: unknown[]): string => [...new Set(values.flatMap(textsOf))].join('\n');

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const unit =
    'layer' in value && 'channel' in value ? [`${String(value.layer)}:${String(value.channel)}`] : [];
  return [...unit, ...Object.values(value).flatMap(textsOf)];
}
