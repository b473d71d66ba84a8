-- CreateEnum
CREATE TYPE "Axis" AS ENUM ('height', 'width', 'position', 'head', 'query', 'key', 'channel');

-- AlterTable
ALTER TABLE "Model" ADD COLUMN     "config" JSONB;

-- AlterTable
ALTER TABLE "Layer" ADD COLUMN     "axes" "Axis"[],
ADD COLUMN     "sources" TEXT[];

-- Models registered until now are convolutional: feature maps, or vectors once pooled. What their layers are computed
-- from was not recorded.
UPDATE "Layer" SET
    "axes" = CASE cardinality("shape") WHEN 3 THEN '{height,width,channel}' ELSE '{channel}' END::"Axis"[],
    "sources" = '{}';
