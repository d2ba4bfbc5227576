locals {
  account_id       = data.aws_caller_identity.current.account_id
  partition        = data.aws_partition.current.partition
  ingestion_bucket = coalesce(var.ingestion_bucket, "${var.name}-ingestion-${local.account_id}")
  processed_bucket = coalesce(var.processed_bucket, "${var.name}-processed-${local.account_id}")
  code_bucket      = coalesce(var.code_bucket, "${var.name}-code-${local.account_id}")
}

# Versions of source tables, as JSON. The only key that is ever overwritten is `timestamp`. Each row comes anew within a day, and nothing
# older than that is ever read again, so what has expired is not missed.
module "ingestion_bucket" {
  source = "./modules/bucket"

  name                  = local.ingestion_bucket
  cheaper_after_days    = var.cheaper_after_days
  expire_after_days     = var.expire_after_days
  keep_overwritten_days = 7
}

# Versions of warehouse tables, as Parquet, and rows that were rejected.
module "processed_bucket" {
  source = "./modules/bucket"

  name                  = local.processed_bucket
  cheaper_after_days    = var.cheaper_after_days
  expire_after_days     = var.expire_after_days
  keep_overwritten_days = 7
}
