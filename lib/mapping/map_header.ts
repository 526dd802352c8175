/** The header of a file, as a map sees it: what each column is, and which columns the map adds. Attributes are only names here. */
import { propertyPath } from "../model/file/json_path.ts";
import { nearestName } from "../nearest_name.ts";
import { columnForm } from "../csv/heading.ts";
import type { MapEntry, MapFile } from "./map_file.ts";
import type { PlacedMapProblem } from "./map_problem.ts";
import { readTemplate, type TemplatePiece } from "./template.ts";

/** Where the cells of a mapped column come from. */
export type CellSource =
  /** The file: the column stands where it stands in the header. */
  | { readonly kind: "file" }
  /** `columns`: the columns of the file that take part, those behind other made attributes too. */
  | { readonly kind: "made"; readonly pieces: readonly MadePiece[]; readonly columns: readonly number[] }
  | { readonly kind: "constant"; readonly text: string };

/** A piece of a template whose column is known. */
export type MadePiece =
  | { readonly text: string }
  | (TemplatePiece & { readonly column: string; readonly cell: number });

/** A column as the import sees it. */
export interface MappedHeading {
  /** As the header of the file names it, or the map, which adds it. */
  readonly header: string;
  /** What it is: the name of an attribute, if there is one. */
  readonly name: string;
  /** JSON path in the map that says so; null: the header of the file itself. */
  readonly path: string | null;
  readonly source: CellSource;
  /** Columns of the file that its template names itself; none where there is no template. */
  readonly takes: readonly number[];
}

export interface MappedHeader {
  /** Those of the file in its order, then those that the map adds, each behind what it is made of. */
  readonly headings: readonly MappedHeading[];
  readonly problems: readonly PlacedMapProblem[];
}

/** @param names of the file's columns, as `columnName` gives them; empty: none */
export function mapHeader(map: MapFile, names: readonly string[]): MappedHeader {
  return new HeaderMapping(map, names).mapped();
}

/** How many attributes may be made of each other, one behind the other. */
const DEEPEST = 50;

/** So many problems are told: nobody looks for what the others may mean. */
export const MOST_TOLD = 20;
const MOST_COMPARED = 500;
const LONGEST_COMPARED = 100;

/** Both sides come from outside, and to compare long names takes the square of their length. */
function nearColumn(name: string, columns: readonly string[]): string | null {
  if (name.length > LONGEST_COMPARED) return null;
  return nearestName(name, columns.slice(0, MOST_COMPARED).filter((one) => one.length <= 2 * LONGEST_COMPARED));
}

interface AddedColumn {
  readonly part: "make" | "constants";
  readonly entry: MapEntry;
  readonly path: string;
}

class HeaderMapping {
  readonly #problems: PlacedMapProblem[] = [];
  /** Index of the column in the file by the form of its name: of several the first one. */
  readonly #fileCells = new Map<string, number>();
  /** By the form of their names. */
  readonly #added = new Map<string, AddedColumn>();
  /** Mapped columns behind those of the file, in the order in which they can be made. */
  readonly #headings: MappedHeading[] = [];
  /** Index of an added column among all, by the form of its name; null: it is being made. */
  readonly #placed = new Map<string, number | null>();

