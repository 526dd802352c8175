/** Limits of posted requests that nobody sets, and those that follow from the others. */
import { FormStop } from "./form_problem.ts";
import type { FormLimits } from "./posted_form.ts";

/** Bytes of a field's name, decoded. No parameter's name comes near it. */
export const MOST_NAME_BYTES = 256;

/** What a byte of data may take in a body: `%XX`. */
const MOST_BYTES_A_BYTE = 3;
/** Room in a body for what is neither data nor a value: names, boundaries, headers of parts. */
const FRAME_BYTES = 1024 * 1024;

/**
 * Checks how much of a body has come.
 * @param bytes after inflating
 * @throws FormStop
 */
export function checkBodyBytes(bytes: number, limits: FormLimits, isLoginKnown: boolean): void {
  const most = mostBodyBytes(isLoginKnown ? limits.mostDataBytes : mostDataBeforeLogin(limits), limits);
  if (bytes > most) throw new FormStop({ kind: isLoginKnown ? "body_too_large" : "body_before_login", most });
}

/** The lower limit of data before the login, if it is one. */
function mostDataBeforeLogin({ mostDataBytes, mostDataBytesBeforeLogin }: FormLimits): number {
  return Math.min(mostDataBytes, mostDataBytesBeforeLogin);
}

function mostBodyBytes(dataBytes: number, { allFieldBytes }: FormLimits): number {
  return MOST_BYTES_A_BYTE * (dataBytes + allFieldBytes) + FRAME_BYTES;
}
