/** Code pages of DOS, which the Encoding Standard does not have. Every byte of theirs is a character. */

/** The characters of the bytes 80 to FF (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/). */
const UPPER_HALVES: Readonly<Record<string, string>> = {
  cp437: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  cp850: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  cp852: "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐" +
    "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
};

/** That of Western Europe has the sign of the euro in place of the dotless i since 1998 (IBM's CP00858). */
const EURO_FOR_DOTLESS_I: Readonly<Record<string, string>> = { cp858: "cp850" };

/** As `TextDecoder` would call them. */
export const DOS_CODE_PAGES: readonly string[] = ["cp850", "cp437", "cp852", "cp858"];

const FIRST_BEYOND_ASCII = 0x80;

/** The UTF-16 code unit of each byte; null: the encoding is no code page of DOS. */
export function dosTable(encoding: string): Uint16Array | null {
  if (!DOS_CODE_PAGES.includes(encoding)) return null;
  const base = EURO_FOR_DOTLESS_I[encoding];
  const upper = base === undefined ? UPPER_HALVES[encoding] : UPPER_HALVES[base]?.replace("ı", "€");
  return Uint16Array.from(
    { length: 256 },
    (_, byte) => byte < FIRST_BEYOND_ASCII ? byte : upper?.charCodeAt(byte - FIRST_BEYOND_ASCII) ?? 0,
  );
}