  constructor(private readonly map: MapFile, private readonly names: readonly string[]) {
    names.forEach((name, cell) => {
      const form = columnForm(name);
      if (form !== "" && !this.#fileCells.has(form)) this.#fileCells.set(form, cell);
    });
    for (const part of ["constants", "make"] as const) {
      for (const entry of map[part]) {
        const path = propertyPath(`$.${part}`, entry.name);
        // What both say of one attribute is told when the class is known.
        this.#added.set(columnForm(entry.name), { part, entry, path });
      }
    }
  }

  mapped(): MappedHeader {
    const renamed = this.#renamed();
    for (const entry of this.map.constants) this.#place("constants", entry);
    for (const entry of this.map.make) this.#place("make", entry);
    const ofFile = this.names.map((header, cell): MappedHeading => {
      const entry = renamed.get(cell);
      const path = entry === undefined ? null : propertyPath("$.columns", entry.name);
      return { header, name: entry?.text ?? header, path, source: { kind: "file" }, takes: [] };
    });
    return { headings: [...ofFile, ...this.#headings], problems: this.#problems };
  }

  #renamed(): ReadonlyMap<number, MapEntry> {
    const renamed = new Map<number, MapEntry>();
    for (const entry of this.map.columns) {
      const cell = this.#fileCells.get(columnForm(entry.name));
      if (cell !== undefined) renamed.set(cell, entry);
      else this.#notThere("column_not_there", propertyPath("$.columns", entry.name), entry.name);
    }
    return renamed;
  }

  #notThere(kind: "column_not_there" | "template_column_not_there", path: string, name: string): void {
    const all = this.names.filter((one) => one !== "");
    const isFirst = !this.#problems.some((problem) => "known" in problem);
    const nearest = this.#problems.length < MOST_TOLD ? nearColumn(name, all) : null;
    this.#problems.push({ kind, path, name, nearest, known: isFirst ? all : [] });
  }

  #place(part: AddedColumn["part"], entry: MapEntry): void {
    this.#cellOf({ part, entry, path: propertyPath(`$.${part}`, entry.name) }, []);
  }

  /** @param behind the names that wait for this one @returns the index of the column; null: it is made of itself */
  #cellOf({ part, entry, path }: AddedColumn, behind: readonly string[]): number | null {
    const form = columnForm(entry.name);
    const key = `${part}\u0000${form}`;
    const placed = this.#placed.get(key);
    if (placed === null) this.#problems.push({ kind: "made_of_itself", path, names: [...behind, entry.name] });
    if (placed !== undefined) return placed;
    if (behind.length > DEEPEST) {
      this.#problems.push({ kind: "made_too_deep", path, most: DEEPEST });
      return null;
    }
    this.#placed.set(key, null);
    const source: CellSource = part === "constants"
      ? { kind: "constant", text: entry.text }
      : this.#made(entry, path, [...behind, entry.name]);
    const cell = this.names.length + this.#headings.length;
    this.#headings.push({ header: entry.name, name: entry.name, path, source, takes: this.#takenBy(source) });
    this.#placed.set(key, cell);
    return cell;
  }

  #made({ text: template }: MapEntry, path: string, behind: readonly string[]): CellSource {
    const read = readTemplate(template);
    const columns = new Set<number>();
    const pieces = (read.ok ? read.pieces : []).map((piece): MadePiece => {
      if ("text" in piece) return piece;
      const cell = this.#columnNamed(piece.column, path, behind);
      if (cell !== null) { for (const one of this.#columnsBehind(cell)) columns.add(one); }
      return { ...piece, cell: cell ?? 0 };
    });
    return { kind: "made", pieces, columns: [...columns] };
  }

  /** A column of the file; else another attribute that the map gives. @returns null: there is none, which is told */
  #columnNamed(name: string, path: string, behind: readonly string[]): number | null {
    const form = columnForm(name);
    const cell = this.#fileCells.get(form);
    if (cell !== undefined) return cell;
    const added = this.#added.get(form);
    if (added !== undefined) return this.#cellOf(added, behind);
    this.#notThere("template_column_not_there", path, name);
    return null;
  }

  #takenBy(source: CellSource): readonly number[] {
    if (source.kind !== "made") return [];
    const cells = source.pieces.flatMap((piece) => "cell" in piece ? [piece.cell] : []);
    return cells.filter((cell) => cell < this.names.length);
  }

  #columnsBehind(cell: number): readonly number[] {
    if (cell < this.names.length) return [cell];
    const source = this.#headings[cell - this.names.length]?.source;
    return source?.kind === "made" ? source.columns : [];
  }
}
