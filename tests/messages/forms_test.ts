import { assert, assertEquals } from "@std/assert";
import { formProblem } from "../../lib/messages/forms.ts";
import { type FormProblem, formProblemStatus, type MultipartFault } from "../../lib/server/form/form_problem.ts";

const MIB = 1024 * 1024;
const CASES: readonly (readonly [problem: FormProblem, status: number, text: string])[] = [
  [{ kind: "media_type", found: "a\nb" }, 415, "The Content-Type is not known here: 'a\\nb'. Expected: "],
  [{ kind: "media_type", found: null }, 415, "The request has no Content-Type. Expected: "],
  [{ kind: "content_encoding", found: "br" }, 415, "'br'"],
  [{ kind: "corrupt_gzip" }, 400, "gzip"],
  [{ kind: "not_a_form", at: 8 }, 400, "at byte 8 "],
  [{ kind: "not_utf_8", field: "class" }, 400, "The field 'class' is not UTF-8"],
  [{ kind: "not_utf_8", field: null }, 400, "The name of a field is not UTF-8"],
  [{ kind: "field_charset", field: "a", found: "x\u001b[2J" }, 400, "'a' cannot be read in its charset: 'x\\u001b[2J'"],
  [{ kind: "data_twice" }, 400, "csvdata was sent twice"],
  [{ kind: "name_too_long", most: 256 }, 413, "more than 256 bytes"],
  [{ kind: "field_too_large", field: "a", most: 64 * 1024 }, 413, "The field 'a' has more than 64 KiB"],
  [{ kind: "fields_too_large", most: 256 * 1024 }, 413, "The fields of the request have more than 256 KiB together"],
  [{ kind: "too_many_fields", most: 100 }, 413, "more than 100 fields"],
  [{ kind: "too_much_data", most: 2048 * MIB }, 413, "csvdata has more than 2 GiB"],
  [{ kind: "body_too_large", most: 3 * MIB + 1 }, 413, "more than 3145729 bytes"],
  [{ kind: "data_before_login", most: MIB }, 413, "More than 1 MiB of csvdata came before the login"],
  [{ kind: "body_before_login", most: 3 * MIB }, 413, "More than 3 MiB came before the login"],
];

for (const [problem, status, text] of CASES) {
  Deno.test(`a request is refused in one line, with a way out: ${JSON.stringify(problem)}`, () => {
    const message = formProblem(problem);
    assertEquals(formProblemStatus(problem), status);
    assert(message.text.startsWith("#") && message.text.includes(text), message.text);
    // deno-lint-ignore no-control-regex
    assert(!/[\u0000-\u001f]/.test(message.text + message.hint), message.text);
    assert((message.hint ?? "").length > 10);
  });
}

Deno.test("every fault of a multipart body is told, with its place", () => {
  const kinds = [
    "boundary_parameter",
    "no_boundary",
    "end_missing",
    "boundary_line",
    "part_header",
    "disposition",
    "part_content_type",
  ];
  const faults = [
    ...kinds.map((kind) => ({ kind })),
    { kind: "part_headers_too_large", most: 16 * 1024 },
    { kind: "around_parts_too_large", most: 64 * 1024 },
    { kind: "transfer_encoding", found: "base64" },
  ] as readonly MultipartFault[];
  const texts = faults.map((fault) => formProblem({ kind: "multipart", fault, at: 7 }).text);
  assertEquals(new Set(texts).size, faults.length);
  for (const text of texts) assert(/^#The multipart body of the request is malformed at byte 7: ./.test(text), text);
});

Deno.test("whoever forgot the Content-Type of a file learns how to give it", () => {
  for (
    const problem of [{ kind: "not_a_form", at: 0 }, { kind: "name_too_long", most: 256 }, {
      kind: "media_type",
      found: null,
    }] as const
  ) {
    assert(formProblem(problem).hint?.includes("-H 'Content-Type: text/csv' --data-binary @FILE"));
  }
});
