/** Sentences about posted requests that cannot be read into parameters and data. */
import type { StopMessage } from "../errors.ts";
import type { FormProblem, MultipartFault } from "../server/form/form_problem.ts";
import { quoted } from "./quoted.ts";

const SEND_AS_CSV = "To send a file as it is, say so: curl -H 'Content-Type: text/csv' --data-binary @FILE, " +
  "with the parameters in the query";
const SEND_OTHERWISE = "Send it as csvdata of a form (curl -F 'csvdata=@FILE'), or as a body of its own " +
  "(curl -H 'Content-Type: text/csv' --data-binary @FILE) with the parameters in the query";
const SPLIT_DATA = "Post the data in several files, or ask the operator of this server for a higher limit";

/** What is wrong with a request, as a line of the report, and what to do about it. */
export function formProblem(problem: FormProblem): StopMessage {
  switch (problem.kind) {
    case "media_type":
      return mediaType(problem.found);
    case "content_encoding":
      return {
        text: `#The Content-Encoding of the request is not known here: ${quoted(problem.found)}`,
        hint: "Send the body as it is, or compressed with gzip once",
      };
    case "corrupt_gzip":
      return {
        text: "#The body of the request says that it is gzip, but it is corrupt, cut, or goes on behind its end",
        hint:
          "Compress the whole body as one piece, with Content-Encoding: gzip: of several gzip files, one behind the other, none is taken; nothing " +
          "was written",
      };
    case "multipart":
      return multipart(problem.fault, problem.at);
    case "not_a_form":
      return {
        text: `#The body of the request says that it is a form, but at byte ${problem.at} is no name with a value`,
        hint: `curl says so unless it is told otherwise. ${SEND_AS_CSV}`,
      };
    case "data_twice":
      return {
        text: "#csvdata was sent twice",
        hint: "Send one request for each file",
      };
    case "data_before_login":
      return {
        text: `#More than ${bytes(problem.most)} of csvdata came before the login`,
        hint: "Send the login first: with HTTP Basic (curl --user NAME), or with auth_user and auth_pwd before csvdata",
      };
    case "body_before_login":
      return {
        text: `#More than ${bytes(problem.most)} came before the login`,
        hint: "Send the login first: with HTTP Basic (curl --user NAME), or with auth_user and auth_pwd before csvdata",
      };
    case "not_utf_8":
    case "field_charset":
      return fieldText(problem);
    default:
      return tooLarge(problem);
  }
}

/** Behind csvdata, when another login had been checked before. */
export function loginChanged(): StopMessage {
  return {
    text: "#A login came behind csvdata that is not the one with which the request had begun",
    hint: "Send one login, before csvdata: with HTTP Basic, or with auth_user and auth_pwd; nothing was written",
  };
}

function mediaType(found: string | null): StopMessage {
  const what = found === null
    ? "The request has no Content-Type"
    : `The Content-Type is not known here: ${quoted(found)}`;
  return {
    text: `#${what}. Expected: application/x-www-form-urlencoded, multipart/form-data or text/csv`,
    hint: SEND_OTHERWISE,
  };
}

function fieldText(problem: FormProblem & { readonly kind: "not_utf_8" | "field_charset" }): StopMessage {
  if (problem.kind === "field_charset") {
    return {
      text: `#The field ${quoted(problem.field)} cannot be read in its charset: ${quoted(problem.found)}`,
      hint: "Send fields in UTF-8",
    };
  }
  const what = problem.field === null ? "The name of a field" : `The field ${quoted(problem.field)}`;
  return {
    text: `#${what} is not UTF-8`,
    hint: "Only csvdata may have another charset, which the parameter charset names",
  };
}

type SizeProblem = FormProblem & {
  readonly kind:
    | "name_too_long"
    | "field_too_large"
    | "fields_too_large"
    | "too_many_fields"
    | "too_much_data"
    | "body_too_large";
};

function tooLarge(problem: SizeProblem): StopMessage {
  switch (problem.kind) {
    case "name_too_long":
      return {
        text: `#A field has a name of more than ${bytes(problem.most)}`,
        hint: `A form is made of names with values, as in class=Person. ${SEND_AS_CSV}`,
      };
    case "field_too_large":
      return {
        text: `#The field ${quoted(problem.field)} has more than ${bytes(problem.most)}`,
        hint: "Only csvdata may be large: a file is sent under that name",
      };
    case "fields_too_large":
      return {
        text: `#The fields of the request have more than ${bytes(problem.most)} together`,
        hint: "Only csvdata may be large: a file is sent under that name",
      };
    case "too_many_fields":
      return { text: `#The request has more than ${problem.most} fields`, hint: "Send each parameter once" };
    case "too_much_data":
      return { text: `#csvdata has more than ${bytes(problem.most)}`, hint: SPLIT_DATA };
    case "body_too_large":
      return { text: `#The body of the request has more than ${bytes(problem.most)}`, hint: SPLIT_DATA };
  }
}

function multipart(fault: MultipartFault, at: number | null): StopMessage {
  const place = at === null ? "" : ` at byte ${at}`;
  const { found, hint } = multipartFault(fault);
  return { text: `#The multipart body of the request is malformed${place}: ${found}`, hint };
}

function multipartFault(fault: MultipartFault): { readonly found: string; readonly hint: string } {
  const letLibrary = "Let a library or curl -F make the body, and its Content-Type together with it";
  switch (fault.kind) {
    case "boundary_parameter":
      return {
        found: "its Content-Type has no usable boundary",
        hint: `${letLibrary}: do not set the header yourself`,
      };
    case "no_boundary":
      return { found: "the boundary that its Content-Type names is nowhere in it", hint: letLibrary };
    case "end_missing":
      return {
        found: "it ends before its last boundary",
        hint: "The request was cut: send it again; nothing was written",
      };
    case "boundary_line":
      return { found: "a boundary is followed by something else on its line", hint: letLibrary };
    case "part_header":
      return { found: "a part has no headers, or a line among them is none", hint: letLibrary };
    case "part_headers_too_large":
      return { found: `the headers of a part have more than ${bytes(fault.most)}`, hint: letLibrary };
    case "around_parts_too_large":
      return {
        found: `more than ${bytes(fault.most)} stand before its first boundary or behind its last one`,
        hint: letLibrary,
      };
    case "disposition":
      return { found: "a part has no Content-Disposition: form-data with a name", hint: letLibrary };
    case "part_content_type":
      return { found: "the Content-Type of a part is none", hint: letLibrary };
    case "transfer_encoding":
      return {
        found: `the Content-Transfer-Encoding of a part is ${quoted(fault.found)}`,
        hint: "Send the bytes as they are: HTTP needs no such encoding",
      };
  }
}

/** `1 byte`, `500 bytes`, `64 KiB`, `2 GiB`. */
function bytes(count: number): string {
  if (count === 1) return "1 byte";
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let value = count;
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value} ${units[unit]}`;
}
