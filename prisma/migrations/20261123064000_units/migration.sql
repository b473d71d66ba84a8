-- CreateEnum
CREATE TYPE "IndexStatus" AS ENUM ('running', 'paused', 'finished', 'cancelled');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "RunEventType" ADD VALUE 'units';
ALTER TYPE "RunEventType" ADD VALUE 'layer';

-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "bytes" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "columns" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "images" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "license" TEXT,
ADD COLUMN     "manifest" JSONB,
ADD COLUMN     "objectKeys" TEXT[],
ADD COLUMN     "problems" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "source" TEXT;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "flowRunId" UUID,
ADD COLUMN     "indexId" UUID,
ADD COLUMN     "layer" TEXT;

-- CreateTable
CREATE TABLE "Index" (
    "id" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "createdById" UUID NOT NULL,
    "status" "IndexStatus" NOT NULL DEFAULT 'running',
    "settings" JSONB NOT NULL,
    "estimate" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Index_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LayerEvidence" (
    "teamId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "layer" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "data" JSONB NOT NULL,
    "runId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LayerEvidence_pkey" PRIMARY KEY ("teamId","modelId","layer","kind","subject")
);

-- CreateTable
CREATE TABLE "UnitEvidence" (
    "teamId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "layer" TEXT NOT NULL,
    "channel" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "data" JSONB NOT NULL,
    "runId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UnitEvidence_pkey" PRIMARY KEY ("teamId","modelId","layer","channel","kind","subject")
);

-- CreateTable
CREATE TABLE "UnitMeasure" (
    "teamId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "layer" TEXT NOT NULL,
    "channel" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "value" DOUBLE PRECISION NOT NULL,
    "runId" UUID NOT NULL,

    CONSTRAINT "UnitMeasure_pkey" PRIMARY KEY ("teamId","modelId","layer","channel","name","subject")
);

-- CreateTable
CREATE TABLE "UnitPicture" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "layer" TEXT NOT NULL,
    "channel" INTEGER NOT NULL,
    "objective" TEXT NOT NULL,
    "sign" INTEGER NOT NULL,
    "variant" TEXT NOT NULL DEFAULT '',
    "restart" INTEGER NOT NULL DEFAULT 0,
    "score" DOUBLE PRECISION,
    "runId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "thumbnailName" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UnitPicture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Note" (
    "teamId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedById" UUID NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Note_pkey" PRIMARY KEY ("teamId","subject")
);

-- CreateTable
CREATE TABLE "Tag" (
    "teamId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Tag_pkey" PRIMARY KEY ("teamId","subject","name")
);

-- CreateTable
CREATE TABLE "Comment" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "authorId" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "editedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Circuit" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "graph" JSONB NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Circuit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Index_teamId_id_idx" ON "Index"("teamId", "id" DESC);

-- CreateIndex
CREATE INDEX "Index_modelId_idx" ON "Index"("modelId");

-- CreateIndex
CREATE INDEX "Index_status_idx" ON "Index"("status");

-- CreateIndex
CREATE INDEX "LayerEvidence_runId_idx" ON "LayerEvidence"("runId");

-- CreateIndex
CREATE INDEX "UnitEvidence_runId_idx" ON "UnitEvidence"("runId");

-- CreateIndex
CREATE INDEX "UnitMeasure_teamId_modelId_layer_name_subject_value_idx" ON "UnitMeasure"("teamId", "modelId", "layer", "name", "subject", "value");

-- CreateIndex
CREATE INDEX "UnitMeasure_teamId_name_value_idx" ON "UnitMeasure"("teamId", "name", "value");

-- CreateIndex
CREATE INDEX "UnitMeasure_runId_idx" ON "UnitMeasure"("runId");

-- CreateIndex
CREATE INDEX "UnitPicture_runId_name_idx" ON "UnitPicture"("runId", "name");

-- CreateIndex
CREATE INDEX "UnitPicture_runId_thumbnailName_idx" ON "UnitPicture"("runId", "thumbnailName");

-- CreateIndex
CREATE UNIQUE INDEX "UnitPicture_teamId_modelId_layer_channel_objective_sign_var_key" ON "UnitPicture"("teamId", "modelId", "layer", "channel", "objective", "sign", "variant", "restart");

-- CreateIndex
CREATE INDEX "Note_body_idx" ON "Note" USING GIN ("body" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Tag_teamId_name_idx" ON "Tag"("teamId", "name");

-- CreateIndex
CREATE INDEX "Comment_teamId_subject_id_idx" ON "Comment"("teamId", "subject", "id");

-- CreateIndex
CREATE INDEX "Comment_body_idx" ON "Comment" USING GIN ("body" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Circuit_teamId_id_idx" ON "Circuit"("teamId", "id" DESC);

-- CreateIndex
CREATE INDEX "Circuit_modelId_idx" ON "Circuit"("modelId");

-- CreateIndex
CREATE INDEX "Run_flowRunId_idx" ON "Run"("flowRunId");

-- CreateIndex
CREATE INDEX "Run_indexId_layer_kind_status_idx" ON "Run"("indexId", "layer", "kind", "status");

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_flowRunId_fkey" FOREIGN KEY ("flowRunId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_indexId_fkey" FOREIGN KEY ("indexId") REFERENCES "Index"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Index" ADD CONSTRAINT "Index_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Index" ADD CONSTRAINT "Index_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Index" ADD CONSTRAINT "Index_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LayerEvidence" ADD CONSTRAINT "LayerEvidence_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LayerEvidence" ADD CONSTRAINT "LayerEvidence_modelId_layer_fkey" FOREIGN KEY ("modelId", "layer") REFERENCES "Layer"("modelId", "name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LayerEvidence" ADD CONSTRAINT "LayerEvidence_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitEvidence" ADD CONSTRAINT "UnitEvidence_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitEvidence" ADD CONSTRAINT "UnitEvidence_modelId_layer_fkey" FOREIGN KEY ("modelId", "layer") REFERENCES "Layer"("modelId", "name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitEvidence" ADD CONSTRAINT "UnitEvidence_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitMeasure" ADD CONSTRAINT "UnitMeasure_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitMeasure" ADD CONSTRAINT "UnitMeasure_modelId_layer_fkey" FOREIGN KEY ("modelId", "layer") REFERENCES "Layer"("modelId", "name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitMeasure" ADD CONSTRAINT "UnitMeasure_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitPicture" ADD CONSTRAINT "UnitPicture_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitPicture" ADD CONSTRAINT "UnitPicture_modelId_layer_fkey" FOREIGN KEY ("modelId", "layer") REFERENCES "Layer"("modelId", "name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitPicture" ADD CONSTRAINT "UnitPicture_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitPicture" ADD CONSTRAINT "UnitPicture_runId_name_fkey" FOREIGN KEY ("runId", "name") REFERENCES "Artifact"("runId", "name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UnitPicture" ADD CONSTRAINT "UnitPicture_runId_thumbnailName_fkey" FOREIGN KEY ("runId", "thumbnailName") REFERENCES "Artifact"("runId", "name") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_updatedById_fkey" FOREIGN KEY ("updatedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tag" ADD CONSTRAINT "Tag_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tag" ADD CONSTRAINT "Tag_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Circuit" ADD CONSTRAINT "Circuit_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Circuit" ADD CONSTRAINT "Circuit_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Circuit" ADD CONSTRAINT "Circuit_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


