/** Zip archives whose files are not compressed. */
import { crc32 } from 'node:zlib';

const signatures = { file: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 };

export function zip(files: ReadonlyMap<string, Buffer>): Buffer {
  const contents: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const [name, bytes] of files) {
    directory.push(directoryEntry(name, bytes, position));
    const header = fileHeader(name, bytes);
    contents.push(header, bytes);
    position += header.length + bytes.length;
  }
  return Buffer.concat([...contents, ...directory, endOfDirectory(files.size, directory, position)]);
}

function fileHeader(name: string, bytes: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(signatures.file, 0);
  header.writeUInt32LE(crc32(bytes), 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt32LE(bytes.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function directoryEntry(name: string, bytes: Buffer, position: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(signatures.directory, 0);
  entry.writeUInt32LE(crc32(bytes), 16);
  entry.writeUInt32LE(bytes.length, 20);
  entry.writeUInt32LE(bytes.length, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(position, 42);
  return Buffer.concat([entry, Buffer.from(name)]);
}

function endOfDirectory(count: number, directory: readonly Buffer[], position: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(position, 16);
  return end;
}
