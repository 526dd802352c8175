/** The help of what prints completion scripts and the manual page. */
import type { CommandHelp } from "./help.ts";

export const COMPLETIONS: CommandHelp = {
  synopsis: "completions bash|zsh|fish",
  summary: "print a completion script for a shell",
  notes: [
    "The script completes commands, parameters, their values and file names. Make it anew for each version of csvrecon.",
  ],
  examples: [
    {
      title: "Complete in every bash of this user (with the package bash-completion)",
      commandLine: "csvrecon completions bash >~/.local/share/bash-completion/completions/csvrecon",
    },
    {
      title: "Complete in every fish of this user",
      commandLine: "csvrecon completions fish >~/.config/fish/completions/csvrecon.fish",
    },
  ],
};

export const MAN: CommandHelp = {
  synopsis: "man",
  summary: "print the manual page, for man",
  notes: [],
  examples: [
    { title: "Read it", commandLine: "csvrecon man | man -l -" },
    { title: "Keep it", commandLine: "csvrecon man >/usr/local/share/man/man1/csvrecon.1" },
  ],
};
