import { type ChartData, cellOf } from './data.ts';

/** Quotes a cell (RFC 4180) and stops a spreadsheet from taking a name for a formula. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The chart's table, its heads first: names, then exact values in ASCII digits. */
export function tableOf(data: ChartData): string[][] {
  const head = [
    data.keyHeader,
    ...data.columns.map(({ header, exactUnit }) =>
      exactUnit ? `${header} (${exactUnit})` : header,
    ),
  ];
  const rows = data.rows.map((row) => [
    row.label,
    ...data.columns.map(({ key }) => cellOf(row, key).exact),
  ]);
  return [head, ...rows];
}

/** The chart's table as CSV; UTF-8 with the mark that Excel needs. */
export function csvOf(data: ChartData): string {
  return `\ufeff${tableOf(data)
    .map((row) => row.map(quoted).join(','))
    .join('\r\n')}\r\n`;
}

/** Offers a file that was made in the browser. */
export function offerFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
