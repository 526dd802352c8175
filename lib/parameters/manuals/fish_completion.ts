/** The completion script for fish. */
import { COMMAND_HELP } from "../../messages/help.ts";
import { WORD_PLACES, type WordPlace } from "../list/command_words.ts";
import type { Parameter } from "../list/definitions.ts";
import { headOf, offeredFiles, offeredValues, typedParametersOf } from "./completion_candidates.ts";
import { COMMANDS, type CommandWord } from "../list/parameter_definition.ts";

/** @returns the script, ending with a line end */
export function fishCompletion(): string {
  return [
    ...headOf("fish"),
    "",
    `set -g __csvrecon_commands ${COMMANDS.join(" ")}`,
    CONDITIONS,
    "complete -c csvrecon -f",
    "complete -c csvrecon -l help -d 'show the help'",
    ...COMMANDS.map(commandLine),
    ...WORD_PLACES.map(wordLine),
    ...COMMANDS.flatMap((command) => typedParametersOf(command).flatMap((parameter) => linesOf(parameter, command))),
    "",
  ].join("\n");
}

function commandLine(command: CommandWord): string {
  const condition = inFishApostrophes("__csvrecon_behind ''; and __csvrecon_is_first");
  return `complete -c csvrecon -n ${condition} -a ${command} -d ${inFishApostrophes(COMMAND_HELP[command].summary)}`;
}

function wordLine({ behind, words, repeats }: WordPlace): string {
  const patterns = repeats === true ? [behind, `${behind} *`] : [behind];
  const condition = inFishApostrophes(["__csvrecon_behind", ...patterns.map(inFishApostrophes)].join(" "));
  return `complete -c csvrecon -n ${condition} ${
    words.length === 0 ? "-F" : `-a ${inFishApostrophes(words.join(" "))}`
  }`;
}

/** An alias is understood, but not offered by itself: its line has no description. */
function linesOf(parameter: Parameter, command: CommandWord): readonly string[] {
  const hyphenated = parameter.name.replaceAll("_", "-");
  const meaning = inFishApostrophes(parameter.uses[command]?.meaning ?? "");
  const line = (name: string, condition: string) =>
    `complete -c csvrecon -n ${inFishApostrophes(condition)} -l ${name} ${valueOptions(parameter)} -d ${meaning}`;
  const condition = `__csvrecon_is ${command}`;
  return [
    line(parameter.name, condition),
    ...(hyphenated === parameter.name ? [] : [line(hyphenated, `${condition}; and __csvrecon_hyphens`)]),
    ...parameter.aliases.map((alias) => line(alias, `${condition}; and __csvrecon_has --${alias}`)),
  ];
}

/** -x: a value is needed, and no file; -r: it may be a file too. */
function valueOptions(parameter: Parameter): string {
  const values = offeredValues(parameter);
  const words = values.length === 0 ? "" : ` -a ${inFishApostrophes(values.join(" "))}`;
  switch (offeredFiles(parameter)) {
    case "several":
      return `-x -a ${inFishApostrophes("(__fish_complete_list , __fish_complete_path)")}`;
    case "one":
      return `-r -F${words}`;
    case "none":
      return `-x${words}`;
  }
}

function inFishApostrophes(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

const CONDITIONS = `
# The words before the cursor that are no parameters, and no values of parameters.
function __csvrecon_words
    set -l words
    set -l is_value no
    for token in (commandline -opc)[2..-1]
        if string match -qr -- '^--[A-Za-z]' $token
            string match -q -- '*=*' $token; and set is_value no; or set is_value yes
        else if test $is_value = yes
            set is_value no
        else
            set -a words $token
        end
    end
    string join -- ' ' $words
end

function __csvrecon_is_first
    test (count (commandline -opc)) -eq 1
end

function __csvrecon_behind
    set -l words (__csvrecon_words)
    for pattern in $argv
        string match -q -- $pattern "$words"; and return 0
    end
    return 1
end

# Whether the command is the one named; without a command it is import.
function __csvrecon_is
    set -l tokens (commandline -opc)
    if contains -- "$tokens[2]" $__csvrecon_commands
        test "$tokens[2]" = $argv[1]
    else
        test import = $argv[1]
    end
end

# Whether names on this line are spelt with hyphens between their words.
function __csvrecon_hyphens
    string match -qr -- ' --[a-z]+-' (commandline -cp)
end

function __csvrecon_has
    string match -q -- "* $argv[1]*" (commandline -cp)
end
`;
