/**
 * Colours that people with any common kind of colour vision can tell apart, after Okabe and Ito,
 * https://jfly.uni-koeln.de/color.
 */
const colors = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442', '#8c8c8c'];

export const branchColor = (index: number): string => colors[index % colors.length]!;
