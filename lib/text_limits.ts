/**
 * How long texts from outside may be that are compared, folded or normalised: what is longer is refused by its length, before anything
 * else looks at it. In UTF-16 code units.
 */

/** As long as the column of the reference. */
export const LONGEST_LOGIN = 255;

export const LONGEST_PASSWORD = 1024;

/** Of a column or a reconciliation key: two labels with an arrow between them. */
export const LONGEST_COLUMN_NAME = 1000;

/** Of a map that is posted: a field of a form is no longer. One that is kept as a file is as long as other files of settings. */
export const LONGEST_POSTED_MAP = 64 * 1024;

/** Of a parameter that is none of these: as long as a path may be. */
export const LONGEST_VALUE = 4096;
