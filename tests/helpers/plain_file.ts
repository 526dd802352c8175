/** A file of which nobody has said anything. */
import { NO_FRAME } from "../../lib/csv/file_frame.ts";
import type { GivenFile } from "../../lib/parameters/settings/file_settings.ts";

export const PLAIN_FORM = { separatorIsGiven: true, frame: NO_FRAME } as const;

export const NOTHING_GIVEN_OF_FILE: GivenFile = {
  separator: null,
  qualifier: null,
  escape: null,
  comment: null,
  skipLines: null,
  footerLines: null,
  header: null,
  shortRows: null,
  ignoredColumns: [],
};
