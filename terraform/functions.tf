# What the three functions have in common.
locals {
  # bootstrap/ makes it.
  permissions_boundary = "arn:${local.partition}:iam::${local.account_id}:policy/${var.name}-github-boundary"

  common_environment = {
    WHAT_ENV      = "prod"
    PIPELINE_NAME = var.name # the metrics' dimension Pipeline, so that two environments are told apart
    LOG_LEVEL     = var.log_level
    METRICS       = var.metrics
  }

  stages = {
    extract   = { title = "Extract", function = module.extract }
    transform = { title = "Transform", function = module.transform }
    load      = { title = "Load", function = module.load }
  }
}
