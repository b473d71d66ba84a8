/**
 * The clean-up that CLIP's tokenizer gives a text before it splits it (github.com/openai/CLIP, simple_tokenizer.py):
 * ftfy's repairs, HTML entities, white space, lower case.
 */
import { decodeHTML } from 'entities';

const lineBreaks = /\r\n|[\r\u2028\u2029\u0085]/g;
// eslint-disable-next-line no-control-regex
const terminalEscapes = /\u001b\[[\d;]*[a-zA-Z]/g;
// eslint-disable-next-line no-control-regex
const controlCharacters = /[\u0000-\u0008\u000b\u000e-\u001f\u007f\u206a-\u206f\ufeff\ufff9-\ufffc]/g;
/** Ligatures, full-width and half-width forms: those whose compatibility form is what was meant. */
const presentationForms = /[\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06\u3000\uff01-\uffef]/g;

/** Lower case, single spaces, no entities, straight quotes. Text in a wrong encoding is not repaired. */
export function cleanText(text: string): string {
  const unescaped = decodeHTML(decodeHTML(fixText(text)));
  return unescaped.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** What ftfy.fix_text does, but for wrong encodings. */
function fixText(text: string): string {
  // As ftfy: a text with tags in it is taken for markup, whose entities may be meant.
  const unescaped = text.includes('<') ? text : decodeHTML(text);
  return unescaped
    .replace(terminalEscapes, '')
    .replace(presentationForms, (form) => form.normalize('NFKC'))
    .replace(/[\u02bc\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(lineBreaks, '\n')
    .replace(controlCharacters, '')
    .normalize('NFC');
}
