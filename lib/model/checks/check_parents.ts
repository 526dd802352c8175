/** Parents: they must exist and may not go round in a circle. */
import { classPath } from "../file/json_path.ts";
import type { ClassEntry, ModelFile } from "../file/model_file.ts";
import type { Report } from "../file/model_problem.ts";
import { nearestName } from "../../nearest_name.ts";

/**
 * Reports wrong parents, and gives back the file without them.
 * @param exists whether the file names a class at all: one with mistakes of its own is not reported again
 */
export function checkParents(file: ModelFile, exists: (code: string) => boolean, report: Report): ModelFile {
  const known = Object.keys(file.classes);
  const circles = new Set<string>();
  const classes = Object.entries(file.classes).map(([code, entry]): [string, ClassEntry] => {
    if (entry.parent === undefined) return [code, entry];
    const path = `${classPath(code)}.parent`;
    const { parent, ...orphan } = entry;
    if (!Object.hasOwn(file.classes, parent)) {
      if (!exists(parent)) report({ kind: "unknown_class", path, name: parent, nearest: nearestName(parent, known) });
      return [code, orphan];
    }
    const circle = circleFrom(code, file);
    if (circle === null) return [code, entry];
    const key = [...new Set(circle)].sort().join();
    if (!circles.has(key)) report({ kind: "parent_cycle", path, classes: circle });
    circles.add(key);
    return [code, orphan];
  });
  return { ...file, classes: Object.fromEntries(classes) };
}

/** The classes that are passed on the way from a class up to itself; null: the way ends elsewhere. */
function circleFrom(code: string, file: ModelFile): string[] | null {
  const passed = [code];
  for (let current = file.classes[code]?.parent; current !== undefined; current = file.classes[current]?.parent) {
    if (current === code) return [...passed, code];
    if (passed.includes(current)) return null;
    passed.push(current);
  }
  return null;
}
