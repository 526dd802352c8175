/** What `completions` says, and the comments at the head of its scripts. */
import type { StopMessage } from "../errors.ts";
import type { Shell } from "../parameters/list/command_words.ts";
import { quoted } from "./quoted.ts";

const HOW_TO_USE: Readonly<Record<Shell, readonly string[]>> = {
  bash: [
    "Needs bash 3.2 or later. Try it in a running shell: source <(csvrecon completions bash)",
    "Keep it: in /usr/local/share/bash-completion/completions/csvrecon",
    "or ~/.local/share/bash-completion/completions/csvrecon",
  ],
  zsh: [
    "Try it in a running shell: source <(csvrecon completions zsh)",
    "Keep it: in a file _csvrecon in a folder of $fpath, as /usr/local/share/zsh/site-functions",
  ],
  fish: [
    "Try it in a running shell: csvrecon completions fish | source",
    "Keep it: in ~/.config/fish/completions/csvrecon.fish",
  ],
};

/** Lines without the signs of a comment. */
export function completionHead(shell: Shell, version: string): readonly string[] {
  return [
    `Completion of csvrecon ${version} for ${shell}, printed by csvrecon completions ${shell}.`,
    ...HOW_TO_USE[shell],
  ];
}

/** @param found null: no shell was named */
export function unknownShell(found: string | null, nearest: string | null, known: readonly string[]): StopMessage {
  const meant = nearest === null ? "" : `. Did you mean '${nearest}'?`;
  const text = found === null ? "#The name of the shell is missing" : `#Unknown shell: ${quoted(found)}${meant}`;
  return { text, hint: `Expected csvrecon completions ${known.join("|")}` };
}
