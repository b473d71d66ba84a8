/** What a pickle refers to beyond its own numbers, texts and containers. */

/** Throws what is wrong, and where. */
export type Fail = (fault: string, options?: ErrorOptions) => never;

export type Construct = (args: readonly unknown[], fail: Fail) => unknown;

/** What a name in a pickle stands for. */
export class PickleGlobal {
  /** `module.name` */
  readonly name: string;
  /** Absent where the name is only passed around, such as a number format. */
  readonly construct?: Construct;

  constructor(name: string, construct?: Construct) {
    this.name = name;
    this.construct = construct;
  }
}

/** An object with attributes, of a class that nothing more is known of. */
export class PickleObject {
  readonly attributes = new Map<unknown, unknown>();
}

export interface PickleEnvironment {
  /** @throws ForbiddenPickleGlobalError */
  resolve(name: string): PickleGlobal;
  /** What lies outside the pickle under this id. */
  persistent(id: unknown, fail: Fail): unknown;
}
