/** Conditions that come as nested lists (`punte/methodology/trees.py`), run without compiling anything. */
import { logic, type Row, type Value } from "./logic";

export type Tree = readonly [helper: string, ...parts: readonly unknown[]];
type Branch = readonly [when: Tree, value: Tree];
type Helper = (...values: Value[]) => Value;

/** The value of a condition over a row; an absent name was not answered. */
export function valueOf(tree: Tree, row: Row): Value {
  const [helper, ...parts] = tree;
  const of = (part: unknown): Value => valueOf(part as Tree, row);
  switch (helper) {
    case "value":
      return parts[0] as Value;
    case "name":
      return row[parts[0] as string] ?? null;
    case "is_null":
      return of(parts[0]) === null;
    case "coalesce":
      return parts.map(of).find((value) => value !== null) ?? null;
    case "among":
      return logic.among(of(parts[0]), parts.slice(1).map(of));
    case "case": {
      const held = (parts[0] as Branch[]).find(([when]) => of(when) === true);
      return of(held ? held[1] : parts[1]);
    }
    default:
      return (logic[helper as keyof typeof logic] as Helper)(...parts.map(of));
  }
}
