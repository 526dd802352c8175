/** Why a posted request cannot be read into fields and data: a closed union of kinds with facts, put into words by `messages/forms.ts`. */

/** Where something was found: a byte of the body, after inflating, from 0; null: in the headers of the request. */
export type BodyOffset = number | null;

/** The framing of a multipart body. */
export type MultipartFault =
  /** The Content-Type has no usable boundary. */
  | { readonly kind: "boundary_parameter" }
  /** The body has no line with the boundary. */
  | { readonly kind: "no_boundary" }
  /** The body ends before the last boundary: it is not whole. */
  | { readonly kind: "end_missing" }
  /** Other characters behind a boundary. */
  | { readonly kind: "boundary_line" }
  /** A header of a part is none, or the part has none. */
  | { readonly kind: "part_header" }
  | { readonly kind: "part_headers_too_large"; readonly most: number }
  /** Before the first boundary, or behind the last one. */
  | { readonly kind: "around_parts_too_large"; readonly most: number }
  /** Content-Disposition is missing, is not form-data, or has no name. */
  | { readonly kind: "disposition" }
  | { readonly kind: "part_content_type" }
  | { readonly kind: "transfer_encoding"; readonly found: string };

export type FormProblem =
  /** 415. `found` is null when there is no Content-Type. */
  | { readonly kind: "media_type"; readonly found: string | null }
  /** 415. */
  | { readonly kind: "content_encoding"; readonly found: string }
  /** 400. */
  | { readonly kind: "corrupt_gzip" }
  /** 400. */
  | { readonly kind: "multipart"; readonly fault: MultipartFault; readonly at: BodyOffset }
  /** 400: an urlencoded body that is none; most likely a file that was sent without its Content-Type. */
  | { readonly kind: "not_a_form"; readonly at: number }
  /** 400. `field` is null when it is the name itself. */
  | { readonly kind: "not_utf_8"; readonly field: string | null }
  /** 400: the charset of a field of a multipart body. */
  | { readonly kind: "field_charset"; readonly field: string; readonly found: string }
  /** 400. */
  | { readonly kind: "data_twice" }
  /** 413. */
  | { readonly kind: "name_too_long"; readonly most: number }
  /** 413. */
  | { readonly kind: "field_too_large"; readonly field: string; readonly most: number }
  /** 413: all of them together. */
  | { readonly kind: "fields_too_large"; readonly most: number }
  /** 413. */
  | { readonly kind: "too_many_fields"; readonly most: number }
  /** 413. */
  | { readonly kind: "too_much_data"; readonly most: number }
  /** 413: the whole body, after inflating. */
  | { readonly kind: "body_too_large"; readonly most: number }
  /** 413: so much data without knowing from whom. */
  | { readonly kind: "data_before_login"; readonly most: number }
  /** 413: the body so far, after inflating, without knowing from whom. */
  | { readonly kind: "body_before_login"; readonly most: number };

/** Ends the reading of a form. */
export class FormStop extends Error {
  constructor(readonly problem: FormProblem) {
    super(problem.kind);
    this.name = "FormStop";
  }
}

/** The status of the answer. */
export function formProblemStatus(problem: FormProblem): 400 | 413 | 415 {
  switch (problem.kind) {
    case "media_type":
    case "content_encoding":
      return 415;
    case "name_too_long":
    case "field_too_large":
    case "fields_too_large":
    case "too_many_fields":
    case "too_much_data":
    case "body_too_large":
    case "data_before_login":
    case "body_before_login":
      return 413;
    default:
      return 400;
  }
}
