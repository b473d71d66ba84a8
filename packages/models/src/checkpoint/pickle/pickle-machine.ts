/**
 * Python's pickle, restricted: a stack machine that builds numbers, texts and containers, and calls nothing but
 * the constructors that its caller knows. No code of the file is ever executed.
 * https://github.com/python/cpython/blob/main/Lib/pickletools.py describes every opcode.
 */
import type { ByteSource } from './byte-source.ts';
import { opcodes, type PickleMachine } from './pickle-opcodes.ts';
import type { PickleEnvironment } from './pickle-values.ts';

const stop = '.'.charCodeAt(0);

/**
 * Each operation makes at most one value, hence this bounds time and memory. A tensor takes about forty
 * operations; published image models have a few thousand tensors.
 */
const maximalOperations = 1_000_000;

/**
 * Reads one pickle, up to its end.
 * @returns numbers, bigints, booleans, null, texts, bytes; tuples and lists as arrays, dicts as maps; and what
 *   the environment makes
 * @throws ForbiddenPickleGlobalError, MalformedCheckpointError, TruncatedCheckpointError
 */
export function unpickle(source: ByteSource, environment: PickleEnvironment): unknown {
  const machine = pickleMachine(source, environment);
  for (let code = source.byte(); code !== stop; code = source.byte()) {
    const operate = opcodes.get(code);
    if (!operate) {
      return source.fail(`its pickle has the opcode 0x${code.toString(16)}, which tensors do not need`);
    }
    machine.spend(1);
    operate(machine);
  }
  return machine.pop();
}

function pickleMachine(source: ByteSource, environment: PickleEnvironment): PickleMachine {
  let operations = 0;
  let stack: unknown[] = [];
  const groups: unknown[][] = [];
  const empty = (): never => source.fail('its pickle takes a value where there is none');
  return {
    source,
    environment,
    memo: new Map(),
    spend(count) {
      operations += count;
      if (operations > maximalOperations) {
        source.fail(`its pickle takes more than ${maximalOperations} operations`);
      }
    },
    push: (value) => void stack.push(value),
    pop: () => (stack.length > 0 ? stack.pop() : empty()),
    top: () => (stack.length > 0 ? stack.at(-1) : empty()),
    mark() {
      groups.push(stack);
      stack = [];
    },
    popGroup() {
      const group = stack;
      stack = groups.pop() ?? empty();
      return group;
    },
  };
}
