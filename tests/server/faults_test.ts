/** The inputs of `faults/` over HTTP: posted as a form, as a part of one and as the body itself, in turn. */
import { assertEquals } from "@std/assert";
import { ALL_FAULTS } from "../faults/all_faults.ts";
import { type FaultCase, isRefused } from "../faults/fault_case.ts";
import { assertStored, parametersOf, withCase } from "../faults/played_case.ts";
import { assertRight, toldBy } from "../faults/told_case.ts";
import { POSTED_ONE_OF } from "../helpers/posted_sample.ts";
import { formPost, multipartPost, rawPost } from "./post.ts";
import { serving } from "./served.ts";

const WAYS = [
  ({ load }: FaultCase, fields: Record<string, string>) => formPost(fields, load.csv),
  ({ load }: FaultCase, fields: Record<string, string>) => multipartPost(fields, load.csv, "case.csv"),
  ({ load }: FaultCase, fields: Record<string, string>) => rawPost(fields, load.csv),
];

/** Of a refused input, by what is told about it. */
const STATUS = { 64: 400, 65: 400, 66: 400 } as const;

for (const [index, one] of ALL_FAULTS.entries()) {
  if (index % POSTED_ONE_OF !== 0) continue;
  Deno.test(`fault ${one.fault}: ${one.title}; posted`, () =>
    withCase(one, "world.db", ({ scratch, database }) =>
      serving(scratch, {}, async ({ post }) => {
        const fields = { ...parametersOf(one.load), output: "json" };
        const answer = await post(WAYS[index % WAYS.length]!(one, fields));
        assertRight(one, toldBy(answer.text));
        assertEquals(answer.status, isRefused(one.right) ? STATUS[one.right.exitCode] : 200);
        assertStored(one, database);
      })));
}
