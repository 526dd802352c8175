/** Runs a test with files of its own, in a folder that is gone afterwards. @param files content by name */
export async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
