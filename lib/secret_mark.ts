/** Stands where a password would be shown. */
export const SECRET_MARK = "***";
