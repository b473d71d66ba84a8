-- AlterTable
ALTER TABLE "Index" ADD COLUMN     "codeVersion" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "skipped" JSONB NOT NULL DEFAULT '[]';
