# What Terraform knows of the deployment, passwords among it if they are variables; and the lock of a run, which lies beside it.
module "state_bucket" {
  source = "../../modules/bucket"

  name                  = "${var.name}-state-${local.account_id}"
  keep_overwritten_days = 90
  tags                  = local.tags
}

# The functions' zips, each under its hash. Lambda keeps its own copy of each published version, so old zips may go; one that is needed
# again is uploaded again.
module "code_bucket" {
  source = "../../modules/bucket"

  name                  = "${var.name}-code-${local.account_id}"
  expire_after_days     = 180
  keep_overwritten_days = 7
  tags                  = local.tags
}
