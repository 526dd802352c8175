/** The part of the list of parameters (`definitions.ts`) that is about feeds: what becomes of objects that are gone from the file. */
import { GONE } from "../settings/feed_settings.ts";
import { optional, PLAIN } from "./definition_parts.ts";

export const FEED_PARAMETERS = [
  {
    ...PLAIN,
    isTold: true,
    name: "source",
    valueName: "NAME",
    uses: {
      import: optional(
        "name of the feed that the file is a part of: which objects of the class it has brought or met is remembered, and " +
          "what its next file lacks is gone; none: nothing is remembered",
      ),
    },
  },
  {
    ...PLAIN,
    isTold: true,
    name: "gone",
    valueName: "WAY",
    values: GONE,
    default: "keep",
    uses: {
      import: optional(
        "with source, objects that the feed had and this file lacks: `keep`: nothing becomes of them; `report`: they are " +
          "told; `update`: they get the values of gone_set; `delete`: they are deleted",
      ),
    },
  },
  {
    ...PLAIN,
    isTold: true,
    name: "gone_set",
    valueName: "VALUES",
    uses: {
      import: optional(
        "with gone=update: columns and their values, comma-separated, as `Status=Inactive, Organization->Name=Left`",
      ),
    },
  },
  {
    ...PLAIN,
    isTold: true,
    name: "gone_after",
    valueName: "DAYS",
    default: "0",
    uses: {
      import: optional("with source: an object is gone when files have lacked it for so many days; 0: at once"),
    },
  },
  {
    ...PLAIN,
    isTold: true,
    name: "gone_limit",
    valueName: "LIMIT",
    default: "5%",
    uses: {
      import: optional(
        "with source, more objects gone than `N`, or than `N%` of those that the feed has, take the whole run back, with " +
          "exit code 2",
      ),
    },
  },
  {
    ...PLAIN,
    isTold: true,
    name: "once",
    valueName: "1|0",
    default: "0",
    kind: "switch",
    uses: {
      import: optional(
        "with source, 1: a file that is byte for byte the feed's last one, with the same parameters, is not loaded again",
      ),
    },
  },
] as const;
