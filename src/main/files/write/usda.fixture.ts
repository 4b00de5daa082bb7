/** A value of USD text: a number, a string or token, or a tuple or list of values. */
export type UsdValue = number | string | readonly UsdValue[];

export interface UsdPrim {
  readonly type: string;
  readonly name: string;
  readonly schemas: readonly string[];
  /** By name; the type is checked to be one that the tests know. */
  readonly attributes: Readonly<Record<string, UsdValue>>;
  readonly prims: readonly UsdPrim[];
}

export interface UsdStage {
  readonly metadata: Readonly<Record<string, UsdValue>>;
  readonly prims: readonly UsdPrim[];
}

const TYPES = new Set('float int[] token quatf float3 point3f point3f[] color3f[]'.split(' '));

/**
 * Reads the USD text that a stage of bodies needs, and throws on anything else: metadata, `def`s with applied schemas,
 * attributes with a value.
 */
export function parseUsda(text: string): UsdStage {
  if (!text.startsWith('#usda 1.0\n')) throw new Error('no header');
  const tokens = text.slice(10).match(/"[^"\n]*"|[()[\]{},=]|[^\s()[\]{},="]+(?:\[\])?/g) ?? [];
  let at = 0;
  const next = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`token ${at}: expected ${expected ?? 'more'}, found ${token}`);
    }
    return token;
  };
  const list = (close: string): UsdValue[] => {
    const values: UsdValue[] = [];
    while (tokens[at] !== close) {
      values.push(value());
      if (tokens[at] !== close) next(',');
    }
    next(close);
    return values;
  };
  const value = (): UsdValue => {
    const token = next();
    if (token === '(') return list(')');
    if (token === '[') return list(']');
    if (token.startsWith('"')) return token.slice(1, -1);
    const number = Number(token);
    if (!Number.isFinite(number)) throw new Error(`token ${at}: ${token} is no value`);
    return number;
  };
  const metadata = (): Record<string, UsdValue> => {
    const entries: Record<string, UsdValue> = {};
    next('(');
    while (tokens[at] !== ')') {
      if (tokens[at] === 'prepend') next();
      const name = next();
      next('=');
      entries[name] = value();
    }
    next(')');
    return entries;
  };
  const prim = (): UsdPrim => {
    next('def');
    const type = next();
    const name = String(value());
    const { apiSchemas = [] } = tokens[at] === '(' ? metadata() : {};
    const attributes: Record<string, UsdValue> = {};
    const prims: UsdPrim[] = [];
    next('{');
    while (tokens[at] !== '}') {
      if (tokens[at] === 'def') {
        prims.push(prim());
        continue;
      }
      if (tokens[at] === 'uniform') next();
      // A list's type is one token with its brackets, or three.
      let kind = next();
      if (tokens[at] === '[') kind += next('[') + next(']');
      if (!TYPES.has(kind)) throw new Error(`token ${at}: no type ${kind}`);
      const attribute = next();
      next('=');
      attributes[attribute] = value();
    }
    next('}');
    return { type, name, schemas: apiSchemas as readonly string[], attributes, prims };
  };
  const stage = metadata();
  const prims: UsdPrim[] = [];
  while (at < tokens.length) prims.push(prim());
  return { metadata: stage, prims };
}
