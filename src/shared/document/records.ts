import { z } from 'zod';

/**
 * One field of a record, said once: the type, the diff, the file, the engine's border and a new record all come from
 * here. A field leaves none of these open, so a new one does not compile until everything about it is said.
 */
export interface Field<T> {
  /** What a value must be in a file and at the engine's border. */
  readonly schema: z.ZodType<T>;
  /** The value in a new record. */
  initial(): T;
  /** What a file gets that was written before the field existed; 'refused' when every file has it. */
  readonly missing: 'refused' | (() => T);
  /** The oldest version of the file that can hold a value. */
  version(value: T): number;
  /** 'history': written with every entry and by nothing else, so a change of it alone is no edit. */
  readonly writtenBy: 'edits' | 'history';
  /**
   * 'whole': replaced as one value. 'by id': a list of objects with ids; each is compared for itself and their order
   * beside them, so that two changes of one list can be undone apart.
   */
  readonly compared: 'whole' | 'by id';
  /** Whether two values are the same one; identity, because records share what did not change. */
  same(a: T, b: T): boolean;
}

/** A member of a list that is compared by id. */
export interface Identified {
  readonly id: string;
}

/** The fields of a record type, none left out. */
export type FieldsOf<R> = { readonly [K in keyof R]-?: Field<R[K]> };

/** The type of the records that fields describe. */
export type RecordOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

type Declared<T> = Pick<Field<T>, 'schema' | 'initial' | 'missing' | 'version'> &
  Partial<Pick<Field<T>, 'writtenBy' | 'same'>>;

/** What holds for the fields that the first version of the file has. */
export const FROM_THE_START = { missing: 'refused', version: () => 1 } as const;

/** A field that changes as one value. */
export function whole<T>(declared: Declared<T>): Field<T> {
  return { compared: 'whole', writtenBy: 'edits', same: Object.is, ...declared };
}

/** A field that is a list of at most `most` objects with ids of their own. */
export function collection<T extends Identified>(
  declared: Omit<Declared<readonly T[]>, 'schema'> & {
    readonly member: z.ZodType<T>;
    readonly most: number;
  },
): Field<readonly T[]> {
  const { member, most, ...rest } = declared;
  const schema = z
    .array(member)
    .max(most)
    .superRefine((members, context) => {
      const known = new Set<string>();
      members.forEach(({ id }, index) => {
        if (known.has(id))
          context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${id}" is there twice` });
        known.add(id);
      });
    })
    .readonly();
  return { compared: 'by id', writtenBy: 'edits', same: Object.is, schema, ...rest };
}

/** The names of a record's fields, in the order of their declaration. */
export function fieldNames<R>(fields: FieldsOf<R>): readonly (keyof R & string)[] {
  return Object.keys(fields) as (keyof R & string)[];
}

/** A new record: what is given, and every other field's initial value. */
export function createRecord<R>(fields: FieldsOf<R>, given: Partial<R>): R {
  const names = fieldNames(fields);
  return Object.fromEntries(
    names.map((name) => [name, name in given ? given[name] : fields[name].initial()]),
  ) as R;
}

/** The schema of the whole record, each field with what an older file gets in its place. */
export function recordSchema<R>(fields: FieldsOf<R>): z.ZodType<R> {
  const shape = fieldNames(fields).map((name) => {
    const { schema, missing }: Field<R[typeof name]> = fields[name];
    return [
      name,
      missing === 'refused' ? schema : schema.optional().transform((value) => value ?? missing()),
    ];
  });
  return z.object(Object.fromEntries(shape)).readonly() as unknown as z.ZodType<R>;
}

/** The oldest version of the file that can hold a record, so that older programs open what they understand. */
export function fileVersion<R>(fields: FieldsOf<R>, record: R): number {
  return Math.max(...fieldNames(fields).map((name) => fields[name].version(record[name])));
}
