/** A folder that lasts as long as a test. */
import { join } from "@std/path";

export interface TemporaryFolder {
  /** Absolute, without links. */
  readonly folder: string;
  /** Absolute path of a file of the folder. */
  path(name: string): string;
  /** Writes a file of the folder. @returns its absolute path */
  write(name: string, content: string | Uint8Array): string;
}

/** Makes a folder, hands it to `use` and removes it. */
export async function withTemporaryFolder<T>(use: (folder: TemporaryFolder) => Promise<T>): Promise<T> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "csvrecon-" }));
  const path = (name: string) => join(folder, name);
  try {
    return await use({ folder, path, write: (name, content) => writeFile(path(name), content) });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function writeFile(path: string, content: string | Uint8Array): string {
  Deno.writeFileSync(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  return path;
}
