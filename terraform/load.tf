module "load" {
  source = "./modules/function"

  name                 = "${var.name}-load"
  description          = "Brings the versions of warehouse tables into the warehouse, each once, in order."
  package              = merge({ bucket = local.code_bucket }, var.packages.load)
  architecture         = var.architecture
  size                 = var.load_size
  layers               = local.load_layers
  network              = local.function_network
  permissions_boundary = local.permissions_boundary

  environment = merge(local.warehouse_environment, local.common_environment, {
    AWS_PROCESS_BUCKET = module.processed_bucket.name
  })

  # One Load works and the others go home, so a burst of doorbells ends quickly. One that fails is repeated after a minute, and after two.
  repeats              = 2
  keeps_dead_letters   = true
  reserved_concurrency = var.reserved_concurrency.load
  log_retention_days   = var.log_retention_days

  secrets         = local.warehouse_secret
  database_users  = local.warehouse_user
  has_credentials = local.reads_warehouse_secret || local.warehouse_uses_iam

  permissions = [
    {
      sid       = "ReadVersions"
      actions   = ["s3:GetObject"] # the Parquet that is pending
      resources = [for prefix in local.target_folders : "${module.processed_bucket.arn}/${prefix}"]
    },
    {
      sid       = "FindPending"
      actions   = ["s3:ListBucket"] # finds the versions above the ledger's
      resources = [module.processed_bucket.arn]
      condition = { StringLikeIfExists = { "s3:prefix" = local.target_folders } }
    },
  ]
}
