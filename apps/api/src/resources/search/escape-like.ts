/** Takes the meaning from the characters that LIKE gives one. */
export const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);
