/** What `check` says of files that people had trouble with (faults of other tools, rebuilt with invented data). */
import { assertStringIncludes } from "@std/assert";
import { assertExit, describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";

/** Bytes of Latin-1, each as the character of that number. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function wide(text: string, zeros: 1 | 3 = 1): Uint8Array {
  return Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0), ...new Array<number>(zeros).fill(0)]));
}

type Case = readonly [
  what: string,
  input: string | Uint8Array,
  parameters: readonly string[],
  exitCode: number,
  said: readonly string[],
];

const MANY_COLUMNS = "Asset tag;Name;Price\nA1;x;3\nA2;y;4\n";

const CASES: readonly Case[] = [
  // What is no CSV.
  ["a workbook", bytes("PK\x03\x04\x14\x00\x06\x00"), [], 65, ["ZIP archive, as a workbook of Excel (.xlsx) is"]],
  ["an old workbook", bytes("\xd0\xcf\x11\xe0\xa1\xb1"), [], 65, ["an old workbook of Excel (.xls)"]],
  ["gzip", bytes("\x1f\x8b\x08\x00"), [], 65, ["gunzip"]],
  ["bzip2", bytes("BZh91AY&SY"), [], 65, ["unpack it with bzip2"]],
  ["xz", bytes("\xfd7zXZ\x00"), [], 65, ["unpack it with xz"]],
  ["a PDF", "%PDF-1.7\n", [], 65, ["a PDF document"]],
  ["a picture", bytes("\x89PNG\r\n\x1a\n"), [], 65, ["a picture (PNG)"]],
  ["a document", "{\\rtf1\\ansi x}", [], 65, ["word processor"]],
  ["an SQLite database", "SQLite format 3\0\x10\x00", [], 65, ["an SQLite database"]],
  ["HTML", "<html><body>Please log in</body></html>\n", [], 65, ["login page"]],
  ["HTML behind blank lines", "\n\n<!DOCTYPE html>\n<p>x\n", [], 65, ["a page of HTML"]],
  ["JSON", '[{"name": "A"}]\n', [], 65, ["This is JSON"]],
  ["a JSON object", '{\n  "name": "A"\n}\n', [], 65, ["This is JSON"]],
  ["a parameter file", "csvfile = a.csv\nclass = Person\n", [], 65, ["This is a parameter file"]],
  ["UTF-32", wide("Name,Code\nA,1\n", 3), [], 65, ["This is UTF-32"]],
  ["a file of zeros", new Uint8Array(5000), [], 65, ["no text in any charset"]],
  ["a program", bytes("\x7fELF\x02\x01\x01" + "\0\x03".repeat(50)), [], 65, ["no text in any charset"]],
  ["a program in fours", bytes(("\x7fELF" + "\x05\0\0\0\x40\0\0\0").repeat(200)), [], 65, ["no text in any charset"]],
  ["only a header", "a;b\n", [], 0, ["There is no row below the header", "Separator: ;"]],
  ["nothing", "", [], 65, ["Missing data"]],
  ["blanks", "\n \n\t\n", [], 65, ["Missing data"]],
  // Charsets and marks.
  ["UTF-8 with umlauts", "Name\nM\u00fcller\nZo\u00eb\n", [], 0, [
    "All of it is UTF-8, with 2 characters beyond ASCII, the first in line 2",
  ]],
  ["ASCII", "Name,Code\nA,1\n", [], 0, ["Nothing but ASCII"]],
  ["a mark", "\ufeffName,Code\nA,1\n", [], 0, [
    "Charset: UTF-8. The file begins with the byte order mark of UTF-8",
    "'Name'",
  ]],
  ["a mark, and another charset", "\ufeffName\nM\u00fcller\n", ["--charset=WINDOWS-1252"], 0, [
    "The mark wins: give no charset",
  ]],
  ["UTF-8 read as 1252", "Name\nM\u00fcller\n", ["--charset=WINDOWS-1252"], 1, [
    "'Müller' would be read as 'MÃ¼ller'",
    "Give charset=UTF-8",
  ]],
  ["UTF-16 without a mark", wide("Asset tag\tName\r\nU1\tZo\u00eb\r\n"), [], 0, [
    "Charset: UTF-16LE. Every second byte is 0",
    "--charset=UTF-16LE --separator=tab",
  ]],
  ["UTF-16 with a mark", bytes("\xff\xfe" + String.fromCharCode(...wide("Name\tCode\r\nA\t1\r\n"))), [], 0, [
    "the byte order mark of UTF-16LE",
    "Separator: tab",
  ]],
  ["1252", bytes("Name;Ort\nM\xfcller;K\xf6ln\n"), [], 0, [
    "WINDOWS-1252 reads: Müller, Köln",
    "is a guess",
    "--charset=WINDOWS-1252 --separator=';'",
  ]],
  ["1252, said to be UTF-8", bytes("Name\nM\xfcller\n"), ["--charset=UTF-8"], 65, [
    "Undecodable bytes at line 2, byte offset 6: FC",
  ]],
  ["a code page of DOS", bytes("Asset tag;Name\r\nU2;M\x81ller\r\nU3;Stra\xe1e\r\n"), [], 0, [
    "CP850 reads: Müller, Straße",
    "is a guess",
    "--charset=CP850 --separator=';'",
  ]],
  ["cut off inside a character", bytes("Asset tag,Name\nA1,H\xc3\xa4user\nA2,M\xc3"), [], 65, [
    "ends inside a character: is it whole?",
  ]],
  ["two charsets", bytes("Name\nM\xc3\xbcller\nZo\xc3\xab\nH\xe4user\n"), [], 65, [
    "Good UTF-8 stands before these bytes",
  ]],
  // Dialects.
  ["semicolons", MANY_COLUMNS, [], 0, [
    "Separator: ;. The header and all of the first 2 rows have 3 cells",
    "--separator=';'",
  ]],
  ["a wrong separator", MANY_COLUMNS, ["--separator=,"], 1, [
    "The separator , was given, but ; makes 3 columns",
    "Give separator=;",
  ]],
  ["a wrong separator that cuts cells", "a;b;c\n1,5;2;3\n1;2;3\n", ["--separator=,"], 1, ["Give separator=;"]],
  ["tabs", "Asset tag\tName\nA1\tx\n", [], 0, ["Separator: tab", "--separator=tab"]],
  ["bars", "a|b\n1|2\n", [], 0, ["--separator='|'"]],
  ["apostrophes", "'a','b'\n'1,5','2'\n'2','3'\n", [], 0, ["Qualifier: '", "have 2 cells"]],
  ["commas within cells", 'a;b\n"x;y";1,5\nz;2,5\n', [], 0, ["Separator: ;", "numbers with other signs"]],
  ["one column", "Name\nA\nB\n", [], 0, ["There is one column only"]],
  ["a sep= line", "sep=;\r\nAsset tag;Name\r\nA1;x\r\n", [], 0, [
    "Header: line 2",
    "CSV, 1 row, 2 columns",
  ]],
  ["a sep= line, judged", "sep=,\na,b\n1,2\n", ["--separator=,"], 0, ["Header: line 2"]],
  ["a sep= line that contradicts", "sep=;\na,b\n1,2\n", ["--separator=,"], 1, [
    "The first line is Excel's 'sep=;': leave separator out, and it is believed, or give separator=;",
  ]],
  ["a sep= line of a tab", "sep=\t\na\tb\n1\t2\n", [], 0, ["Header: line 2", "CSV, 1 row, 2 columns"]],
  ["a sep= line of several characters, judged", "sep=||\na||b\n1||2\n", ["--separator=||"], 0, ["Header: line 2"]],
  ["fewer lines than are passed over", "a,b\n1,2\n", ["--skip_lines=3"], 65, [
    "not read as CSV",
    "Error: The file has 2 lines with a line end, of which skip_lines=3 passes over 3: nothing is left",
    "1 error that would",
  ]],
  ["fewer rows than the footer has", "a,b\n1,2\n", ["--footer_lines=3"], 65, [
    "Looked at: the whole file",
    "Error: The file has 1 row behind its header: footer_lines=3 says that the last 3 are no data",
    "1 error that would stop an import or leave rows out; 0 warnings",
  ]],
  ["no row but the footer", "a,b\n1,2\n", ["--footer_lines=1"], 0, ["There is no row below the header"]],
  ["lines without an end before the header", "x".repeat(17 * 1024 * 1024), ["--skip_lines=1", "--whole=1"], 65, [
    "Error: The lines that skip_lines passes over are longer than 16777216 characters",
    "1 error that would",
  ]],
  ["no header, as given", "A,1\nB,2\nC,3\n", ["--header=Name,Code"], 0, [
    "CSV, 3 rows, 2 columns",
    "Separator: ,. All of the first 3 rows have 2 cells",
    "Header: none in the file\n",
    "--header='Name, Code'",
  ]],
  ["no header, as given, below the line of PowerShell", '#TYPE System.Object\n"A","1"\n', ["--header=Name,Code"], 1, [
    "1 'Name': never empty, unique",
    "--skip_lines=1 --header='Name, Code'",
  ]],
  ["no header", "ann@example.org;Ann;4\nbob@example.org;Bob;5\n;Cid;6\ndan@example.org;Dan;7\n", [], 1, [
    "CSV, 4 rows, 3 columns",
    "Header: none in the file",
    "1 'COLUMN 1': 1 empty cell, unique",
    "Error: The file has no header: cell 1 of its first row is an e-mail address, as all 2 filled cells below it",
    "header names its 3 columns, in their order",
    "--header='COLUMN 1, COLUMN 2, COLUMN 3' --separator=';'",
  ]],
  ["no header below a line that says the separator", "sep=|\nA|2024-01-02\nB|2024-02-03\nC|2024-12-24\n", [], 1, [
    "CSV, 3 rows, 2 columns",
    "cell 2 of its first row is a date",
    "--header='COLUMN 1, COLUMN 2'",
  ]],
  [
    "no header behind what is passed over",
    "x\n# y\nA,10.0.0.1\nB,10.0.0.2\nC,10.0.0.3\n",
    [
      "--skip_lines=1",
      "--comment_sign=#",
    ],
    1,
    ["CSV, 3 rows, 2 columns", "cell 2 of its first row is an IP address"],
  ],
  [
    "days as names of columns",
    "Name,2024-01-01,2024-01-02\nA,2024-03-01,2024-03-02\nB,2024-04-01,2024-04-02\n",
    [],
    0,
    [
      "Header: line 1",
      "The header, in line 1, looks like data",
      "or name them with header",
    ],
  ],
  ["lists below addresses", "all@example.org,few@example.org\na@example.org,b@example.org\nc@example.org,\n", [], 0, [
    "Header: line 1",
    "looks like data",
  ]],
  ["numbers, which may be names", "2019,2020,A\n1,2,B\n3,4,C\n", [], 0, ["Header: line 1", "looks like data"]],
  ["one row below an address is too little", "ann@example.org,Ann\nbob@example.org,Bob\n", [], 0, ["Header: line 1"]],
  ["#TYPE", '#TYPE System.Object\n"name","code"\n"A","1"\n', [], 1, [
    "the #TYPE line of PowerShell: give skip_lines=1",
    "Header: line 2",
    "To load it, give: --skip_lines=1",
  ]],
  ["#TYPE, passed over", '#TYPE System.Object\n"name","code"\n"A","1"\n', ["--skip_lines=1"], 0, [
    "To load it, give: --skip_lines=1",
  ]],
  // What stands around the rows, when it is given.
  [
    "lines around the rows",
    "Report\n\nsep=;\nName;Code\n# moved\nA;1\nTotal;;;\n",
    [
      "--skip_lines=2",
      "--comment_sign=#",
      "--footer_lines=1",
    ],
    0,
    ["Header: line 4", "CSV, 1 row, 2 columns", "Separator: ;"],
  ],
  // What stands around the rows, found out.
  [
    "lines before the header, a blank one and comments",
    'Suppliers of "2024"\n\nName;Code;Rank\n# moved\nAcme;AC;x\nBell;BE;y\n# "sold; gone\nCord;CO;z\n',
    [],
    0,
    [
      "CSV, 3 rows, 3 columns",
      "Header: line 3",
      "Warning: The header seems to stand in line 3, below other lines\n" +
      "  skip_lines=2 passes over these\n",
      "Warning: 2 of the first lines begin with # and have another number of cells than all rows (lines 4, 7)\n" +
      "  comment_sign=# passes over such lines\n",
      "; 2 warnings",
      "To load it, give: --skip_lines=2 --comment_sign='#' --separator=';'\n",
    ],
  ],
  [
    "the lines around the rows of docs/files.md",
    'Suppliers of the year\nas of "today\n\nsep=;\nName;Code;Remark;\n# moved to Oslo\nAcme;AC;;\nBell;BE;new;\n' +
    "2 suppliers;;;\n",
    [],
    0,
    ["CSV, 2 rows, 4 columns", "--skip_lines=4 --comment_sign='#' --footer_lines=1 --separator=';'"],
  ],
  ["a title of a spreadsheet, as long as the rows", "Title;;\n;;\nName;Code;Rank\nA;x;y\nB;z;y\n", [], 0, [
    "Header: line 3",
    "--skip_lines=2",
  ]],
  ["a name and columns without names are no title", "Name;;\nA;B;C\nD;E;F\n", [], 1, ["Header: line 1"]],
  ["a title over numbers", "Prices\nName,Price\nA,1\nB,2\n", [], 0, ["Header: line 2", "--skip_lines=1"]],
  ["a title over a sep= line", "Prices\n\nsep=;\nName;Price\nA;1\nB;2\n", [], 0, [
    "Header: line 4",
    "--skip_lines=3 --separator=';'",
  ]],
  ["a header that is too short is no title", "Name\nA,x\nB,y\n", [], 1, ["Header: line 1"]],
  ["a header of which the last name is missing is no title", "a;b\n1;2;\n3;4;\n", [], 0, ["Header: line 1"]],
  ["lines that are passed over, given as none", "Prices\n\nName,Price\nA,1\nB,2\n", ["--skip_lines=0"], 1, [
    "Header: line 1",
  ]],
  ["a header that begins with a sign is no comment", "#Name,Code\nA,1\nB,2\n", [], 0, ["Header: line 1", "0 warnings"]],
  ["rows that begin with a sign are no comments", "Name,Code\n#A,1\nB,2\n", [], 0, ["CSV, 2 rows", "0 warnings"]],
  ["a line of a cell that begins with a sign is no comment", 'Name,Note\nA,"1\n# x"\nB,2\n', [], 0, [
    "CSV, 2 rows",
    "0 warnings",
  ]],
  ["totals", "Name;Price;Code\nA;1;x\nB;2;y\nTotal;3;\n", [], 0, [
    "CSV, 2 rows, 3 columns",
    "Warning: The last row looks like no data (line 4)\n  footer_lines=1 passes over it\n",
    "To load it, give: --footer_lines=1 --separator=';'",
  ]],
  [
    "how many rows there are, and when they were written",
    "a,b,c\n1,2,3\n4,5,6\n2 rows\nGenerated on 2024-01-02\n",
    [],
    0,
    [
      "The last 2 rows look like no data (lines 4, 5)",
      "--footer_lines=2",
    ],
  ],
  ["a last row that is too short is no footer", "a,b,c\n1,2,3\n4,5,6\n7\n", [], 1, ["CSV, 3 rows", "(line 4): 1"]],
  ["a company of that name is no footer", "Name,Code\nA,1\nTotal,2\n", [], 0, ["CSV, 2 rows", "0 warnings"]],
  ["another number of rows is no footer", "Name,Code,x\nA,1,y\n3 Musketeers,,\n", [], 0, ["CSV, 2 rows", "0 warnings"]],
  ["a footer, given as none", "Name;Price;Code\nA;1;x\nTotal;3;\n", ["--footer_lines=0"], 0, [
    "CSV, 2 rows",
    "0 warnings",
  ]],
  ["a separator of two characters", "Name||Price||Code\nA||1||x\nB||2||\n", [], 0, [
    "Separator: ||. The header and all of the first 2 rows have 3 cells",
    "--separator='||'",
  ]],
  ["another one", "Name::Code\nA:b::1\nB::2\n", [], 0, ["Separator: ::", "--separator=::"]],
  ["a separator within cells", "Name;Code\nA::b;1\nB::c;2\n", [], 0, ["Separator: ;."]],
  ["an escape sign, found out", 'Name,Code\n"A \\"B\\", c",1\nx\\,y,2\n', [], 0, [
    "CSV, 2 rows, 2 columns",
    "With \\ before qualifiers and separators within cells all rows have as many cells as the header",
    "--escape_sign='\\'",
  ]],
  ["a backslash that is none", 'Name,Code\n"C:\\x\\",1\nB,2\n', [], 1, ["a backslash before a closing qualifier"]],
  [
    "what is given is told with the rest",
    "A,1\n",
    ['--header=Name, "Code, of it"', "--short_rows=fill", "--escape_sign=none"],
    0,
    ["--header='Name, \"Code, of it\"'", "--short_rows=fill", "--escape_sign=none"],
  ],
  ["no header", "A,1\nB,2\n", ["--header=Name, Code"], 0, ["CSV, 2 rows, 2 columns", "1 'Name'"]],
  ["an escape sign", 'Name,Code\n"A \\"B\\"",1\n', ["--escape_sign=\\"], 0, ["CSV, 1 row, 2 columns"]],
  // Headers.
  ["separators at the ends of lines", "Asset tag,Name,,\nA1,x,,\nA2,y,,\n", [], 0, [
    "3 '': always empty",
    "Nothing was found that would stop an import or leave rows out; 0 warnings",
  ]],
  [
    "a column that is not loaded: it may be there twice, and nobody asks for its dates",
    "Asset tag,When,When\nA1,01/02/2020,NULL\n",
    ["--ignore_columns=when, Wen"],
    0,
    [
      "2 'When': never empty, unique\n",
      "ignore_columns names 'Wen', which is no column of the file. Did you mean 'When'?\n" +
      "Nothing was found that would stop an import or leave rows out; 1 warning\n",
    ],
  ],
  ["short rows that are filled up", "a,b,c\n1\n2,x\n", ["--short_rows=fill"], 0, [
    "3 'c': always empty",
    "Nothing was found",
  ]],
  ["short rows that are filled up, and a long one", "a,b\n1\n2,x,y\n", ["--short_rows=fill"], 1, [
    "1 row has another number of cells than the header's 2 (line 3): 3\n",
  ]],
  ["short rows", "a,b,c\n1\n2,x\n3,4,5\n", [], 1, [
    "2 rows have another number of cells than the header's 3 (lines 2, 3): 1 in the first\n",
    "If what is missing are empty cells at the end, give short_rows=fill",
  ]],
  ["a column of numbers without a name", ",Asset tag\n0,A1\n", [], 1, ["Column 1 has no name, but filled cells"]],
  ["separators at the ends of rows", "Asset tag,Name\nA1,x,\nA2,y,\n", [], 1, [
    "2 rows have another number of cells than the header's 2 (lines 2, 3): 3 in the first",
    "Each of them ends with a separator",
  ]],
  ["the same name twice", "Name,Code,name\nA,1,B\n", [], 1, ["Columns 1 and 3 have one name: 'Name'"]],
  ["a blank that is none", "Asset\u00a0tag,Name\nA1,x\n", [], 0, ["'Asset‹U+00A0›tag'"]],
  ["a name with no width", "Asset tag,N\u200bame\nA1,x\n", [], 0, ["'N‹U+200B›ame'"]],
  ["no header", "1,Anna,2024-01-02\n2,Ben,2024-01-03\n", [], 0, ["The header, in line 1, looks like data"]],
  ["sep= the given qualifier", "sep=|\na;b\n|1|;|2|\n", ["--qualifier=|"], 1, ["Separator: ;", "Qualifier: |"]],
  ["sep= the usual qualifier, given", 'sep="\na;b\n1;2\n', ['--qualifier="'], 1, ["Separator: ;", 'Qualifier: "']],
  ["sep= the usual qualifier", 'sep="\na"b\n1"2\n', [], 0, ['Separator: "', "Qualifier: '"]],
  // Rows.
  ["short and long rows", "a,b,c\n1,2\n1,2,3\n1,2,3,4\n", [], 1, [
    "2 rows have another number of cells than the header's 3 (lines 2, 4): 2 in the first",
  ]],
  ["shifted rows", 'a,b\n1,$78"Table, Round 48"\n1,2\n', [], 1, ["a separator is missing (line 2)"]],
  ["a backslash", 'a,b\n"x\\","y"\n', [], 1, ["a backslash before a closing qualifier (line 2)"]],
  ["a header again", "\ufeffAsset tag,Name\nA1,x\n\ufeffAsset tag,Name\nAsset tag,Name\nA3,z\n", [], 0, [
    "2 rows have the words of the header (lines 3 …)",
    "CSV, 2 rows",
  ]],
  ["separators only", "a,b\n,\n1,2\n,\n", [], 0, ["2 rows of separators only (the first in line 2)"]],
  ["NUL", "a,b\n1,x\0y\n", [], 1, ["1 row has the character NUL (line 2)"]],
  ["controls of a wrong charset", "a,b\n1,x\u0085y\n", [], 0, [
    "1 row with control characters (U+0080 to U+009F) in line 2",
  ]],
  ["a cell that never ends", 'a,b\n1,"x\n2,y\n', [], 65, ["The text qualifier opened at line 2 is never closed"]],
  ["a file cut off", "a,b,c\n1,2,3\n1,2", [], 1, [
    "The last row, in line 3, has 2 cells of 3, and no line end: is the file whole?",
  ]],
  ["a header that is shifted", 'a,"b"x,c\n1,2,3\n', [], 65, ["text behind a closing text qualifier"]],
  // Values.
  ["dates that fit two formats", "a,when\n1,03/04/2020\n2,05/06/2021\n", [], 0, [
    "fit several formats: d/m/Y and m/d/Y. No row decides",
  ]],
  ["dates that one row decides", "a,when\n1,03/04/2020\n2,25/06/2021\n", [], 0, [
    "dates: d/m/Y (line 3 decides)",
    "--date_format=d/m/Y",
  ]],
  ["American dates", "a,when\n1,3/4/2020\n2,6/25/2021\n", [], 0, [
    "dates: n/j/Y (line 3 decides)",
    "--date_format=n/j/Y",
  ]],
  ["German dates", "a;when\n1;03.04.2020\n", [], 0, ["dates: d.m.Y", "--date_format=d.m.Y"]],
  ["dates as stored", "a,when\n1,2020-04-03\n", [], 0, ["dates: Y-m-d\n", "0 warnings\n"]],
  ["dates with a time", "a,when\n1,03.04.2020 10:11\n", [], 0, ["--date_format='d.m.Y H:i'"]],
  ["dates with T", "a,when\n1,2024-01-02T10:11:12Z\n2,2024-01-03T10:11:12Z\n", [], 0, [
    "'when': never empty, unique, dates as '2024-01-02T10:11:12Z'",
    "0 warnings",
  ]],
  ["dates with T in another order", "a,when\n1,31.12.2024T10:11:12Z\n2,30.12.2024T10:11:12Z\n", [], 0, [
    "No date_format reads the dates of 'when', as '31.12.2024T10:11:12Z'",
  ]],
  ["padded and not", "a,when\n1,2/17/2022\n2,02/17/2022\n", [], 0, ["give: --date_format=n/d/Y"]],
  ["decimal commas", "a;price\n1;12,50\n2;3\n", [], 0, ["--decimal_sign=','"]],
  ["decimal commas and points for thousands", "a;price;x\n1;1.234,50;1.000\n2;3;2,5\n", [], 0, [
    "--decimal_sign=',' --grouping_sign=.",
  ]],
  ["commas for thousands", 'a;price\n1;"1,234.5"\n2;"1,234,567"\n', [], 0, ["--grouping_sign=','"]],
  ["blanks for thousands", "a;price\n1;1\u00a0234,5\n2;3\n", [], 0, ["--decimal_sign=',' --grouping_sign=space"]],
  ["one comma, or both", 'a;price\n1;"1,234"\n2;3\n', [], 0, [
    "1 row has a number with a comma or signs of thousands in 'price' (line 2): '1,234'",
  ]],
  ["numbers in two notations", 'a;price;other\n1;"12,5";1.5\n2;"13,5";2.5\n', [], 0, [
    "2 rows have a number with a comma or signs of thousands in 'price' (lines 2, 3): '12,5'",
  ]],
  ["words for nothing", "a,price,when\n1,NULL,2024-01-02\n2,3,\\N\n3,4,2024-01-03\n4,N/A,2024-01-05\n", [], 0, [
    "--null_words='NULL, \\N, N/A'",
    "in place of a value: 'NULL' in 'price' (line 2)",
  ]],
  ["names that look like words for nothing", "a,name\n1,Null\n2,None\n3,NULL\n", [], 0, ["0 warnings"]],
  ["no such day", "a,when\n1,01.02.2020\n2,31.04.2020\n3,03.04.2020\n4,05.04.2020\n5,06.04.2020\n", [], 0, [
    "1 row has a value in 'when' that is no date in d.m.Y (line 3)",
  ]],
  [
    "dates in other formats, and none",
    "a,when\n" + "1,31.12.2020\n".repeat(32) +
    "2,soon\n2,2020-12-31\n2,31.12.20\n2,31.04.2020\n2,later\n2,2020-12-30\n2,30.12.20\n",
    [],
    0,
    [
      "7 rows have a value in 'when' that is no date in d.m.Y (lines 34, 35, 36, 37, 38 …)",
    ],
  ],
  [
    "a date that nobody has does not decide",
    "a,when\n1,31/31/2020\n" + "1,03/04/2020\n".repeat(9) + "1,25/04/2020\n",
    [],
    0,
    [
      "dates: d/m/Y (line 12 decides)",
    ],
  ],
  ["decimal commas with a point for thousands", "a;Price\n1;12,50\n2;1.234,50\n3;12\n", [], 0, [
    "2 'Price': never empty, unique, numbers with other signs",
    "--decimal_sign=',' --grouping_sign=.",
  ]],
  ["yes and no", "a,b\n1,oui\n2,non\n3,oui\n", [], 0, ["2 'b': never empty, not unique (lines 2 and 4), yes and no"]],
  ["empty and constant columns", "a,b,c\n1,,x\n2,,x\n3,,x\n", [], 0, [
    "2 'b': always empty",
    "3 'c': never empty, all the same",
  ]],
  // Keys.
  ["twins", "tag,name\nTBD,pc 1\nA,x\ntbd,pc 2\nA,x\n", ["--reconciliationkeys=tag"], 1, [
    "1 row has the keys of an earlier row, and other values: line 4 that of line 2",
    "1 row repeats an earlier one: line 5 that of line 3",
  ]],
  ["no key", "tag,name\n,Ann\nB,Bob\n", ["--reconciliationkeys=Tag"], 0, ["1 row has no key at all (line 2)"]],
  ["a key that is no column", "tag,name\nA,x\n", ["--reconciliationkeys=tags"], 1, [
    "'tags' is no column of the file. Did you mean 'tag'?",
  ]],
];

async function check(scratch: Scratch, input: string | Uint8Array, parameters: readonly string[]): Promise<ProgramRun> {
  scratch.write("own.csv", input);
  return await scratch.run(["check", "own.csv", ...parameters]);
}

for (const [what, input, parameters, exitCode, said] of CASES) {
  Deno.test(`check: ${what}`, () =>
    withScratch(async (scratch) => {
      const run = await check(scratch, input, parameters);
      assertExit(run, exitCode);
      for (const text of said) assertStringIncludes(run.stdout, text, describeRun(run));
    }));
}

Deno.test("check: an output format that is none is refused; those of an import print lines for people", () =>
  withScratch(async (scratch) => {
    const wrong = await check(scratch, "a,b\n1,2\n", ["--output=jsn"]);
    assertExit(wrong, 64);
    assertStringIncludes(wrong.stderr, "'jsn'");
    scratch.write("own.params", "output = details\n");
    assertStringIncludes((await check(scratch, "a,b\n1,2\n", ["--param_file=own.params"])).stdout, "own.csv: CSV");
  }));
