/** The rows of the file, page by page: read, judged by the conditions, and written. */
import { createRecordWriter, type RecordWriter } from "../csv/record_writer.ts";
import type { Dialect } from "../csv/dialect.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import { safeText } from "../report/safe_csv.ts";
import type { ObjectList } from "../store/object_list.ts";
import type { FoundObject } from "../store/objects.ts";
import type { ColumnCells, ExportedCell } from "./column_cells.ts";
import type { Condition } from "./conditions.ts";
import type { EncodedLines } from "./encoded_lines.ts";
import type { ExportContext } from "./export_context.ts";
import type { CellNotes } from "./notes.ts";
import type { Row, RowValues } from "./row_values.ts";

/** Where rows come from and where they go. */
export interface RowsToWrite {
  /** Lists the objects with these attributes. */
  readonly read: (codes: readonly AttributeCode[]) => ObjectList;
  readonly values: RowValues;
  readonly conditions: readonly Condition[];
  readonly columns: readonly ColumnCells[];
  readonly dialect: Dialect;
  /** Cells that an import takes for nothing: empty ones hold the first of them. */
  readonly nullWords: readonly string[];
  readonly safeCsv: boolean;
  readonly lines: EncodedLines;
  readonly notes: CellNotes;
  /** Told how many rows were written so far. */
  readonly progress: (rows: number) => Promise<void>;
}

/** @returns how many rows were written @throws RunStop 65 for what the charset or the dialect cannot hold; 74 when nobody takes it */
export async function writeRows(context: ExportContext, order: RowsToWrite): Promise<number> {
  const { values, conditions, lines } = order;
  const writer = new RowWriter(context, order);
  await writer.header();
  const tests = conditions.map(({ target, holds }) => {
    if (target.kind === "id") return ({ object }: Row) => holds(object.id);
    const valueOf = values.valueOf(target);
    return (row: Row) => holds(valueOf(row));
  });
  let count = 0;
  const list = order.read(values.read);
  for await (const page of list.pages()) {
    values.beginPage();
    await values.prepareTargets(page.flatMap((object) => object.values === null ? [] : [object.values]));
    // Of long objects one is in memory at a time.
    const wanted: FoundObject[] = [];
    for (const object of page) {
      const row = await readRow(order, list, object);
      if (tests.every((test) => test(row))) wanted.push(object);
    }
    await values.prepareLinks(wanted.map(({ id }) => id));
    for (const object of wanted) {
      await writer.row(await readRow(order, list, object));
      count++;
    }
    await lines.flush();
    await order.progress(count);
    if (context.breath.isDue) await context.breath.take();
  }
  await lines.flush();
  return count;
}

async function readRow({ values }: RowsToWrite, list: ObjectList, object: FoundObject): Promise<Row> {
  if (object.values !== null) return { object, values: object.values };
  const long: readonly StoredValue[] = await list.valuesOf(object);
  await values.prepareTargets([long]);
  return { object, values: long };
}

class RowWriter {
  readonly #writer: RecordWriter;
  readonly #names: readonly string[];
  /** A cell without a value. */
  readonly #nothing: string;

  constructor(private readonly context: ExportContext, private readonly order: RowsToWrite) {
    this.#writer = createRecordWriter(order.dialect, order.nullWords);
    const [nothing] = order.nullWords;
    this.#nothing = nothing === undefined ? "" : createRecordWriter(order.dialect).cell(nothing, true) ?? "";
    this.#names = order.columns.map(({ name }) => name);
  }

  async header(): Promise<void> {
    const cells = this.#names.map((name) => this.#writer.cell(name, true) ?? name);
    await this.order.lines.add(this.#writer.line(cells), null);
  }

  async row(row: Row): Promise<void> {
    const { columns, lines, notes } = this.order;
    const texts: string[] = [];
    let hasFault = false;
    for (const column of columns) {
      const given = column.cell(row);
      const cell = given instanceof Promise ? await given : given;
      texts.push(cell.text);
      if (cell.fault !== null) {
        hasFault = true;
        this.#note(cell.fault, column, row);
      }
    }
    const cells = this.#cells(texts, row, () => hasFault = true);
    if (hasFault) notes.rows++;
    await lines.add(this.#writer.line(cells), row);
  }

  #cells(texts: readonly string[], row: Row, onFault: () => void): readonly string[] {
    const { columns, lines, safeCsv } = this.order;
    const cells: string[] = [];
    for (let index = 0; index < texts.length; index++) {
      const column = columns[index];
      const text = texts[index] ?? "";
      if (column === undefined) continue;
      const written = text === ""
        ? this.#nothing
        : this.#writer.cell(safeCsv ? safeText(text) : text, column.isOneLine);
      if (written === null) {
        onFault();
        this.#note("dialect", column, row);
      }
      cells.push(written ?? lines.unwritable(text, column.name, row));
    }
    return texts[0] === this.#names[0] ? this.#unlikeHeader(texts, cells) : cells;
  }

  /** A row that repeats the header word for word would be passed over. */
  #unlikeHeader(texts: readonly string[], cells: readonly string[]): readonly string[] {
    if (!texts.every((text, index) => text === this.#names[index])) return cells;
    const place = this.order.columns.findIndex(({ isOneLine }) => isOneLine);
    const other = this.#writer.otherwise({ text: texts[place] ?? "", isOneLine: place >= 0 });
    return other === null ? cells : cells.with(place, other);
  }

  #note(fault: NonNullable<ExportedCell["fault"]>, { name }: ColumnCells, { object }: Row): void {
    const id = this.context.store.shownId(object.class, object.id);
    this.order.notes.note(fault, name, { class: object.class, id });
  }
}
