/**
 * Objectives as a researcher types them: `Mixed_5d:140` is the channel objective, and shorthands combine by
 * `+`, `-`, `*` and brackets: `0.2 * mixed4a:20 + 0.8 * mixed4a:21`.
 */
import type { ObjectiveExpression } from '@fovea/interp';

export class ObjectiveSyntaxError extends Error {
  override readonly name = 'ObjectiveSyntaxError';
}

// A layer name may hold dots, dashes and slashes, with which those of ONNX files begin, so a minus sign after a
// unit belongs to the arithmetic and one inside a name to the name: the unit is matched first, as a whole.
const tokenPattern =
  /\s*(?:(?<unit>[A-Za-z_/][\w./-]*\s*:\s*\d+)|(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<sign>[-+*()]))/iy;

type Token = { kind: 'unit' | 'number' | 'sign'; text: string };

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (text.slice(position).trim() !== '') {
    tokenPattern.lastIndex = position;
    const groups = tokenPattern.exec(text)?.groups;
    if (!groups) throw unexpected(text.slice(position).trim(), text);
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined) as [
      Token['kind'],
      string,
    ];
    tokens.push({ kind, text: found });
    position = tokenPattern.lastIndex;
  }
  return tokens;
}

function unexpected(found: string | undefined, text: string): ObjectiveSyntaxError {
  const what = found === undefined ? 'It ends too early' : `Unexpected "${found}"`;
  return new ObjectiveSyntaxError(
    `${what} in the objective "${text}". Write layer:channel, such as Mixed_5d:140, or combine several with + - * and brackets.`,
  );
}

/** Throws ObjectiveSyntaxError, which says what was unexpected. */
export function parseObjective(text: string): ObjectiveExpression {
  const tokens = tokenize(text);
  let next = 0;
  const peek = (): string | undefined => tokens[next]?.text;

  function sum(): ObjectiveExpression {
    let left = product();
    while (peek() === '+' || peek() === '-') {
      const type = tokens[next++]?.text === '+' ? 'add' : 'subtract';
      left = { type, left, right: product() };
    }
    return left;
  }

  function product(): ObjectiveExpression {
    let left = factor();
    while (peek() === '*') {
      next++;
      left = multiply(left, factor());
    }
    return left;
  }

  function factor(): ObjectiveExpression {
    const token = tokens[next++];
    if (token?.kind === 'number') return { type: 'constant', value: Number(token.text) };
    if (token?.kind === 'unit') {
      const [layer = '', channel] = token.text.split(':').map((part) => part.trim());
      return { type: 'channel', layer, channel: Number(channel) };
    }
    if (token?.text === '-') return { type: 'negate', of: factor() };
    if (token?.text === '(') {
      const inner = sum();
      if (tokens[next++]?.text !== ')') throw unexpected(tokens[next - 1]?.text, text);
      return inner;
    }
    throw unexpected(token?.text, text);
  }

  const expression = sum();
  if (next < tokens.length) throw unexpected(peek(), text);
  return expression;
}

function multiply(left: ObjectiveExpression, right: ObjectiveExpression): ObjectiveExpression {
  if (left.type === 'constant') return { type: 'scale', factor: left.value, of: right };
  if (right.type === 'constant') return { type: 'scale', factor: right.value, of: left };
  return { type: 'multiply', left, right };
}

/** A short text for titles and logs; shorthand where the expression has one. */
export function formatObjective(objective: string | ObjectiveExpression): string {
  if (typeof objective === 'string') return objective;
  switch (objective.type) {
    case 'channel':
      return `${objective.layer}:${objective.channel}`;
    case 'neuron':
      return `neuron(${objective.layer}:${objective.channel})`;
    case 'constant':
      return String(objective.value);
    case 'add':
      return `(${formatObjective(objective.left)} + ${formatObjective(objective.right)})`;
    case 'subtract':
      return `(${formatObjective(objective.left)} - ${formatObjective(objective.right)})`;
    case 'multiply':
      return `${formatObjective(objective.left)} * ${formatObjective(objective.right)}`;
    case 'scale':
      return `${objective.factor} * ${formatObjective(objective.of)}`;
    case 'negate':
      return `-${formatObjective(objective.of)}`;
    case 'sum':
    case 'mean':
      return `${objective.type}(${objective.of.map(formatObjective).join(', ')})`;
    default:
      return 'layer' in objective && objective.layer
        ? `${objective.type}(${objective.layer})`
        : objective.type;
  }
}
