module "load" {
  source = "./modules/function"

  name        = "${var.name}-load"
  description = "Brings the versions of warehouse tables into the warehouse, each once, in order."
  package     = { bucket = local.code_bucket, key = var.packages.load }
  size        = var.load_size
  layers      = local.load_layers
  network     = local.function_network

  environment = merge(local.warehouse_environment, {
    WHAT_ENV           = "prod"
    AWS_PROCESS_BUCKET = module.processed_bucket.name
  })

  repeats              = 2
  keeps_dead_letters   = true
  reserved_concurrency = var.reserved_concurrency
  log_retention_days   = var.log_retention_days

  permissions = concat(
    [
      {
        sid       = "ReadVersions"
        actions   = ["s3:GetObject"] # the Parquet that is pending
        resources = [for prefix in ["dim_*", "fact_*"] : "${module.processed_bucket.arn}/${prefix}"]
      },
      {
        sid       = "FindPending"
        actions   = ["s3:ListBucket"] # finds the versions above the ledger's
        resources = [module.processed_bucket.arn]
        condition = { StringLikeIfExists = { "s3:prefix" = ["dim_*", "fact_*"] } }
      },
    ],
    [for secret in local.warehouse_secret : {
      sid       = "Password"
      actions   = ["secretsmanager:GetSecretValue"] # through the extension, which keeps it for five minutes
      resources = [secret]
      condition = {}
    }],
  )
}
