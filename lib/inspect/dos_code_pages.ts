/** Code pages of DOS, which the Encoding Standard does not have: to recognise a file that is written in one. */

/** The characters of the bytes 80 to FF (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/). */
const UPPER_HALVES: Readonly<Record<string, string>> = {
  CP437: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  CP850: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  CP852: "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐" +
    "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
};

/** Their names, as people and `iconv` know them, the likeliest first. */
export const DOS_CODE_PAGES: readonly string[] = ["CP850", "CP437", "CP852"];

/** The text that bytes are in a code page. @param name one of `DOS_CODE_PAGES` */
export function decodeDos(bytes: Uint8Array, name: string): string {
  const upper = UPPER_HALVES[name] ?? "";
  return Array.from(bytes, (byte) => byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80)).join("");
}
