/** Zip archives as PyTorch writes them: uncompressed, and with the records for large archives in any case. */
import { crc32 } from 'node:zlib';

const signatures = {
  file: 0x04034b50,
  directory: 0x02014b50,
  end: 0x06054b50,
  largeEnd: 0x06064b50,
  largeEndLocator: 0x07064b50,
};

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
  const length = Buffer.concat(directory).length;
  const largeEnd = Buffer.alloc(56);
  largeEnd.writeUInt32LE(signatures.largeEnd, 0);
  largeEnd.writeBigUInt64LE(44n, 4);
  largeEnd.writeBigUInt64LE(BigInt(count), 24);
  largeEnd.writeBigUInt64LE(BigInt(count), 32);
  largeEnd.writeBigUInt64LE(BigInt(length), 40);
  largeEnd.writeBigUInt64LE(BigInt(position), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(signatures.largeEndLocator, 0);
  locator.writeBigUInt64LE(BigInt(position + length), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([largeEnd, locator, end]);
}
