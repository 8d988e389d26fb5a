import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { LogFile, LogFiles } from '../core/ports/events/log-files.ts';

const OF_THE_KERNEL = /^\/(?:proc|sys|dev)(?:\/|$)/;

/** Whether a path may be a file's that stays: not what the kernel shows as files. Links are not looked at. */
export function isOnDisk(path: string): boolean {
  return !OF_THE_KERNEL.test(resolve(path));
}

/** The files of this machine. NOTE: opening a pipe would wait for its writer, and a link may lead anywhere. */
export const realFiles: LogFiles = {
  names: (folder) => readdir(folder),
  open: async (path) => fileOf(await opened(path, constants.O_RDONLY)),
  async append(path, text) {
    const file = await opened(path, constants.O_WRONLY | constants.O_APPEND);
    try {
      await file.appendFile(text);
    } finally {
      await file.close();
    }
  },
};

/** Where a folder is, whatever links lead to it. Rejects where there is none. */
export function realFolder(path: string): Promise<string> {
  return realpath(path);
}

async function opened(path: string, how: number): Promise<FileHandle> {
  if (!isOnDisk(await realpath(dirname(path)))) throw refused('EACCES', `${path} is none of the system's logs`);
  const file = await open(path, how | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw refused('EINVAL', `${path} is no regular file`);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}

function fileOf(file: FileHandle): LogFile {
  return {
    async facts() {
      const { dev, ino, size, mtimeMs } = await file.stat({ bigint: true });
      return { device: String(dev), inode: String(ino), size: Number(size), modifiedAt: Number(mtimeMs) };
    },
    read: async (buffer, at) => (await file.read(buffer, 0, buffer.length, at)).bytesRead,
    close: () => file.close(),
  };
}

function refused(code: string, text: string): Error {
  return Object.assign(new Error(text), { code });
}
