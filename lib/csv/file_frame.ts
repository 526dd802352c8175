/** What a file has around its rows that is no data (SPEC 16). */
export interface FileFrame {
  /** Lines at the beginning that are passed over, whatever they hold. */
  readonly skipLines: number;
  /** Records at the end that are no data. */
  readonly footerLines: number;
  /** Names of the columns, of a file that has no header; null: it has one. */
  readonly header: readonly string[] | null;
}

/** So many of each are taken. */
export const MOST_SKIPPED_LINES = 10_000;
export const MOST_FOOTER_LINES = 100;

/** Nothing stands around the rows but their header. */
export const NO_FRAME: FileFrame = { skipLines: 0, footerLines: 0, header: null };
