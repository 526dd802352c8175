/** All inputs that people had trouble with elsewhere. */
import type { FaultCase } from "./fault_case.ts";
import { FILE_FAULTS } from "./files.ts";
import { KEY_FAULTS } from "./keys.ts";
import { LINK_FAULTS } from "./links.ts";
import { OPERATOR_FAULTS } from "./operator.ts";
import { VALUE_FAULTS } from "./values.ts";

export const ALL_FAULTS: readonly FaultCase[] = [
  ...KEY_FAULTS,
  ...VALUE_FAULTS,
  ...FILE_FAULTS,
  ...LINK_FAULTS,
  ...OPERATOR_FAULTS,
];
